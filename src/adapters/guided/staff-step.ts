import type { FindCustomerResult } from '../../ports/tools.ts';
import { afterResult } from './after-result.ts';
import { answerQuestion } from './answer-question.ts';
import { answerQuote, changeQuote } from './answer-quote.ts';
import { asksToCancel, cancelOrder } from './cancel-order-step.ts';
import { pickOrder } from './choose-order.ts';
import type { StaffSituation } from './read-colleague.ts';
import { bareNumber, sameOrder } from './read-situation.ts';
import type { Called } from './read-turn.ts';
import { followReturn } from './return-life-steps.ts';
import { startReturn } from './return-steps.ts';
import { afterLook, listedBefore, listOrders } from './show-orders.ts';
import { findOrder, returnStatus, type Step, say } from './step.ts';
import { takeOffered } from './take-offered.ts';

const maxCalls = 6;

/** A colleague may ask about anybody's order, and proves nothing; a return goes the way of every return. */
export function chooseStaffStep(situation: StaffSituation): Step {
  const last = situation.calls.at(-1);
  if (last === undefined) return firstStep(situation);
  const step = afterStaffResult(situation, last);
  const goesOn = step.kind === 'say' || situation.calls.length < maxCalls;
  return goesOn ? step : say(situation.phrases.unavailable);
}

function firstStep(situation: StaffSituation): Step {
  const { asks, consent, contact, facts, orderNumbers, phrases, reading, request } = situation;
  const cancelStep = cancelOrder(situation);
  if (cancelStep !== undefined) return cancelStep;
  const offerStep = takeOffered(situation) ?? followReturn(situation);
  if (offerStep !== undefined) return offerStep;
  const quoteStep = answerQuote(situation);
  if (quoteStep !== undefined) return quoteStep;
  if (consent === 'no') {
    const waits = facts.refunds.some(({ state }) => state === 'awaiting-approval');
    return say(waits ? phrases.waitsForApprover : phrases.acknowledged);
  }
  if (asks === 'help') return say(phrases.help());
  if (asks === 'refunds') return { kind: 'call', name: 'list_refunds', arguments: {} };
  if (asks === 'refunds-of-another-day') return say(phrases.onlyToday);
  if (orderNumbers.length > 0) return isForReturn(situation) ? goOnWithReturn(situation) : look(situation);

  if (contact.phone !== undefined || contact.email !== undefined) {
    const { phone = null, email = null } = contact;
    return { kind: 'call', name: 'find_customer', arguments: { phone, email } };
  }
  const chosen = pickOrder(unnamed(situation), listedBefore(situation));
  if (chosen !== undefined) return findOrder(bareNumber(chosen.order_number));
  if (asks === 'customer') return say(phrases.askContact);
  const general = answerGeneral(situation);
  if (general !== undefined) return general;
  if (asks === 'order') return look(situation);
  if (situation.quote !== undefined || reading.wantsReturn || request.wantsReturn) {
    return goOnWithReturn(situation);
  }
  return smallTalk(situation);
}

/** Policy and the like, which are the same for everybody. */
function answerGeneral(situation: StaffSituation): Step | undefined {
  const { topic } = situation.reading;
  const isGeneral = topic === 'policy' || topic === 'duration' || topic === 'amount';
  return isGeneral ? answerQuestion(situation) : undefined;
}

function look(situation: StaffSituation): Step {
  const { orderNumbers, reading, request, phrases, facts } = situation;
  const number = orderNumbers[0] ?? request.orderNumber;
  if (orderNumbers.length === 0 && reading.topic === 'refund-status' && facts.refunds.length > 0) {
    return answerQuestion(situation) ?? say(phrases.askOrderNumber);
  }
  if (number === undefined) return say(phrases.askOrderNumber);
  const asksStatus = reading.topic === 'refund-status' && orderNumbers.length < 2;
  return asksStatus ? returnStatus(number) : findOrder(number);
}

function goOnWithReturn(situation: StaffSituation): Step {
  return isAboutQuote(situation) ? changeQuote(situation) : startReturn(situation);
}

function isForReturn(situation: StaffSituation): boolean {
  const { asks, reading, request } = situation;
  return asks === undefined && (isAboutQuote(situation) || reading.wantsReturn || request.wantsReturn);
}

function isAboutQuote({ quote, orderNumbers }: StaffSituation): boolean {
  return quote !== undefined && orderNumbers.every((number) => sameOrder(number, quote.order_number));
}

function smallTalk({ reading, consent, phrases, facts }: StaffSituation): Step {
  if (reading.topic === 'greeting') return say(phrases.greeting());
  if (reading.topic === 'help') return say(phrases.whoIsThis(facts.store_name));
  if (reading.topic === 'thanks') return say(phrases.thanks);
  return say(consent === 'yes' ? phrases.nothingWaits : phrases.notUnderstood);
}

function afterStaffResult(situation: StaffSituation, called: Called): Step {
  const { phrases } = situation;
  const { name, result } = called;
  if (result === undefined || result.status === 'bad_call') return say(phrases.unavailable);
  if (name === 'find_customer') return afterFindCustomer(situation, result as FindCustomerResult);
  const isCheck = name === 'check_return' || name === 'check_cancellation';
  if (isCheck && result.status === 'needs_person') {
    return say(phrases.needsPerson(result.say ?? ''));
  }
  if (name === 'list_refunds') return say(result.say ?? phrases.unavailable);
  if (name === 'find_order' && !isForReturn(situation) && !asksToCancel(situation)) {
    return afterLook(situation);
  }
  return afterResult(situation, called);
}

function afterFindCustomer(situation: StaffSituation, result: FindCustomerResult): Step {
  if (result.status !== 'choose') return say(result.say);
  const [only, ...others] = result.orders;
  if (only !== undefined && others.length === 0) return findOrder(bareNumber(only.order_number));
  const wanted = isForReturn(situation);
  const chosen = wanted ? pickOrder(unnamed(situation), result.orders) : undefined;
  return chosen ? findOrder(bareNumber(chosen.order_number)) : listOrders(situation, result.orders, wanted);
}

/** An order named earlier in the thread is not the one of somebody else's list. */
function unnamed(situation: StaffSituation): StaffSituation {
  return { ...situation, request: { ...situation.request, orderNumber: undefined } };
}
