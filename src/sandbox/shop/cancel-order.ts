import { enterRefund } from './enter-refund.ts';
import { orderBalance } from './order-balance.ts';
import { nextId } from './shop-ids.ts';
import type { PaymentStatus, ShopCancellation, ShopOrder, ShopState } from './shop-state.ts';
import { suggestRefund } from './suggest-refund.ts';

export type CancelInput = {
  readonly orderId: string;
  readonly restock: boolean;
  readonly refund?: boolean | null;
  readonly refundMethod?: {
    readonly originalPaymentMethodsRefund?: boolean | null;
    readonly storeCreditRefund?: { readonly expiresAt?: string | null } | null;
  } | null;
  readonly staffNote?: string | null;
};

type CancelProblem = {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
};

/** Nothing has happened to the order yet when it returns a job. */
export function askToCancel(
  state: ShopState,
  input: CancelInput,
  now: Date,
): { readonly jobId: string } | CancelProblem {
  const order = state.orders.find((each) => each.id === input.orderId);
  const problem = order ? cancelProblem(state, order, input, now) : notFound;
  if (problem) return problem;
  const method = input.refundMethod;
  const cancellation: ShopCancellation = {
    jobId: nextId(state, 'Job'),
    orderId: input.orderId,
    refundTo: method?.storeCreditRefund
      ? 'store-credit'
      : (method?.originalPaymentMethodsRefund ?? input.refund)
        ? 'payments'
        : 'nobody',
    restock: input.restock,
    state: 'asked',
  };
  state.cancellations = [...(state.cancellations ?? []), cancellation];
  return { jobId: cancellation.jobId };
}

const notFound = { code: 'NOT_FOUND', field: ['orderId'], message: 'Order does not exist' };

function cancelProblem(
  state: ShopState,
  order: ShopOrder,
  { refundMethod, staffNote }: CancelInput,
  now: Date,
): CancelProblem | undefined {
  const problem = (code: string, field: string, message: string) => ({ code, field: [field], message });
  if (order.cancelledAt) return problem('INVALID', 'orderId', 'Order has already been cancelled');
  if ((state.cancellations ?? []).some((each) => each.orderId === order.id && isPending(each))) {
    return problem('INVALID', 'orderId', 'Order is being cancelled');
  }
  if (isSent(order)) return problem('INVALID', 'orderId', 'Cannot cancel an order that was fulfilled');
  if ((staffNote ?? '').length > 255) return problem('INVALID', 'staffNote', 'Staff note is too long');
  const credit = refundMethod?.storeCreditRefund;
  if (!credit) return undefined;
  if (order.customerId === undefined) {
    return problem('STORE_CREDIT_REFUND_MISSING_CUSTOMER', 'refundMethod', 'Order has no customer');
  }
  if (state.storeCreditOff) return problem('INVALID', 'refundMethod', 'Store credit is not enabled');
  if (credit.expiresAt && new Date(credit.expiresAt) <= now) {
    return problem('STORE_CREDIT_REFUND_EXPIRATION_IN_PAST', 'refundMethod', 'Expiration is in the past');
  }
  return undefined;
}

export function isPending({ state }: ShopCancellation): boolean {
  return state === 'asked' || state === 'seen';
}

/** Cancels what was asked for; an order that was sent out meanwhile stays as it is. */
export function finishCancellation(
  state: ShopState,
  asked: ShopCancellation,
  made: { readonly at: Date; readonly paymentStatus: PaymentStatus },
): void {
  const order = state.orders.find((each) => each.id === asked.orderId);
  const possible = order !== undefined && !order.cancelledAt && !isSent(order);
  markCancellation(state, asked, possible ? 'done' : 'failed');
  if (!possible) return;
  if (asked.refundTo !== 'nobody') refundAll(state, order, asked, made);
  state.orders = state.orders.map((each) =>
    each === order ? { ...order, cancelledAt: made.at.toISOString() } : each,
  );
}

export function markCancellation(
  state: ShopState,
  { jobId }: ShopCancellation,
  next: ShopCancellation['state'],
): void {
  state.cancellations = (state.cancellations ?? []).map((each) =>
    each.jobId === jobId ? { ...each, state: next } : each,
  );
}

function refundAll(
  state: ShopState,
  order: ShopOrder,
  { refundTo, restock }: ShopCancellation,
  made: { readonly at: Date; readonly paymentStatus: PaymentStatus },
): void {
  const balance = orderBalance(order, state.refunds);
  const lines = order.lines
    .map((line) => ({ lineId: line.id, quantity: balance.refundableQuantity(line) }))
    .filter(({ quantity }) => quantity > 0);
  const toCredit = refundTo === 'store-credit';
  enterRefund(state, order, {
    ...made,
    lines: lines.map((line) => ({ ...line, restockType: restock ? 'CANCEL' : 'NO_RESTOCK' })),
    payments: toCredit ? [] : suggestRefund(order, state.refunds, []).paymentsFor(balance.remaining),
    storeCredit: toCredit ? balance.remaining : undefined,
    shipping: balance.remainingShipping || undefined,
  });
}

function isSent({ fulfillments }: ShopOrder): boolean {
  return fulfillments.some(({ status }) => status === 'SUCCESS');
}
