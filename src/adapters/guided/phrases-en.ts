export const codeForWhichOrder =
  'Which order is the code for? Please send me the order number, and I text a code to the phone on that order, if it has one.';
export const whichOrder = 'Which order do you mean?';
export const customersOrders = "The customer's orders, newest first:";

/** What the guided model says itself to a customer; everything else it says was said by a tool. */
export const phrases = {
  greeting: (store: string) =>
    `Hi, this is the returns assistant of ${store}. I can check a return, start a refund, or bring in a person. What would you like to return, and from which order?`,
  help: (store: string) =>
    `This is the returns assistant of ${store}. Tell me the order number and what you would like to return, ask about a refund or our policy, or ask for a person.`,
  whoIsThis: (store: string) => `This is the automated returns assistant of ${store}.`,
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
    items.length === 1
      ? `I found order ${order}. ${numbered(items)} Would you like to return it?`
      : `What would you like to return from order ${order}? ${numbered(items)}`,
  askWhich: (order: string, items: readonly string[]) =>
    `Which of these from order ${order} do you mean? ${numbered(items)}`,
  strangerItem: (order: string, items: readonly string[]) =>
    `I can't find that on order ${order}. What would you like to return? ${numbered(items)}`,
  chooseOrder: (orders: readonly string[]) => `${whichOrder} ${numbered(orders)}`,
  nothingReturnable: (order: string) =>
    `I see nothing on order ${order} that can still be returned. If that is wrong, ask for a person.`,

  quoteAgain: (amount: string, items: string, order: string) =>
    `I can refund ${amount} for ${items} from order ${order}. Reply YES to go ahead, or NO to leave it.`,
  creditAgain: (amount: string, items: string, order: string) =>
    `I can give ${amount} as store credit for ${items} from order ${order}. Reply YES to go ahead, or NO to leave it.`,
  exchangeAgain: (items: string, order: string, out: string, amount: string, when: string) =>
    `I can exchange ${items} from order ${order} for ${out}, with ${amount} to refund${when}. Reply YES to go ahead, or NO to leave it.`,
  onArrival: ', once it has arrived',
  clearAnswer: 'Sorry, I need a clear yes or no.',
  noHurry: 'No rush, take your time.',
  cannotAnswer: "I can't answer that one, but a person can: just ask for one.",
  denied: (say: string) =>
    `Sorry, that is not possible. ${say}${say.includes(offerNames.person) ? '' : ' If you think this is wrong, ask for a person.'}`,
  whichOffer: (offers: readonly string[]) =>
    `Which of these would you like? I can offer you ${list(offers, 'or')} instead.`,
  howMany: (say: string) => `${say} How many would you like to return?`,
  upset: 'I am sorry about this.',
  checkedAgain: (say: string) => `I checked it once more: ${say}`,

  stillNeeded: (what: string, order: string) =>
    `I also still need your YES or NO for the ${what} for order ${order}.`,
  orderState: (order: string, placed: string, delivered: string | undefined) =>
    `Order ${order} was placed on ${shortDay(placed)}${delivered ? ` and delivered on ${shortDay(delivered)}` : '. I see no delivery date yet'}.`,
  orderCancelled: (order: string, placed: string) =>
    `Order ${order}, placed on ${shortDay(placed)}, was cancelled.`,
  noDuration:
    'I have no exact time for that. You get a message here with the outcome, and your bank may need a little longer.',
  noPolicy: 'I have no more details about that here. Ask for a person and someone will help you.',
  unavailable: "I can't do that right now. Please try again in a few minutes.",
};

export type Phrases = typeof phrases;

export const offerNames = {
  store_credit: 'store credit',
  exchange: 'an exchange',
  person: 'a person to look at it',
} as const;

const proofParts = {
  order: 'the order number',
  email: 'the e-mail address on the order',
  code: 'the postal code it was shipped to',
} as const;

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

/** `2026-11-05` as `Nov 5`; anything else as it is. */
export function shortDay(iso: string): string {
  const [, month, day] = /^\d{4}-(\d{2})-(\d{2})$/.exec(iso) ?? [];
  return month === undefined ? iso : `${months[Number(month) - 1]} ${Number(day)}`;
}

/** "The second one" in answer to this is an order, not an item. */
export function asksWhichOrder(text: string): boolean {
  return text.startsWith(whichOrder) || text.startsWith(customersOrders);
}

/** Of `check_return`, which lists the variants an item can be exchanged for. */
export function asksWhichVariant(text: string): boolean {
  return /\bexchange\b.*\b1\) /is.test(text) && !asksForReturn(text) && !asksWhichOrder(text);
}

/** A yes in answer to this asks for the return of the one thing that was named. */
export function asksForReturn(text: string): boolean {
  return /^(?:What would you like to return from order|Which of these from order|I can't find that on order)|\bwould you like to return(?: it)?\?$/i.test(
    text,
  );
}

export function list(parts: readonly string[], joint = 'and'): string {
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} ${joint} ${parts.at(-1)}`;
}

/** The same for the same items: by this a question is recognised as asked before. */
export function numbered(entries: readonly string[]): string {
  return entries.length === 1
    ? `It has ${entries[0]}.`
    : entries.map((entry, index) => `${index + 1}) ${entry}`).join(', ');
}
