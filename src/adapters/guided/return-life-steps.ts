import { ordersHolding } from './choose-order.ts';
import { plainText } from './item-words.ts';
import { bareNumber, type Situation, sameOrder } from './read-situation.ts';
import { returnStatus, type Step } from './step.ts';

/** About a return that is agreed to already: how it travels, where it is, and taking it back. */
export function followReturn(situation: Situation): Step | undefined {
  const { facts, quote, text, vocabulary } = situation;
  const { howToSend, sent, notAMessage } = vocabulary.returnLife;
  const plain = plainText(text);
  const fits = (patterns: readonly RegExp[]) => patterns.some((pattern) => pattern.test(plain));
  if (asksToCancelReturn(situation)) return cancelReturn(situation);
  if (answersWhichReturn(situation)) return cancelReturn(situation);
  const isOpen = facts.returns.length > 0;
  const wasSent = fits(sent) && !notAMessage.test(plain);
  if (wasSent && (isOpen || tracked.test(plain))) return returnStatus(orderOf(situation));
  const asksHow = isOpen && quote === undefined && fits(howToSend) && !asksAnother(situation);
  return asksHow ? returnStatus(orderOf(situation)) : undefined;
}

const tracked = /\btracking (?:number|no|code|id|is|#|:)|\b1z[a-z0-9]{10,}\b/;

/** "How do I return the socks?" beside a jacket that is on its way. */
function asksAnother(situation: Situation): boolean {
  const { request, facts, reading } = situation;
  const named = request.namedNow ? request.orderNumber : undefined;
  const isOther = !facts.returns.some(({ order_number }) => sameOrder(order_number, named));
  return (named !== undefined && isOther) || (reading.asksReturn && namesOtherItem(situation));
}

function namesOtherItem({ itemTexts, facts, vocabulary }: Situation): boolean {
  const things = itemTexts.map((text) => vocabulary.returnedThing.exec(text)?.[1]);
  const titles = plainText(facts.returns.flatMap(({ items }) => items.map(({ title }) => title)).join(' '));
  return things.some((thing) => {
    return thing !== undefined && !vocabulary.stopWords.has(thing) && !titles.includes(thing);
  });
}

/** In so many words; a bare no takes nothing back. */
function asksToCancelReturn(situation: Situation): boolean {
  const { facts, quote, request, text, vocabulary } = situation;
  const plain = plainText(text);
  const rest = vocabulary.returnLife.cancels.reduce((left, pattern) => left.replace(pattern, ' '), plain);
  if (rest === plain || vocabulary.wantsReturn.test(rest) || text.includes('?')) return false;
  if (quote !== undefined) {
    return request.namedNow && !sameOrder(request.orderNumber ?? '', quote.order_number);
  }
  const mayBeOpen =
    facts.returns.length > 0 ||
    facts.refunds.some(({ state }) => state === 'approved' || state === 'awaiting-arrival');
  const names = vocabulary.returnLife.namesReturn.test(plain);
  return mayBeOpen || (names && (request.namedNow || situation.consent === 'unclear'));
}

/** "The second one", after `cancel_return` asked which. */
function answersWhichReturn({ earlier, consent, request, reading, itemTexts }: Situation): boolean {
  const last = earlier.findLast(({ who }) => who === 'agent')?.text ?? '';
  const isAnswer = consent === 'unclear' && reading.topic === undefined && !reading.wantsReturn;
  return asksWhichReturn.test(last) && isAnswer && (request.namedNow || itemTexts.length > 0);
}

const asksWhichReturn = /^Which return\b/;

function cancelReturn(situation: Situation): Step {
  return { kind: 'call', name: 'cancel_return', arguments: { order_number: orderOf(situation) ?? null } };
}

/** The order of the return that is meant; undefined where it could be several. */
function orderOf(situation: Situation): string | undefined {
  const { facts, request, itemTexts, vocabulary } = situation;
  const named = request.namedNow ? request.orderNumber : undefined;
  const known = facts.returns.filter(({ order_number }) => sameOrder(order_number, named));
  if (known.length > 0 || (named !== undefined && facts.returns.length === 0)) return named;
  const orders = facts.returns.map(({ order_number, items }) => ({ order_number, placed_on: '', items }));
  // What is kept is what the return holds.
  const texts = itemTexts.map((text) => text.replace(vocabulary.except, ' '));
  const holding = ordersHolding(texts, orders, situation);
  const [only, ...others] = new Set(
    (holding.length > 0 ? holding : orders).map(({ order_number }) => bareNumber(order_number)),
  );
  return others.length === 0 ? only : undefined;
}
