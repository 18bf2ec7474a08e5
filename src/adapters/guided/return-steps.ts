import type { OrderItemView, OrderView } from '../../ports/tools.ts';
import type { ReturnReason, ReturnWish } from '../../returns/return-request.ts';
import { chooseItems, everythingOf, type ItemChoice } from './choose-items.ts';
import { type ItemPick, nameOf } from './match-items.ts';
import { numbered } from './phrases-en.ts';
import { bareNumber, type Situation, sameOrder, shownNumber } from './read-situation.ts';
import { ask, findOrder, type Step, say } from './step.ts';

export function startReturn(situation: Situation): Step {
  const { facts, request, phrases } = situation;
  const [proven, ...others] = facts.proven_orders;
  if (request.orderNumber !== undefined) return findOrder(request.orderNumber);
  if (proven !== undefined && others.length === 0) return findOrder(bareNumber(proven));
  if (facts.party === 'staff') return ask(situation, phrases.askOrderNumber);
  return facts.phone_known ? findOrder(undefined) : askForProof(situation);
}

/** What is still missing of the three; with all of them it is `prove_identity`'s turn. */
export function askForProof(situation: Situation): Step {
  const { request, proof, facts, phrases } = situation;
  if (facts.party === 'staff') return ask(situation, phrases.askOrderNumber);
  const missing = [
    ...(request.orderNumber === undefined ? (['order'] as const) : []),
    ...(proof.email === undefined ? (['email'] as const) : []),
    ...(proof.postalCode === undefined ? (['code'] as const) : []),
  ];
  return ask(situation, phrases.askProof(missing.length > 0 ? missing : ['order', 'email', 'code']));
}

/** The order is there: match the customer's words to its lines, and check or ask. */
export function checkRequested(situation: Situation, order: OrderView): Step {
  const returnable = returnableOf(order);
  const choice = chooseItems(situation.request.itemTexts, order.items, situation.vocabulary);
  if (choice.unsure.length > 0) return askAbout(situation, order, choice);
  if (choice.picks.length > 0) return checkReturn(situation, order, choice.picks);
  if (returnable.length === 0)
    return say(situation.phrases.nothingReturnable(shownNumber(order.order_number)));
  const isOnly = returnable.length === 1 && situation.request.wantsReturn;
  return isOnly && !namesStranger(situation, choice, returnable.map(listedName))
    ? checkReturn(situation, order, everythingOf(returnable))
    : askAbout(situation, order, choice);
}

export function askAbout(situation: Situation, order: OrderView, choice: ItemChoice): Step {
  const { phrases } = situation;
  const number = shownNumber(order.order_number);
  const names = (choice.unsure.length > 0 ? choice.unsure : returnableOf(order)).map(listedName);
  if (choice.unsure.length > 0) return ask(situation, phrases.askWhich(number, names), numbered(names));
  const isStranger = namesStranger(situation, choice, names);
  const text = isStranger ? phrases.strangerItem(number, names) : phrases.askItems(number, names);
  return ask(situation, text, numbered(names));
}

/** An unknown word names a thing only as what is to be returned, or in answer to our list. */
function namesStranger(
  { request, vocabulary, earlier }: Situation,
  choice: ItemChoice,
  names: readonly string[],
): boolean {
  if (!choice.stranger) return false;
  if (earlier.findLast(({ who }) => who === 'agent')?.text.includes(numbered(names))) return true;
  const things = request.itemTexts.map((text) => vocabulary.returnedThing.exec(text)?.[1]);
  return things.some((thing) => thing !== undefined && !vocabulary.stopWords.has(thing));
}

function returnableOf(order: OrderView): readonly OrderItemView[] {
  return order.items.filter((item) => item.returnable_quantity > 0);
}

function listedName(item: OrderItemView): string {
  return item.quantity > 1 ? `${item.quantity} x ${nameOf(item)}` : nameOf(item);
}

export function checkReturn(situation: Situation, order: OrderView, picks: readonly ItemPick[]): Step {
  const { reason = 'unwanted', wish = wishBefore(situation, order) ?? 'refund' } = situation.request;
  const exchange_for = wish === 'exchange' ? askedFor(situation, reason) : null;
  return {
    kind: 'call',
    name: 'check_return',
    arguments: {
      order_number: order.order_number,
      items: picks.map(({ item, quantity }) => ({ line_id: item.line_id, quantity, exchange_for })),
      reason,
      wish,
    },
  };
}

/**
 * Null asks for another one of the same where there is no other: right for what came broken. Words that fit no
 * variant get the list of them, from which `chooseVariant` picks.
 */
function askedFor({ request }: Situation, reason: ReturnReason): string | null {
  const isFaulty = reason === 'damaged' || reason === 'wrong_item' || reason === 'not_as_described';
  return request.variantTexts.at(-1)?.slice(0, 60) ?? (isFaulty ? null : 'another');
}

/** What the quote that is changed was for. */
function wishBefore({ quote }: Situation, order: OrderView): ReturnWish | undefined {
  if (!sameOrder(order.order_number, quote?.order_number)) return undefined;
  if (quote?.exchange.length) return 'exchange';
  return quote?.store_credit ? 'store_credit' : undefined;
}
