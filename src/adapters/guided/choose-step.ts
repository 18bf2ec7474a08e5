import { afterResult } from './after-result.ts';
import { answerQuestion } from './answer-question.ts';
import { answerQuote, changeQuote } from './answer-quote.ts';
import { cancelOrder } from './cancel-order-step.ts';
import { proveByCode } from './code-steps.ts';
import { mayNameItem, smallTalk } from './look-for-item.ts';
import { type Situation, sameOrder } from './read-situation.ts';
import { followReturn } from './return-life-steps.ts';
import { startReturn } from './return-steps.ts';
import { findOrder, handOff, type Step, say } from './step.ts';
import { takeOffered } from './take-offered.ts';

/** No turn needs more: choose, find, prove, check, and a person when a check asks for one. */
const maxCalls = 5;

export function chooseStep(situation: Situation): Step {
  const last = situation.calls.at(-1);
  if (last === undefined) return firstStep(situation);
  const step = afterResult(situation, last);
  if (step.kind === 'say' || situation.calls.length < maxCalls) return step;
  return last.name === 'hand_off' ? say(situation.phrases.unavailable) : handOff(situation, 'too_many_steps');
}

function firstStep(situation: Situation): Step {
  const { reading, request } = situation;
  if (reading.topic === 'person') return handOff(situation, 'asked_for_person');
  if (reading.topic === 'legal') return handOff(situation, 'legal_threat');
  if (reading.topic === 'upset') return handOff(situation, 'upset');

  const codeStep = proveByCode(situation);
  if (codeStep !== undefined) return codeStep;
  const cancelStep = cancelOrder(situation);
  if (cancelStep !== undefined) return cancelStep;
  const offerStep = takeOffered(situation) ?? followReturn(situation);
  if (offerStep !== undefined) return offerStep;
  const quoteStep = answerQuote(situation);
  if (quoteStep !== undefined) return quoteStep;
  if (situation.consent === 'no') return afterNo(situation);
  const answer = answerQuestion(situation);
  if (answer !== undefined) return answer;

  if (situation.quote !== undefined && !namesOtherOrder(situation)) return changeQuote(situation);
  if (reading.wantsReturn || request.wantsReturn || request.namedNow || situation.proof.givenNow) {
    return startReturn(situation);
  }
  if (mayNameItem(situation)) return findOrder(request.orderNumber);
  return smallTalk(situation);
}

/** Nothing is quoted; but what waits for a manager can still be taken back, by a person. */
function afterNo(situation: Situation): Step {
  const { facts, phrases } = situation;
  const waits = facts.refunds.some(({ state }) => state === 'awaiting-approval');
  return waits ? handOff(situation, 'no_after_submitting') : say(phrases.acknowledged);
}

function namesOtherOrder({ request, quote }: Situation): boolean {
  const { orderNumber, namedNow } = request;
  return namedNow && orderNumber !== undefined && !sameOrder(orderNumber, quote?.order_number);
}
