import { codeForWhichOrder } from './phrases-en.ts';
import type { Situation } from './read-situation.ts';
import { ask, type Step } from './step.ts';

/** A code that came, or one that is asked for; undefined when it is about neither. */
export function proveByCode(situation: Situation): Step | undefined {
  const { facts, proof, request, earlier } = situation;
  const [awaited] = facts.codes_awaited ?? [];
  if (facts.party === 'staff') return undefined;
  if (proof.code !== undefined && awaited !== undefined) {
    return { kind: 'call', name: 'check_code', arguments: { order_number: awaited, code: proof.code } };
  }
  const said = earlier.findLast(({ who }) => who === 'agent')?.text;
  const answersUs = said === codeForWhichOrder && request.namedNow;
  if (!proof.wantsCode && !answersUs) return undefined;
  const orderNumber = request.orderNumber ?? awaited;
  return orderNumber === undefined
    ? ask(situation, codeForWhichOrder)
    : { kind: 'call', name: 'send_code', arguments: { order_number: orderNumber } };
}
