import { compareMoney, type Money, subtractMoney, zero } from './money.ts';
import type { Order, OrderLine } from './order.ts';
import type { Policy, RuleId } from './policy.ts';

export type CancellationVerdict =
  | {
      readonly kind: 'accept';
      readonly rule: RuleId;
      /** Everything that is left of the order; an order is cancelled whole. */
      readonly lines: readonly OrderLine[];
      /** What was received and not refunded yet; zero for an order that nobody paid. */
      readonly amount: Money;
    }
  | { readonly kind: 'deny' | 'needs-person'; readonly rule: RuleId; readonly say: string };

/** May this order be cancelled now? */
export function judgeCancellation(policy: Policy, order: Order): CancellationVerdict {
  const { name } = order;
  if (order.cancelledAt !== undefined) {
    return { kind: 'deny', rule: 'cancelled-order', say: `Order ${name} is cancelled already.` };
  }
  if (!policy.cancelBeforeShipping) {
    return {
      kind: 'deny',
      rule: 'cancelling-not-offered',
      say: `Orders can't be cancelled here. Once order ${name} has arrived, ask me to return it.`,
    };
  }
  const lines = order.lines.filter(({ refundableQuantity }) => refundableQuantity > 0);
  if (isShipped(order, lines)) return judgeShipped(order, lines);
  if (lines.length === 0) {
    return person('nothing-to-cancel', `I see nothing left to cancel on order ${name}`);
  }
  if (lines.some(({ isGiftCard }) => isGiftCard)) {
    return person('gift-card', `Order ${name} holds a gift card, which may have been used`);
  }
  const amount = subtractMoney(order.totalReceived, order.totalRefunded);
  if (compareMoney(amount, zero(amount.currency)) < 0) {
    return person('cancellation-differs', `More was refunded for order ${name} than was paid`);
  }
  return { kind: 'accept', rule: 'cancel-before-shipping', lines, amount };
}

/** A shipment that lists nothing is one, too; units that are neither here nor waiting were sent. */
function isShipped({ shipments }: Order, lines: readonly OrderLine[]): boolean {
  const isSent = (line: OrderLine) => line.refundableQuantity > line.unfulfilledQuantity;
  return shipments.length > 0 || lines.some(isSent);
}

function judgeShipped({ name }: Order, lines: readonly OrderLine[]): CancellationVerdict {
  if (lines.some(({ unfulfilledQuantity }) => unfulfilledQuantity > 0)) {
    return person('partly-shipped', `Part of order ${name} has been shipped already`);
  }
  return {
    kind: 'deny',
    rule: 'already-shipped',
    say: `Order ${name} has been shipped already, so it can't be cancelled any more. Once it has arrived, tell me what you would like to return.`,
  };
}

function person(rule: RuleId, why: string): CancellationVerdict {
  return { kind: 'needs-person', rule, say: `${why}, so a person has to look at it.` };
}
