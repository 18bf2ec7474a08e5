const whichOrder = 'Which order do you mean?';

/** What the guided model says itself; everything else it says was said by a tool. */
export const phrases = {
  greeting: (store: string) =>
    `Hi, this is the returns assistant of ${store}. I can check a return, start a refund, or bring in a person. What would you like to return, and from which order?`,
  help: (store: string) =>
    `This is the returns assistant of ${store}. Tell me the order number and what you would like to return. I can also tell you about a refund or our return policy, or bring in a person.`,
  thanks: "You're welcome. Text me any time if something else comes up.",
  acknowledged: 'All right. Text me any time if you want to return something.',
  leftAlone: (order: string) =>
    `OK, I have left order ${order} as it is. Nothing was returned. Text me if you change your mind.`,
  notUnderstood:
    "Sorry, I didn't understand that. Tell me the order number and what you would like to return, or ask for a person.",

  askOrderNumber: 'Which order is it? Please send me the order number.',
  askProof: (missing: readonly ('order' | 'email' | 'code')[]) =>
    `To look up the order I need ${list(missing.map((part) => proofParts[part]))}.`,
  askItems: (order: string, items: readonly string[]) =>
    `What would you like to return from order ${order}? ${numbered(items)}`,
  askWhich: (order: string, items: readonly string[]) =>
    `Which of these from order ${order} do you mean? ${numbered(items)}`,
  strangerItem: (order: string, items: readonly string[]) =>
    `I can't find that on order ${order}. What would you like to return? ${numbered(items)}`,
  chooseOrder: (orders: readonly string[]) => `${whichOrder} ${numbered(orders)}`,
  nothingReturnable: (order: string) =>
    `I see nothing on order ${order} that can still be returned. If that is wrong, ask for a person.`,

  quoteAgain: (amount: string, items: string, order: string) =>
    `I can refund ${amount} for ${items} from order ${order}. Reply YES to go ahead, or NO to leave it.`,
  clearAnswer: 'Sorry, I need a clear yes or no.',
  checkedAgain: (say: string) => `I checked it once more: ${say}`,

  refundState: (amount: string, order: string, state: string) =>
    `The refund of ${amount} for order ${order} ${refundStates[state] ?? `is in this state: ${state.replaceAll(/[-_]/g, ' ')}`}.`,
  noRefund: (order: string) =>
    `I have no refund for order ${order} in this chat. Tell me what you would like to return, or ask for a person.`,
  waitingForYes: 'Nothing has started yet: I am waiting for your answer.',
  orderState: (order: string, placed: string, delivered: string | undefined) =>
    `Order ${order} was placed on ${placed}${delivered ? ` and delivered on ${delivered}` : '. I see no delivery date yet'}.`,
  orderCancelled: (order: string, placed: string) => `Order ${order}, placed on ${placed}, was cancelled.`,
  noDuration:
    'I have no exact time for that. You get a message here with the outcome, and your bank may need a little longer.',
  noPolicy: 'I have no more details about that here. Ask for a person and someone will help you.',
  unavailable: "I can't do that right now. Please try again in a few minutes.",
} as const;

const proofParts = {
  order: 'the order number',
  email: 'the e-mail address on the order',
  code: 'the postal code it was shipped to',
} as const;

const refundStates: Readonly<Record<string, string>> = {
  'awaiting-approval': 'is waiting for a manager to approve it',
  approved: 'was approved and is under way',
  sending: 'is under way',
  unknown: 'is being checked by us',
  refunded: 'is done',
  rejected: 'could not be made, and a person is looking at it',
  denied: 'was not approved',
  expired: 'was not approved in time',
  stale: 'was stopped because the order changed',
};

/** "The second one" in answer to this is an order, not an item. */
export function asksWhichOrder(text: string): boolean {
  return text.startsWith(whichOrder);
}

export function list(parts: readonly string[]): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;
}

/** The same for the same items: by this a question is recognised as asked before. */
export function numbered(entries: readonly string[]): string {
  return entries.length === 1
    ? `It has ${entries[0]}.`
    : entries.map((entry, index) => `${index + 1}) ${entry}`).join(', ');
}
