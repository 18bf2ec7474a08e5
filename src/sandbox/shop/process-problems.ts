import { orderBalance, sum } from './order-balance.ts';
import { type ReturnSelection, returnOutcome } from './price-return.ts';
import { type ReturnProblem, returnProblem } from './return-problem.ts';
import type { DispositionType, ShopReturn } from './return-state.ts';
import { type MoneyInput, minorOf } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';
import { type StoreCreditInput, storeCreditProblem } from './store-credit.ts';

/** Shopify's ReturnProcessInput, as far as this shop knows it. */
export type ReturnProcessInput = {
  readonly returnId: string;
  readonly returnLineItems?:
    | readonly {
        readonly id: string;
        readonly quantity: number;
        readonly dispositions?: readonly DispositionInput[] | null;
      }[]
    | null;
  readonly exchangeLineItems?: readonly { readonly id: string; readonly quantity: number }[] | null;
  readonly refundShipping?: RefundShippingInput | null;
  readonly financialTransfer?: { readonly issueRefund?: IssueRefund | null } | null;
};

export type RefundShippingInput = {
  readonly fullRefund?: boolean | null;
  readonly shippingRefundAmount?: MoneyInput | null;
};

type DispositionInput = {
  readonly reverseFulfillmentOrderLineItemId: string;
  readonly quantity: number;
  readonly dispositionType: DispositionType;
  readonly locationId?: string | null;
};

type IssueRefund = {
  readonly orderTransactions: readonly {
    readonly parentId: string;
    readonly transactionAmount: MoneyInput;
  }[];
  readonly refundMethods?: readonly StoreCreditInput[] | null;
  readonly allowOverRefunding?: boolean | null;
};

export function processProblems(
  state: ShopState,
  order: ShopOrder,
  found: ShopReturn,
  input: ReturnProcessInput,
  now: Date,
): readonly ReturnProblem[] {
  if (found.status !== 'OPEN') return [invalid('INVALID_STATE', ['returnId'], 'Return is not open')];
  const lines = input.returnLineItems ?? [];
  const exchanges = input.exchangeLineItems ?? [];
  if (lines.length + exchanges.length === 0) {
    return [invalid('BLANK', ['returnLineItems'], 'There is nothing to process')];
  }
  const problems = [
    ...quantityProblems('returnLineItems', found.lines, lines),
    ...quantityProblems('exchangeLineItems', found.exchanges, exchanges),
    ...refundedElsewhere(state, order, found, lines),
    ...dispositionProblems(found, lines),
    ...transferProblems(state, order, input, now),
  ];
  return problems.length > 0 ? problems : outcomeProblems(state, order, found, input);
}

export function selectionOf(order: ShopOrder, input: ReturnProcessInput): ReturnSelection {
  const lines = input.returnLineItems ?? [];
  const exchanges = input.exchangeLineItems ?? [];
  return { lines, exchanges, shipping: shippingOf(order, input.refundShipping) };
}

/** NaN when the amount is none of the order's currency. */
export function shippingOf(
  order: ShopOrder,
  wish: RefundShippingInput | null | undefined,
): ReturnSelection['shipping'] {
  if (wish?.fullRefund) return 'full';
  if (!wish?.shippingRefundAmount) return undefined;
  return minorOf(wish.shippingRefundAmount, order.currency) ?? Number.NaN;
}

export function issuedPayments(order: ShopOrder, { financialTransfer }: ReturnProcessInput) {
  const transactions = financialTransfer?.issueRefund?.orderTransactions ?? [];
  return transactions.map(({ parentId, transactionAmount }) => ({
    paymentId: parentId,
    amount: minorOf(transactionAmount, order.currency) ?? 0,
  }));
}

export function issuedCredit(order: ShopOrder, { financialTransfer }: ReturnProcessInput): number {
  const methods = financialTransfer?.issueRefund?.refundMethods ?? [];
  const credits = methods.flatMap(({ storeCreditRefund }) => storeCreditRefund ?? []);
  return sum(credits.map(({ amount }) => minorOf(amount, order.currency) ?? 0));
}

function quantityProblems(
  list: string,
  known: readonly { readonly id: string; readonly quantity: number; readonly processed: number }[],
  wanted: readonly { readonly id: string; readonly quantity: number }[],
): readonly ReturnProblem[] {
  return wanted.flatMap(({ id, quantity }, index): readonly ReturnProblem[] => {
    const line = known.find((each) => each.id === id);
    const field = (name: string) => [list, String(index), name];
    if (!line) return [invalid('NOT_FOUND', field('id'), 'Line item is not part of the return')];
    if (quantity < 1) return [invalid('GREATER_THAN', field('quantity'), 'Quantity must be greater than 0')];
    const upToHere = wanted.slice(0, index + 1).filter((each) => each.id === id);
    if (sum(upToHere.map((each) => each.quantity)) <= line.quantity - line.processed) return [];
    return [invalid('INVALID', field('quantity'), 'Quantity is more than can be processed')];
  });
}

