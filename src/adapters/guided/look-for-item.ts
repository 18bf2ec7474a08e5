import type { FindOrderResult, OrderItemView } from '../../ports/tools.ts';
import { chooseItems } from './choose-items.ts';
import { ordersHolding } from './choose-order.ts';
import { plainText, stemOf, wordsOf } from './item-words.ts';
import { bareNumber, type Situation } from './read-situation.ts';
import { checkRequested } from './return-steps.ts';
import { knowItem } from './score-items.ts';
import { ask, findOrder, type Step, say } from './step.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Nothing was asked for, but the words may name a thing the sender bought: "the mug, it's chipped". */
export function mayNameItem(situation: Situation): boolean {
  const { reading, request, proof, facts, consent, quote, itemTexts, text, vocabulary } = situation;
  const isOpen = reading.topic === undefined || reading.topic === 'greeting';
  const wants = reading.wantsReturn || request.wantsReturn || request.namedNow || proof.givenNow;
  if (!isOpen || wants || quote !== undefined || consent !== 'unclear') return false;
  if (facts.party === 'staff' || !facts.phone_known || vocabulary.praise.test(plainText(text))) return false;
  return itemTexts.some((plain) =>
    wordsOf(plain).some((word) => word.length > 2 && /^\D+$/.test(word) && !vocabulary.stopWords.has(word)),
  );
}

/** What the shop holds decides whether it was one. */
export function afterLooking(situation: Situation, result: FindOrderResult): Step {
  const { itemTexts, request, vocabulary } = situation;
  if (result.status === 'choose') {
    const fitting =
      result.orders.length === 1 ? result.orders : ordersHolding(itemTexts, result.orders, situation);
    const [only, ...others] = fitting;
    return only !== undefined && others.length === 0
      ? findOrder(bareNumber(only.order_number))
      : smallTalk(situation);
  }
  if (result.status !== 'found') return smallTalk(situation);
  const { items } = result.order;
  const { picks, unsure } = chooseItems(request.itemTexts, items, vocabulary);
  const named =
    picks.length + unsure.length > 0 && itemTexts.some((text) => namesExactly(text, items, vocabulary));
  return named ? checkRequested(situation, result.order) : smallTalk(situation);
}

/** Without a wish to return, "sucks" is not a slip for the socks. */
function namesExactly(text: string, items: readonly OrderItemView[], vocabulary: Vocabulary): boolean {
  const stems = new Set(items.flatMap((item) => knowItem(item, vocabulary).stems));
  return wordsOf(text).some((word) => word.length > 2 && stems.has(stemOf(word, vocabulary)));
}

/** What is left when nothing of a return was said. */
export function smallTalk(situation: Situation): Step {
  const { reading, facts, consent, phrases } = situation;
  if (reading.topic === 'greeting') return say(phrases.greeting(facts.store_name));
  if (reading.topic === 'help') return say(phrases.help(facts.store_name));
  if (reading.topic === 'thanks') return say(phrases.thanks);
  if (consent !== 'unclear') return say(phrases.acknowledged);
  return ask(situation, phrases.notUnderstood, phrases.notUnderstood, 1);
}
