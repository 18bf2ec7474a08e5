import { lineRules } from './line-rules.ts';
import { compareMoney, isPositive } from './money.ts';
import type { Order, OrderLine } from './order.ts';
import type { Policy, RuleId, Verdict } from './policy.ts';
import type { ReturnRequest } from './return-request.ts';

/**
 * May these lines be returned now? Expects a request that `checkRequest` accepted. One line that is denied
 * denies the request: a customer agrees to all of it or asks anew.
 */
export function judge(policy: Policy, order: Order, request: ReturnRequest, now: Date): Verdict {
  const refused = judgeOrder(order, request) ?? judgeLines(policy, order, request, now);
  if (refused !== undefined) {
    return refused;
  }
  if (request.wish !== 'refund') {
    const wish = request.wish === 'exchange' ? 'Exchanges are' : 'Store credit is';
    return { kind: 'needs-person', rule: 'wish-not-offered', say: `${wish} arranged by a person here.` };
  }
  const feePercent = policy.feeWaivedFor.includes(request.reason) ? 0 : policy.restockingFeePercent;
  return { kind: 'accept', rule: 'within-window', feePercent };
}

function judgeOrder(order: Order, request: ReturnRequest): Verdict | undefined {
  const known = new Set(order.lines.map(({ id }) => id));
  if (request.orderId !== order.id || !request.lines.every(({ lineId }) => known.has(lineId))) {
    return deny('foreign-order', `These items are not on order ${order.name}.`);
  }
  if (order.cancelledAt !== undefined) {
    return deny('cancelled-order', `Order ${order.name} was cancelled, so there is nothing to return.`);
  }
  if (isPositive(order.totalReceived) && compareMoney(order.totalRefunded, order.totalReceived) >= 0) {
    return deny('already-refunded', `Order ${order.name} has already been refunded in full.`);
  }
  return undefined;
}

/** Follows the order's own lines, so that the order in which a customer names them changes nothing. */
function judgeLines(policy: Policy, order: Order, request: ReturnRequest, now: Date): Verdict | undefined {
  const wanted = order.lines
    .map((line) => ({ line, quantity: quantityOf(request, line) }))
    .filter(({ quantity }) => quantity > 0);
  for (const rule of lineRules) {
    const broken = wanted.filter((item) => rule.isBroken({ ...item, policy, order, now }));
    if (broken.length > 0) {
      const others = broken.length < wanted.length ? ' You can ask about the other items on their own.' : '';
      const titles = listTitles(broken.map(({ line }) => line));
      return { kind: rule.kind, rule: rule.id, say: rule.say(titles, policy) + others };
    }
  }
  return undefined;
}

function quantityOf(request: ReturnRequest, line: OrderLine): number {
  return request.lines
    .filter(({ lineId }) => lineId === line.id)
    .reduce((total, { quantity }) => total + quantity, 0);
}

function listTitles(lines: readonly OrderLine[]): string {
  return [...new Set(lines.map(({ title }) => title))].join(', ');
}

function deny(rule: RuleId, say: string): Verdict {
  return { kind: 'deny', rule, say };
}
