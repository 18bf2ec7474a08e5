import type {
  CheckCancellationResult,
  CheckReturnArguments,
  CheckReturnResult,
  FindOrderResult,
  OrderView,
  ProveIdentityResult,
  ReturnStatusResult,
  SendCodeResult,
  SubmitReturnResult,
} from '../../ports/tools.ts';
import { answerStatus, asksAboutOrder, describeOrder } from './answer-question.ts';
import { checkChanged, quotedItems } from './answer-quote.ts';
import { afterCheckCancellation, asksToCancel, checkCancellation } from './cancel-order-step.ts';
import { chooseOrder } from './choose-order.ts';
import { chooseVariant } from './exchange-steps.ts';
import { afterLooking, mayNameItem } from './look-for-item.ts';
import { bareNumber, type Situation, sameOrder } from './read-situation.ts';
import type { Called } from './read-turn.ts';
import { askForProof, checkRequested, checkReturn } from './return-steps.ts';
import { ask, findOrder, handOff, type Step, say } from './step.ts';

/** What follows from the last tool result. Results come from our own tools, whose shapes the ports state. */
export function afterResult(situation: Situation, { name, result, ...called }: Called): Step {
  if (result === undefined || result.status === 'bad_call') {
    if (name === 'cancel_return') return handOff(situation, 'cancel_return');
    return name === 'hand_off'
      ? say(situation.phrases.unavailable)
      : ask(situation, situation.phrases.notUnderstood, undefined, 1);
  }
  switch (name) {
    case 'find_order':
      return afterFindOrder(situation, result as FindOrderResult, called.arguments);
    case 'return_status':
      return afterReturnStatus(situation, result as ReturnStatusResult, called.arguments);
    case 'check_return':
      return afterCheckReturn(situation, result as CheckReturnResult, called.arguments);
    case 'check_cancellation':
      return afterCheckCancellation(situation, result as CheckCancellationResult);
    case 'submit_return':
      return afterSubmitReturn(situation, result as SubmitReturnResult);
    case 'cancel_return':
      return say(result.say ?? situation.phrases.unavailable);
    case 'send_code':
    case 'prove_identity':
    case 'check_code':
      return afterProveIdentity(situation, result as ProveIdentityResult | SendCodeResult);
    default:
      return say(sayAfterHandOff(situation, result.say));
  }
}

function afterFindOrder(situation: Situation, result: FindOrderResult, asked: Called['arguments']): Step {
  if (mayNameItem(situation) && !asksToCancel(situation)) return afterLooking(situation, result);
  switch (result.status) {
    case 'found':
      return withOrder(situation, result.order);
    case 'choose':
      return chooseOrder(situation, result.orders);
    case 'not_found':
      return afterNotFound(situation, result.say, asked.order_number);
    case 'unavailable':
      return say(result.say);
  }
}

function afterReturnStatus(
  situation: Situation,
  result: ReturnStatusResult,
  asked: Called['arguments'],
): Step {
  if (result.status === 'known') return answerStatus(situation, result.say);
  if (result.status === 'unavailable') return say(result.say);
  return afterNotFound(situation, result.say, asked.order_number);
}

function afterNotFound(situation: Situation, saying: string, orderNumber: unknown): Step {
  const { proof, facts } = situation;
  const { email, postalCode, givenNow } = proof;
  if (facts.party === 'staff') return ask(situation, saying);
  if (typeof orderNumber === 'string' && email !== undefined && postalCode !== undefined && givenNow) {
    return {
      kind: 'call',
      name: 'prove_identity',
      arguments: { order_number: orderNumber, email, postal_code: postalCode },
    };
  }
  const partly = email !== undefined || postalCode !== undefined;
  return typeof orderNumber !== 'string' || partly ? askForProof(situation) : ask(situation, saying);
}

function afterProveIdentity(situation: Situation, result: ProveIdentityResult | SendCodeResult): Step {
  return result.status === 'verified' ? withOrder(situation, result.order) : say(result.say);
}

function afterCheckReturn(situation: Situation, result: CheckReturnResult, asked: Called['arguments']): Step {
  const { calls, phrases } = situation;
  switch (result.status) {
    case 'needs_person':
      return handOff(situation, 'needs_person');
    case 'quoted':
      return say(
        calls.some(({ name }) => name === 'submit_return') ? phrases.checkedAgain(result.say) : result.say,
      );
    case 'choose_variant':
      return chooseVariant(situation, result, asked as CheckReturnArguments);
    case 'needs_photo':
      return ask(situation, result.say);
    case 'denied':
      return say(phrases.denied(result.say));
    case 'invalid':
      return say(result.problem === 'too_many' ? phrases.howMany(result.say) : result.say);
    case 'not_found':
    case 'unavailable':
      return say(result.say);
  }
}

function afterSubmitReturn({ quote }: Situation, result: SubmitReturnResult): Step {
  const isOutdated = result.status === 'expired' || result.status === 'changed';
  return isOutdated && quote !== undefined ? findOrder(bareNumber(quote.order_number)) : say(result.say);
}

/** Why a person is needed says more than that one was called. */
function sayAfterHandOff({ calls, reading, phrases }: Situation, said: string | undefined): string {
  const check = calls.findLast(({ name }) => name.startsWith('check_'))?.result;
  const why = check?.status === 'needs_person' ? check.say : undefined;
  const sorry = reading.topic === 'upset' && said !== undefined ? phrases.upset : undefined;
  return [sorry, why, said].filter((text) => text !== undefined).join(' ') || phrases.unavailable;
}

/** On with what the customer wanted before we had to look the order up. */
function withOrder(situation: Situation, order: OrderView): Step {
  const { quote, calls } = situation;
  if (asksToCancel(situation)) return checkCancellation(order.order_number);
  if (asksAboutOrder(situation)) return describeOrder(situation, order);
  if (quote !== undefined && sameOrder(bareNumber(quote.order_number), order.order_number)) {
    const isOutdated = calls.some(({ name }) => name === 'submit_return');
    return isOutdated
      ? checkReturn(situation, order, quotedItems(quote, order).picks)
      : checkChanged(situation, quote, order);
  }
  return checkRequested(situation, order);
}
