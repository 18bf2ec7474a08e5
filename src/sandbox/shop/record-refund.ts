import { orderBalance, sum } from './order-balance.ts';
import { nextId } from './shop-ids.ts';
import { toMinor } from './shop-money.ts';
import type { PaymentStatus, ShopOrder, ShopRefund, ShopRefundTransaction, ShopState } from './shop-state.ts';
import { type LineQuantity, lineProblems, suggestRefund } from './suggest-refund.ts';

/** Shopify's RefundInput, as far as this shop knows it. */
export type RefundInput = {
  readonly orderId: string;
  readonly currency?: string | null;
  readonly note?: string | null | undefined;
  readonly refundLineItems?:
    | readonly {
        readonly lineItemId: string;
        readonly quantity: number;
        readonly restockType?: string | null;
      }[]
    | null;
  readonly transactions?:
    | readonly {
        readonly orderId: string;
        readonly parentId?: string | null;
        readonly gateway: string;
        readonly kind: string;
        readonly amount: string;
      }[]
    | null;
};

type UserError = { readonly field: readonly string[] | null; readonly message: string };

export type RefundOutcome =
  | { readonly kind: 'recorded'; readonly refund: ShopRefund }
  | { readonly kind: 'refused'; readonly userErrors: readonly UserError[] };

/** Checks everything, then changes the books in one step; a refusal leaves them as they were. */
export function recordRefund(
  state: ShopState,
  input: RefundInput,
  made: {
    readonly at: Date;
    readonly paymentStatus: PaymentStatus;
    readonly idempotencyKey: string | undefined;
  },
): RefundOutcome {
  const order = state.orders.find((candidate) => candidate.id === input.orderId);
  if (!order) return refused([problem(['orderId'], 'Order does not exist')]);
  const userErrors = [
    ...currencyErrors(state, order, input),
    ...lineErrors(state, order, input),
    ...transactionErrors(state, order, input),
  ];
  if (userErrors.length > 0) return refused(userErrors);

  const at = made.at.toISOString();
  const transactions = (input.transactions ?? []).map(
    (transaction): ShopRefundTransaction => ({
      id: nextId(state, 'OrderTransaction'),
      parentId: transaction.parentId ?? '',
      gateway: transaction.gateway,
      amount: toMinor(transaction.amount, order.currency) ?? 0,
      status: made.paymentStatus,
    }),
  );
  const refund: ShopRefund = {
    id: nextId(state, 'Refund'),
    orderId: order.id,
    orderName: order.name,
    createdAt: at,
    updatedAt: at,
    note: input.note ?? undefined,
    currency: order.currency,
    amount: sum(transactions.map((transaction) => transaction.amount)),
    lines: refundLines(state, order, input),
    transactions,
    idempotencyKey: made.idempotencyKey,
  };
  state.refunds = [...state.refunds, refund];
  return { kind: 'recorded', refund };
}

function refundLines(state: ShopState, order: ShopOrder, input: RefundInput): ShopRefund['lines'] {
  const priced = suggestRefund(order, state.refunds, wantedLines(input)).lines;
  return priced.map(({ line, quantity, subtotal, tax }, index) => ({
    id: nextId(state, 'RefundLineItem'),
    lineId: line.id,
    quantity,
    restockType: input.refundLineItems?.[index]?.restockType ?? 'NO_RESTOCK',
    subtotal,
    tax,
  }));
}

export function wantedLines(input: Pick<RefundInput, 'refundLineItems'>): readonly LineQuantity[] {
  return (input.refundLineItems ?? []).map(({ lineItemId, quantity }) => ({ lineId: lineItemId, quantity }));
}

function currencyErrors(state: ShopState, order: ShopOrder, input: RefundInput): readonly UserError[] {
  const given = input.currency ?? state.currency;
  if (given === order.currency) return [];
  return [problem(['currency'], `Currency must be the order's presentment currency, ${order.currency}`)];
}

function lineErrors(state: ShopState, order: ShopOrder, input: RefundInput): readonly UserError[] {
  return lineProblems(order, state.refunds, wantedLines(input)).map(({ index, field, message }) =>
    problem(['refundLineItems', String(index), field === 'line' ? 'lineItemId' : 'quantity'], message),
  );
}

function transactionErrors(state: ShopState, order: ShopOrder, input: RefundInput): readonly UserError[] {
  const transactions = input.transactions ?? [];
  if (transactions.length === 0 && (input.refundLineItems ?? []).length === 0) {
    return [problem(null, 'Refund must have at least one line item or transaction')];
  }
  const balance = orderBalance(order, state.refunds);
  const perParent = new Map<string, number>();
  // No payment gives back more than it took, so the order as a whole cannot either.
  return transactions.flatMap((transaction, index): readonly UserError[] => {
    const field = (name: string) => ['transactions', String(index), name];
    const parent = order.payments.find((payment) => payment.id === transaction.parentId);
    const amount = toMinor(transaction.amount, order.currency);
    if (transaction.kind !== 'REFUND') return [problem(field('kind'), 'Kind must be REFUND')];
    if (transaction.orderId !== order.id) return [problem(field('orderId'), 'Order does not match')];
    if (!parent) return [problem(field('parentId'), 'Parent transaction does not belong to the order')];
    if (parent.gateway !== transaction.gateway) return [problem(field('gateway'), 'Gateway does not match')];
    if (amount === undefined || amount <= 0) return [problem(field('amount'), 'Amount is invalid')];
    const total = (perParent.get(parent.id) ?? 0) + amount;
    perParent.set(parent.id, total);
    if (total <= balance.paymentRemaining(parent.id)) return [];
    return [problem(field('amount'), 'Amount is more than can be refunded to this transaction')];
  });
}

function problem(field: readonly string[] | null, message: string): UserError {
  return { field, message };
}

function refused(userErrors: readonly UserError[]): RefundOutcome {
  return { kind: 'refused', userErrors };
}
