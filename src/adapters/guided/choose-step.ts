import { afterResult } from './after-result.ts';
import { answerQuestion } from './answer-question.ts';
import { answerQuote, changeQuote } from './answer-quote.ts';
import { phrases } from './phrases-en.ts';
import { type Situation, sameOrder } from './read-situation.ts';
import { startReturn } from './return-steps.ts';
import { ask, handOff, type Step, say } from './step.ts';

/** No turn needs more: choose, find, prove, check, and a person when a check asks for one. */
const maxCalls = 5;

export function chooseStep(situation: Situation): Step {
  const last = situation.calls.at(-1);
  if (last === undefined) return firstStep(situation);
  const step = afterResult(situation, last);
  if (step.kind === 'say' || situation.calls.length < maxCalls) return step;
  return last.name === 'hand_off' ? say(phrases.unavailable) : handOff('too_many_steps');
}

function firstStep(situation: Situation): Step {
  const { reading, request, facts } = situation;
  if (reading.topic === 'person') return handOff('asked_for_person');
  if (reading.topic === 'legal') return handOff('legal_threat');
  if (reading.topic === 'upset') return handOff('upset');

  const quoteStep = answerQuote(situation);
  if (quoteStep !== undefined) return quoteStep;
  const answer = answerQuestion(situation);
  if (answer !== undefined) return answer;

  if (situation.quote !== undefined && !namesOtherOrder(situation)) return changeQuote(situation);
  if (reading.wantsReturn || request.wantsReturn || request.namedNow || situation.proof.givenNow) {
    return startReturn(situation);
  }
  if (reading.topic === 'greeting') return say(phrases.greeting(facts.store_name));
  if (reading.topic === 'help') return say(phrases.help(facts.store_name));
  if (reading.topic === 'thanks') return say(phrases.thanks);
  if (situation.consent !== 'unclear') return say(phrases.acknowledged);
  return ask(situation, phrases.notUnderstood, phrases.notUnderstood, 1);
}

function namesOtherOrder({ request, quote }: Situation): boolean {
  const { orderNumber, namedNow } = request;
  return namedNow && orderNumber !== undefined && !sameOrder(orderNumber, quote?.order_number);
}
