import { compareMoney, isPositive } from './money.ts';
import type { Order, OrderLine } from './order.ts';
import { foldTag, type Policy, type RuleId, type Verdict } from './policy.ts';
import type { ReturnRequest } from './return-request.ts';
import { countUnits, isWithinWindow, shippedUnits } from './return-window.ts';

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

type LineRule = {
  readonly id: RuleId;
  readonly kind: 'deny' | 'needs-person';
  readonly isBroken: (item: JudgedLine) => boolean;
  readonly say: (titles: string, policy: Policy) => string;
};

type JudgedLine = {
  readonly policy: Policy;
  readonly order: Order;
  readonly line: OrderLine;
  readonly quantity: number;
  readonly now: Date;
};

/** The first one broken decides: denials before what a person may still allow. */
const lineRules: readonly LineRule[] = [
  {
    id: 'gift-card',
    kind: 'deny',
    isBroken: ({ policy, line }) => policy.nonReturnable.giftCards && line.isGiftCard,
    say: (titles) => `Gift cards can't be returned (${titles}).`,
  },
  {
    id: 'final-sale',
    kind: 'deny',
    isBroken: ({ policy, line }) =>
      line.productTags.some((tag) => policy.finalSaleTags.includes(foldTag(tag))),
    say: (titles) => `Final sale items can't be returned (${titles}).`,
  },
  {
    id: 'non-returnable-type',
    kind: 'deny',
    isBroken: ({ policy, line }) =>
      line.productType !== undefined && policy.nonReturnable.productTypes.includes(foldTag(line.productType)),
    say: (titles) => `This kind of item can't be returned (${titles}).`,
  },
  {
    id: 'already-refunded',
    kind: 'deny',
    isBroken: ({ line, quantity }) => quantity > line.refundableQuantity,
    say: (titles) => `This has already been refunded (${titles}).`,
  },
  {
    id: 'window-closed',
    kind: 'deny',
    isBroken: (item) => !isUnshipped(item) && countUnits(openUnits(item)) < item.quantity,
    say: (titles, { windowDays }) => `The return window of ${countDays(windowDays)} has closed (${titles}).`,
  },
  {
    id: 'not-shipped',
    kind: 'needs-person',
    isBroken: isUnshipped,
    say: (titles) => `This has not been shipped yet, so a person has to look at it (${titles}).`,
  },
  {
    id: 'not-delivered',
    kind: 'needs-person',
    isBroken: (item) =>
      !item.policy.allowUndelivered &&
      countUnits(openUnits(item).filter(({ delivered }) => delivered)) < item.quantity,
    say: (titles) =>
      `This has not been reported as delivered yet, so a person has to look at it (${titles}).`,
  },
];

export function countDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function isUnshipped({ line, quantity }: JudgedLine): boolean {
  return line.requiresShipping && quantity > line.refundableQuantity - line.unfulfilledQuantity;
}

/** Units that may come back. Which unit of a line is returned cannot be told, so any that may, counts. */
function openUnits({ policy, order, line, now }: JudgedLine): ReturnType<typeof shippedUnits> {
  return shippedUnits(order, line).filter(
    ({ start, delivered }) =>
      isWithinWindow(start, policy.windowDays, now) || (!delivered && !policy.allowUndelivered),
  );
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
