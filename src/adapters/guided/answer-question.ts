import type { OrderView } from '../../ports/tools.ts';
import { repeatQuote } from './answer-quote.ts';
import { plainText, stemOf, wordsOf } from './item-words.ts';
import { type OpenQuote, type Situation, shownNumber } from './read-situation.ts';
import { startReturn } from './return-steps.ts';
import { returnStatus, type Step, say } from './step.ts';
import type { Topic } from './vocabulary.ts';

/** A question answered from the facts, with an open quote repeated; undefined when it is none. */
export function answerQuestion(situation: Situation): Step | undefined {
  const { reading, facts, quote, phrases } = situation;
  if (reading.topic === undefined || asksReturnToo(situation) || wishesElse(situation)) return undefined;
  switch (reading.topic) {
    case 'refund-status':
      return returnStatus(situation.request.namedNow ? situation.request.orderNumber : undefined);
    case 'order-status':
      return startReturn(situation);
    case 'duration':
      return answer(
        situation,
        pickSentences(facts.policy, /\b(?:business|working) days?\b|\btakes?\b|\bbank\b/i) ??
          phrases.noDuration,
      );
    case 'policy':
      return answer(situation, aboutPolicy(situation));
    case 'amount':
      return quote?.shown ? say(repeatQuote(quote)) : undefined;
    case 'help':
      return quote === undefined ? undefined : answer(situation, phrases.whoIsThis(facts.store_name));
    case 'person':
    case 'legal':
    case 'upset':
    case 'hesitation':
    case 'thanks':
    case 'greeting':
      return undefined;
  }
}

/** "I want to return the mug, how long will it take?" is a request first. */
function asksReturnToo({ reading, request, quote }: Situation): boolean {
  if (quote !== undefined || reading.topic === 'refund-status' || reading.topic === 'order-status')
    return false;
  return reading.asksReturn || (request.namedNow && reading.wantsReturn);
}

/** "Can I have store credit instead?" about an open quote changes it. */
function wishesElse({ reading, quote }: Situation): boolean {
  return quote !== undefined && (reading.wish === 'store_credit' || reading.wish === 'exchange');
}

function answer({ quote }: Situation, text: string): Step {
  return say(quote?.shown ? `${text} ${repeatQuote(quote)}` : text);
}

/** A question is no answer to an open quote, which still waits for one. */
export function answerStatus({ quote, phrases }: Situation, status: string): Step {
  if (!quote?.shown) return say(status);
  return say(`${status} ${phrases.stillNeeded(nameQuote(quote), shownNumber(quote.order_number))}`);
}

function nameQuote({ settles, exchange, store_credit, amount }: OpenQuote): string {
  if (settles === 'cancels_order') return 'cancellation';
  if (exchange.length > 0) return 'exchange';
  return `${store_credit === null ? 'refund' : 'store credit'} of ${amount}`;
}

/** After find_order, for a question about the order or a refund. */
export function describeOrder(situation: Situation, order: OrderView): Step {
  const { phrases } = situation;
  const number = shownNumber(order.order_number);
  if (statusTopic(situation) === 'refund-status') return returnStatus(order.order_number);
  if (order.cancelled) return answer(situation, phrases.orderCancelled(number, order.placed_on));
  return answer(situation, phrases.orderState(number, order.placed_on, order.delivered_on ?? undefined));
}

export function asksAboutOrder(situation: Situation): boolean {
  const topic = statusTopic(situation);
  return topic === 'order-status' || topic === 'refund-status';
}

/** A question that had to wait for the order number or a proof is still open when that arrives. */
function statusTopic({ reading, request, proof }: Situation): Topic | undefined {
  const isAnswer = reading.topic === undefined && proof.givenNow && !request.wantsReturn;
  return isAnswer ? request.question : reading.topic;
}

/** The sentences that share words with the question; without any, all of them that may help. */
function aboutPolicy({ facts, text, vocabulary, phrases }: Situation): string {
  if (facts.policy.length === 0) return phrases.noPolicy;
  const asked = new Set(wordsOf(plainText(text)).map((word) => stemOf(word, vocabulary)));
  const fitting = facts.policy.filter((sentence) =>
    wordsOf(plainText(sentence)).some((word) => {
      const stem = stemOf(word, vocabulary);
      return asked.has(stem) && !vocabulary.commonPolicyWords.has(stem);
    }),
  );
  if (fitting.length > 0) return fitting.join(' ');
  const plain = plainText(text);
  const aboutPayment = vocabulary.asksHowPaid.test(plain)
    ? pickSentences(facts.policy, /payment method/i)
    : undefined;
  if (aboutPayment !== undefined) return aboutPayment;
  if (vocabulary.sendingBack.test(plain)) return phrases.noPolicy;
  const aboutTime = vocabulary.asksForTime.test(plain)
    ? pickSentences(facts.policy, /\bdays?\b/i)
    : undefined;
  return aboutTime ?? facts.policy.join(' ');
}

function pickSentences(policy: readonly string[], about: RegExp): string | undefined {
  const fitting = policy.filter((sentence) => about.test(sentence));
  return fitting.length > 0 ? fitting.join(' ') : undefined;
}
