import { customersOrders, type Phrases, phrases, shortDay, whichOrder } from './phrases-en.ts';

const abilities =
  "I can show an order, find a customer's orders by phone number or e-mail address, list today's refunds, and start a return, for example: return the blue shirt from 1001, it arrived damaged.";

/** As to a colleague: their questions are about somebody else's order, and there is no other person to ask for. */
export const staffPhrases = {
  ...phrases,
  greeting: () => `Hi. ${abilities}`,
  help: () => abilities,
  whoIsThis: (store: string) => `This is the returns assistant of ${store}. ${abilities}`,
  thanks: "You're welcome.",
  acknowledged: 'All right.',
  leftAlone: (order: string) => `OK, I have left order ${order} as it is. Nothing was returned.`,
  notUnderstood: `I did not get that. ${abilities}`,
  askOrderNumber: 'Which order is it? Please give me its number.',
  nothingReturnable: (order: string) => `Nothing on order ${order} is left to return.`,
  cannotAnswer: "I can't answer that one.",
  denied: (say: string) => `That is not possible. ${say}`,
  noPolicy: 'The policy I have says nothing about that.',
  noDuration: 'I have no exact time for that. I say here how it ends.',
  refundState: (amount: string, order: string, state: string) =>
    `The refund of ${amount} for order ${order} ${refundStates[state] ?? `is in this state: ${state.replaceAll(/[-_]/g, ' ')}`}.`,

  chooseOrder: (orders: readonly string[]) => [whichOrder, ...numberedLines(orders)].join('\n'),
  ordersOfCustomer: (orders: readonly string[]) => [customersOrders, ...numberedLines(orders)].join('\n'),

  onlyToday: "I only know today's refunds, since midnight UTC. Ask me for those.",
  askContact: 'I can find a customer by phone number or e-mail address. What is it?',
  needsPerson: (say: string) => `${say} That is for a colleague to do in the Shopify admin.`,
  nothingWaits: 'Nothing waits for a yes here.',
  waitsForApprover: 'That refund waits for an approver already; it can be denied on its card.',
  orderOnCard: (order: string) => `Here is order ${order}.`,
  orderLine: (order: string, placed: string, delivered: string | undefined, items: string) =>
    `Order ${order}, placed on ${shortDay(placed)}, ${delivered ? `delivered on ${shortDay(delivered)}` : 'no delivery reported'}: ${items}.`,
  cancelledLine: (order: string, placed: string, items: string) =>
    `Order ${order}, placed on ${shortDay(placed)}, was cancelled: ${items}.`,
  itemLine: (item: string, price: string, left: number, of: number) =>
    `${item} at ${price}${left === of ? '' : left === 0 ? ', nothing left to return' : `, ${left} left to return`}`,
  choiceLine: (order: string, placed: string, items: string) => `${order} of ${shortDay(placed)} (${items})`,
} satisfies Phrases & Readonly<Record<string, unknown>>;

function numberedLines(orders: readonly string[]): string[] {
  return orders.map((order, index) => `${index + 1}) ${order}`);
}

export type StaffPhrases = typeof staffPhrases;

const refundStates: Readonly<Record<string, string>> = {
  'awaiting-approval': 'is waiting for an approver',
  offered: 'is offered to the customer and waits for their yes or no',
  lowered: 'was replaced by another amount',
  approved: 'was approved and is under way',
  sending: 'is under way',
  unknown: 'is being checked by us',
  refunded: 'is done',
  rejected: 'could not be made, and a person is looking at it',
  denied: 'was not approved',
  expired: 'was not approved in time',
  stale: 'was stopped because the order changed',
};
