import { availableStock, findVariant, variantPrice } from './catalogue.ts';
import { lineTotal, sum } from './order-balance.ts';
import { type PricedReturnLine, priceReturnLines } from './price-return.ts';
import { type ReturnProblem, returnProblem } from './return-problem.ts';
import { returnReasons } from './return-reasons.ts';
import { returnableLines } from './returnable.ts';
import { type MoneyInput, minorOf } from './shop-money.ts';
import type { ShopOrder, ShopState, ShopVariant } from './shop-state.ts';

/** Shopify's ReturnInput and CalculateReturnInput, as far as this shop knows them. */
export type ReturnInput = {
  readonly orderId: string;
  readonly returnLineItems?: readonly ReturnLineInput[] | null;
  readonly exchangeLineItems?: readonly ExchangeInput[] | null;
  readonly returnShippingFee?: { readonly amount: MoneyInput } | null;
};

type ReturnLineInput = {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly restockingFee?: { readonly percentage: number } | null;
  readonly returnReasonDefinitionId?: string | null;
  readonly returnReasonNote?: string | null;
};

type ExchangeInput = {
  readonly variantId?: string | null;
  readonly quantity: number;
  readonly appliedDiscount?: {
    readonly value: { readonly amount?: MoneyInput | null; readonly percentage?: number | null };
  } | null;
};

export type ReturnPlan = {
  readonly lines: readonly {
    readonly wish: ReturnLineInput;
    readonly lineId: string;
    readonly priced: PricedReturnLine;
  }[];
  readonly exchanges: readonly PlannedExchange[];
  readonly shippingFee: number;
};

export type PlannedExchange = {
  readonly variant: ShopVariant;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly subtotal: number;
  readonly tax: number;
};

/** What the return would be, or why there can be none. */
export function planReturn(
  state: ShopState,
  order: ShopOrder,
  input: ReturnInput,
): ReturnPlan | readonly ReturnProblem[] {
  const wishes = input.returnLineItems ?? [];
  const exchanges = input.exchangeLineItems ?? [];
  const fee = input.returnShippingFee;
  const shippingFee = fee ? minorOf(fee.amount, order.currency) : 0;
  const problems = [
    ...(order.cancelledAt ? [returnProblem('INVALID_STATE', ['orderId'], 'Order is cancelled')] : []),
    ...(wishes.length === 0
      ? [returnProblem('BLANK', ['returnLineItems'], 'Return must have a line item')]
      : []),
    ...wishes.flatMap((_, index) => lineProblems(state, order, wishes, index)),
    ...exchanges.flatMap((_, index) => exchangeProblems(state, exchanges, index)),
    ...(shippingFee === undefined
      ? [returnProblem('INVALID', ['returnShippingFee', 'amount'], 'Fee must be in the order’s currency')]
      : []),
  ];
  if (problems.length > 0 || shippingFee === undefined) return problems;

  const lineIds = wishes.map(
    ({ fulfillmentLineItemId }) =>
      order.fulfillments.flatMap(({ lines }) => lines).find(({ id }) => id === fulfillmentLineItemId)
        ?.lineId ?? '',
  );
  const pieces = wishes.map(({ quantity, restockingFee }, index) => ({
    lineId: lineIds[index] ?? '',
    quantity,
    percentage: restockingFee?.percentage ?? 0,
  }));
  const priced = priceReturnLines(order, state.refunds, pieces);
  return {
    lines: wishes.flatMap((wish, index) => {
      const price = priced[index];
      return price ? [{ wish, lineId: lineIds[index] ?? '', priced: price }] : [];
    }),
    exchanges: exchanges.flatMap((each) => planExchange(state, order, each)),
    shippingFee,
  };
}

function lineProblems(
  state: ShopState,
  order: ShopOrder,
  wishes: readonly ReturnLineInput[],
  index: number,
): readonly ReturnProblem[] {
  const wish = wishes[index];
  if (!wish) return [];
  const problem = (code: string, field: string, message: string) => [
    returnProblem(code, ['returnLineItems', String(index), field], message),
  ];
  const { fulfillmentLineItemId: id, quantity, restockingFee } = wish;
  const sent = order.fulfillments.flatMap(({ lines }) => lines).some((line) => line.id === id);
  if (!sent) return problem('NOT_FOUND', 'fulfillmentLineItemId', 'Fulfillment line item does not exist');
  if (quantity < 1) return problem('GREATER_THAN', 'quantity', 'Quantity must be greater than 0');
  const upToHere = wishes.slice(0, index + 1).filter((each) => each.fulfillmentLineItemId === id);
  const free = returnableLines(order, state.refunds).find((each) => each.fulfillmentLineId === id)?.quantity;
  if (sum(upToHere.map((each) => each.quantity)) > (free ?? 0)) {
    return problem('INVALID', 'quantity', 'Quantity is more than can be returned');
  }
  const percentage = restockingFee?.percentage ?? 0;
  if (percentage < 0 || percentage > 100) {
    return problem('LESS_THAN_OR_EQUAL_TO', 'restockingFee', 'Percentage must be between 0 and 100');
  }
  const reason = wish.returnReasonDefinitionId;
  if (reason && !returnReasons.some((each) => each.id === reason)) {
    return problem('NOT_FOUND', 'returnReasonDefinitionId', 'Return reason definition does not exist');
  }
  if ((wish.returnReasonNote ?? '').length > 255) {
    return problem('TOO_LONG', 'returnReasonNote', 'Note is too long (maximum is 255 characters)');
  }
  return [];
}

function exchangeProblems(
  state: ShopState,
  wishes: readonly ExchangeInput[],
  index: number,
): readonly ReturnProblem[] {
  const wish = wishes[index];
  const problem = (code: string, field: string, message: string) => [
    returnProblem(code, ['exchangeLineItems', String(index), field], message),
  ];
  const stocked = findVariant(state, wish?.variantId);
  if (!wish || !stocked) return problem('NOT_FOUND', 'variantId', 'Variant does not exist');
  if (wish.quantity < 1) return problem('GREATER_THAN', 'quantity', 'Quantity must be greater than 0');
  const upToHere = wishes.slice(0, index + 1).filter((each) => each.variantId === wish.variantId);
  if (sum(upToHere.map((each) => each.quantity)) <= availableStock(state, stocked.variant)) return [];
  return problem('INVALID', 'quantity', 'Variant is out of stock');
}

function planExchange(state: ShopState, order: ShopOrder, wish: ExchangeInput): readonly PlannedExchange[] {
  const stocked = findVariant(state, wish.variantId);
  if (!stocked) return [];
  const { quantity, appliedDiscount } = wish;
  const unitPrice = variantPrice(order, stocked.variant);
  const full = unitPrice * quantity;
  const { amount, percentage } = appliedDiscount?.value ?? {};
  const off = amount
    ? (minorOf(amount, order.currency) ?? 0)
    : Math.round((full * Math.round((percentage ?? 0) * 100)) / 10_000);
  const subtotal = Math.max(0, full - off);
  // Taxed as the order was.
  const sold = sum(order.lines.map(lineTotal));
  const tax = sold === 0 ? 0 : Math.round((subtotal * sum(order.lines.map((line) => line.tax))) / sold);
  return [{ variant: stocked.variant, quantity, unitPrice, subtotal, tax }];
}
