import type { OrderView } from '../../ports/tools.ts';
import { cancelPhrases } from './cancel-words-en.ts';
import { chooseItems, type ItemChoice, nothingChosen } from './choose-items.ts';
import { plainText, wordsOf } from './item-words.ts';
import { nameOf } from './match-items.ts';
import { list, phrases as sameForAll } from './phrases-en.ts';
import { bareNumber, type OpenQuote, type Situation, shownNumber } from './read-situation.ts';
import { askAbout, checkReturn } from './return-steps.ts';
import { ask, findOrder, type Step, say } from './step.ts';

/** A plain yes or no to an open quote; undefined when the customer said anything else. */
export function answerQuote({ consent, quote, phrases }: Situation): Step | undefined {
  if (quote === undefined || consent === 'unclear') return undefined;
  if (consent === 'no') return say(phrases.leftAlone(shownNumber(quote.order_number)));
  if (!quote.shown) return say(repeatQuote(quote));
  return { kind: 'call', name: 'submit_return', arguments: { quote_id: quote.quote_id } };
}

export function repeatQuote(quote: OpenQuote): string {
  const { amount, items, order_number, settles, exchange, store_credit } = quote;
  const named = list(items.map((item) => `${item.quantity} x ${nameOf(item)}`));
  const order = shownNumber(order_number);
  if (settles === 'cancels_order') return cancelPhrases.again(amount, named, order);
  const when = settles === 'on_arrival' ? sameForAll.onArrival : '';
  if (exchange.length > 0) return sameForAll.exchangeAgain(named, order, list(exchange), amount, when);
  const asCredit = store_credit === null ? undefined : sameForAll.creditAgain;
  return (asCredit ?? sameForAll.quoteAgain)(amount, named, order + when);
}

/** Neither yes nor no: perhaps other items, another number, another wish. The order has to be read for that. */
export function changeQuote({ quote, request }: Situation): Step {
  return findOrder(quote === undefined ? request.orderNumber : bareNumber(quote.order_number));
}

/** The quoted return as the customer's last words change it, or the question again when they do not. */
export function checkChanged(situation: Situation, quote: OpenQuote, order: OrderView): Step {
  const { reading, itemTexts, vocabulary, phrases } = situation;
  const before = quotedItems(quote, order);
  const choice = chooseItems(itemTexts, order.items, vocabulary, before);
  if (situation.namesVariant && choice.picks.length > 0) return checkReturn(situation, order, choice.picks);
  if (choice.changed && choice.unsure.length > 0) return askAbout(situation, order, choice);
  if (choice.changed && choice.picks.length > 0) return checkReturn(situation, order, choice.picks);
  if (choice.changed) return say(phrases.leftAlone(shownNumber(quote.order_number)));
  if (reading.wish !== undefined || reading.reason !== undefined || situation.namesVariant) {
    return checkReturn(situation, order, before.picks);
  }
  if (reading.topic === 'thanks' || reading.topic === 'greeting') return say(repeatQuote(quote));
  if (choice.stranger && reading.wantsReturn) return askAbout(situation, order, choice);
  if (reading.topic === 'hesitation') return say(`${phrases.noHurry} ${repeatQuote(quote)}`);
  const plain = plainText(situation.text);
  if (vocabulary.question.test(plain) && wordsOf(plain).length > 2) {
    return ask(situation, `${phrases.cannotAnswer} ${repeatQuote(quote)}`, phrases.cannotAnswer);
  }
  return ask(situation, `${phrases.clearAnswer} ${repeatQuote(quote)}`, phrases.clearAnswer, 1);
}

/** A quote names its items as the order does. */
export function quotedItems(quote: OpenQuote, order: OrderView): ItemChoice {
  const picks = quote.items.flatMap(({ title, variant, quantity }) => {
    const item = order.items.find((other) => other.title === title && other.variant === variant);
    return item === undefined ? [] : [{ item, quantity, counted: true }];
  });
  return { ...nothingChosen, picks };
}
