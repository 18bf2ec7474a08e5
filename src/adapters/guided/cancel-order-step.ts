import type { CheckCancellationResult } from '../../ports/tools.ts';
import { readConsent } from '../../returns/consent.ts';
import { findOrderNumbers } from '../../returns/order-number.ts';
import { repeatQuote } from './answer-quote.ts';
import { asksForOrder, cancelPhrases, cancelWords } from './cancel-words-en.ts';
import { plainText } from './item-words.ts';
import { bareNumber, type Situation, sameOrder, shownNumber } from './read-situation.ts';
import { startReturn } from './return-steps.ts';
import { ask, findOrder, handOff, type Step, say } from './step.ts';

/** Undefined where nobody speaks of cancelling an order. */
export function cancelOrder(situation: Situation): Step | undefined {
  const { quote, consent, text, phrases } = situation;
  const isQuoted = quote?.settles === 'cancels_order';
  if (isQuoted && consent === 'no') return say(cancelPhrases.kept(shownNumber(quote.order_number)));
  if (isQuoted && quote.shown && consent === 'unclear' && cancelWords.other.test(plainText(text))) {
    return ask(situation, `${phrases.clearAnswer} ${repeatQuote(quote)}`, phrases.clearAnswer, 1);
  }
  if (consent !== 'unclear' || !asksToCancel(situation)) return undefined;
  if (cancelWords.part.test(plainText(text))) return handOff(situation, 'part_of_an_order');
  if (isQuoted && quote.shown && isAbout(situation, quote.order_number)) return undefined;
  const { orderNumber, namedNow } = situation.request;
  const isOther = quote !== undefined && !namedNow;
  return orderNumber === undefined && isOther
    ? findOrder(bareNumber(quote.order_number))
    : startReturn(situation);
}

/** In this turn, or before we asked which order it is, or who they are. */
export function asksToCancel(situation: Situation): boolean {
  const { calls, quote, reading } = situation;
  const wasQuoted = quote?.settles === 'cancels_order';
  if (wasQuoted && calls.some(({ name }) => name === 'submit_return')) return true;
  if (namesCancelling(situation, situation.text)) return true;
  if (reading.topic !== undefined || reading.wantsReturn || situation.consent !== 'unclear') return false;
  return wasAskedFor(situation);
}

export function checkCancellation(orderNumber: string): Step {
  return { kind: 'call', name: 'check_cancellation', arguments: { order_number: orderNumber } };
}

export function afterCheckCancellation(situation: Situation, result: CheckCancellationResult): Step {
  const { calls, phrases } = situation;
  switch (result.status) {
    case 'needs_person':
      return handOff(situation, 'needs_person');
    case 'quoted': {
      const isRepeated = calls.some(({ name }) => name === 'submit_return');
      return isRepeated
        ? say(phrases.checkedAgain(result.say))
        : ask(situation, result.say, result.say.slice(0, result.say.indexOf('.')));
    }
    case 'denied':
      return say(result.rule === 'cancelled-order' ? result.say : phrases.denied(result.say));
    case 'not_found':
    case 'unavailable':
      return say(result.say);
  }
}

function namesCancelling({ quote, facts }: Situation, text: string): boolean {
  const plain = plainText(text);
  if (cancelWords.other.test(plain) || readConsent(text) !== 'unclear') return false;
  if (cancelWords.order.test(plain)) return true;
  if (findOrderNumbers(text).length > 0) return cancelWords.verb.test(plain);
  const isReturning = (quote !== undefined && quote.settles !== 'cancels_order') || facts.returns.length > 0;
  return !isReturning && cancelWords.anything.test(plain);
}

function wasAskedFor(situation: Situation): boolean {
  const { earlier } = situation;
  let isAnswer = false;
  for (const { who, text } of earlier.toReversed()) {
    if (who === 'agent') {
      if (!asksForOrder.test(text)) return false;
      isAnswer = true;
    } else if (isAnswer && namesCancelling(situation, text)) return true;
    else if (situation.vocabulary.wantsReturn.test(plainText(text))) return false;
  }
  return false;
}

function isAbout({ request }: Situation, orderNumber: string): boolean {
  return !request.namedNow || sameOrder(request.orderNumber ?? '', orderNumber);
}
