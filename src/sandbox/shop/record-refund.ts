import { enterRefund, type RefundEntry } from './enter-refund.ts';
import { orderBalance, sum } from './order-balance.ts';
import { minorOf, toMinor } from './shop-money.ts';
import type { ShopOrder, ShopRefund, ShopState } from './shop-state.ts';
import { type StoreCreditInput, storeCreditProblem } from './store-credit.ts';
import { type LineQuantity, lineProblems } from './suggest-refund.ts';

/** Shopify's RefundInput, as far as this shop knows it. */
export type RefundInput = {
  readonly orderId: string;
  readonly currency?: string | null;
  readonly note?: string | null | undefined;
  readonly allowOverRefunding?: boolean | null;
  readonly refundLineItems?:
    | readonly {
        readonly lineItemId: string;
        readonly quantity: number;
        readonly restockType?: string | null;
      }[]
    | null;
  readonly shipping?: { readonly fullRefund?: boolean | null; readonly amount?: string | null } | null;
  readonly refundMethods?: readonly StoreCreditInput[] | null;
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
  made: Pick<RefundEntry, 'at' | 'paymentStatus' | 'idempotencyKey'>,
): RefundOutcome {
  const order = state.orders.find((candidate) => candidate.id === input.orderId);
  if (!order) return refused([problem(['orderId'], 'Order does not exist')]);
  const userErrors = [
    ...currencyErrors(state, order, input),
    ...lineErrors(state, order, input),
    ...shippingErrors(state, order, input),
    ...creditErrors(state, order, input, made.at),
    ...transactionErrors(state, order, input),
  ];
  if (userErrors.length > 0) return refused(userErrors);
  const beyond = totalError(state, order, input);
  if (beyond) return refused([beyond]);

  const refund = enterRefund(state, order, {
    ...made,
    note: input.note ?? undefined,
    lines: wantedLines(input).map((wanted, index) => ({
      ...wanted,
      restockType: input.refundLineItems?.[index]?.restockType ?? 'NO_RESTOCK',
    })),
    payments: (input.transactions ?? []).map(({ parentId, amount }) => ({
      paymentId: parentId ?? '',
      amount: toMinor(amount, order.currency) ?? 0,
    })),
    storeCredit: creditOf(order, input) || undefined,
    shipping: shippingOf(state, order, input) || undefined,
  });
  return { kind: 'recorded', refund };
}

export function wantedLines(input: Pick<RefundInput, 'refundLineItems'>): readonly LineQuantity[] {
  return (input.refundLineItems ?? []).map(({ lineItemId, quantity }) => ({ lineId: lineItemId, quantity }));
}

function creditOf(order: ShopOrder, { refundMethods }: RefundInput): number {
  const credits = (refundMethods ?? []).flatMap(({ storeCreditRefund }) => storeCreditRefund ?? []);
  return sum(credits.map(({ amount }) => minorOf(amount, order.currency) ?? 0));
}

function shippingOf(state: ShopState, order: ShopOrder, { shipping }: RefundInput): number | undefined {
  if (shipping?.fullRefund) return orderBalance(order, state.refunds).remainingShipping;
  return shipping?.amount == null ? 0 : toMinor(String(shipping.amount), order.currency);
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

function shippingErrors(state: ShopState, order: ShopOrder, input: RefundInput): readonly UserError[] {
  const amount = shippingOf(state, order, input);
  if (amount === undefined) return [problem(['shipping', 'amount'], 'Amount is invalid')];
  if (amount <= orderBalance(order, state.refunds).remainingShipping) return [];
  return [problem(['shipping', 'amount'], 'Amount is more than was paid for shipping')];
}

function creditErrors(
  state: ShopState,
  order: ShopOrder,
  { refundMethods }: RefundInput,
  now: Date,
): readonly UserError[] {
  return (refundMethods ?? []).flatMap((method, index): readonly UserError[] => {
    const message = storeCreditProblem(state, order, method, now);
    return message ? [problem(['refundMethods', String(index), 'storeCreditRefund'], message)] : [];
  });
}

function transactionErrors(state: ShopState, order: ShopOrder, input: RefundInput): readonly UserError[] {
  const transactions = input.transactions ?? [];
  const parts = [...transactions, ...(input.refundLineItems ?? []), ...(input.refundMethods ?? [])];
  if (parts.length === 0) return [problem(null, 'Refund must have at least one line item or transaction')];
  const balance = orderBalance(order, state.refunds);
  const perParent = new Map<string, number>();
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

/** Store credit leaves the payments as they were: only the order as a whole shows what is left. */
function totalError(state: ShopState, order: ShopOrder, input: RefundInput): UserError | undefined {
  if (input.allowOverRefunding) return undefined;
  const paidBack = sum((input.transactions ?? []).map(({ amount }) => toMinor(amount, order.currency) ?? 0));
  const { remaining } = orderBalance(order, state.refunds);
  if (paidBack + creditOf(order, input) <= remaining) return undefined;
  return problem(null, 'Refund amount is more than is available to refund');
}

function problem(field: readonly string[] | null, message: string): UserError {
  return { field, message };
}

function refused(userErrors: readonly UserError[]): RefundOutcome {
  return { kind: 'refused', userErrors };
}