/** A piece that was refunded outside its return is not refunded again. */
function refundedElsewhere(
  state: ShopState,
  order: ShopOrder,
  found: ShopReturn,
  wanted: readonly { readonly id: string; readonly quantity: number }[],
): readonly ReturnProblem[] {
  const balance = orderBalance(order, state.refunds);
  return order.lines.flatMap((line): readonly ReturnProblem[] => {
    const own = found.lines.filter((each) => each.lineId === line.id).map(({ id }) => id);
    const quantity = sum(wanted.filter(({ id }) => own.includes(id)).map((each) => each.quantity));
    if (quantity <= balance.refundableQuantity(line)) return [];
    return [invalid('INVALID', ['returnLineItems'], 'Quantity was refunded already')];
  });
}

function dispositionProblems(
  found: ShopReturn,
  wanted: NonNullable<ReturnProcessInput['returnLineItems']>,
): readonly ReturnProblem[] {
  return wanted.flatMap(({ id, quantity, dispositions }, index): readonly ReturnProblem[] => {
    const line = found.lines.find((each) => each.id === id);
    const given = dispositions ?? [];
    const field = ['returnLineItems', String(index), 'dispositions'];
    if (given.some((each) => each.reverseFulfillmentOrderLineItemId !== line?.reverseLineId)) {
      return [invalid('NOT_FOUND', field, 'Reverse fulfillment order line item does not match')];
    }
    if (given.some((each) => each.dispositionType === 'RESTOCKED' && !each.locationId)) {
      return [invalid('BLANK', field, 'Location is required to restock')];
    }
    if (sum(given.map((each) => each.quantity)) <= quantity) return [];
    return [invalid('INVALID', field, 'Dispositions are more than is processed')];
  });
}

function transferProblems(
  state: ShopState,
  order: ShopOrder,
  input: ReturnProcessInput,
  now: Date,
): readonly ReturnProblem[] {
  const path = ['financialTransfer', 'issueRefund'];
  const balance = orderBalance(order, state.refunds);
  const perParent = new Map<string, number>();
  const payments = issuedPayments(order, input).flatMap(({ paymentId, amount }, index) => {
    const field = [...path, 'orderTransactions', String(index)];
    if (!order.payments.some(({ id }) => id === paymentId)) {
      return [
        invalid('NOT_FOUND', [...field, 'parentId'], 'Parent transaction does not belong to the order'),
      ];
    }
    if (amount <= 0) return [invalid('INVALID', [...field, 'transactionAmount'], 'Amount is invalid')];
    const total = (perParent.get(paymentId) ?? 0) + amount;
    perParent.set(paymentId, total);
    if (total <= balance.paymentRemaining(paymentId)) return [];
    return [invalid('INVALID', [...field, 'transactionAmount'], 'Amount is more than the payment has left')];
  });
  const methods = input.financialTransfer?.issueRefund?.refundMethods ?? [];
  const credits = methods.flatMap((method, index) => {
    const message = storeCreditProblem(state, order, method, now);
    return message ? [invalid('INVALID', [...path, 'refundMethods', String(index)], message)] : [];
  });
  return [...payments, ...credits];
}

/** Fees and pieces sent in exchange stay with the shop. */
function outcomeProblems(
  state: ShopState,
  order: ShopOrder,
  found: ShopReturn,
  input: ReturnProcessInput,
): readonly ReturnProblem[] {
  const outcome = returnOutcome(order, state.refunds, found, selectionOf(order, input));
  if (!(outcome.shipping >= 0 && outcome.shipping <= outcome.maximumShipping)) {
    return [invalid('INVALID', ['refundShipping'], 'Amount is more than was paid for shipping')];
  }
  const issued = issuedCredit(order, input) + sum(issuedPayments(order, input).map(({ amount }) => amount));
  if (input.financialTransfer?.issueRefund?.allowOverRefunding || issued <= outcome.maximumRefundable) {
    return [];
  }
  return [invalid('INVALID', ['financialTransfer'], 'Amount is more than is available to refund')];
}

function invalid(code: string, field: readonly string[], message: string): ReturnProblem {
  return returnProblem(code, ['input', ...field], message);
}
