import { findVariant } from './catalogue.ts';
import { connection, type PageArguments } from './connection.ts';
import { fulfillmentLineView } from './line-view.ts';
import { sum } from './order-balance.ts';
import { outcomeView } from './outcome-view.ts';
import { priceReturnLines } from './price-return.ts';
import { refundView } from './refund-view.ts';
import { returnReasons } from './return-reasons.ts';
import type { ShopExchangeLine, ShopReturn, ShopReturnLine } from './return-state.ts';
import { reverseOrderView } from './reverse-view.ts';
import { type MoneyBagger, moneyBagger } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';

type LinePage = PageArguments & { readonly processingStatus?: 'PROCESSABLE' | 'PROCESSED' | null };

/** A return without its order, which whoever shows the order adds. */
export function returnView(state: ShopState, order: ShopOrder, made: ShopReturn) {
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  const refunds = state.refunds.filter((refund) => refund.returnId === made.id);
  return {
    __typename: 'Return',
    id: made.id,
    name: made.name,
    status: made.status,
    createdAt: made.createdAt,
    requestApprovedAt: made.createdAt,
    closedAt: made.closedAt ?? null,
    totalQuantity: sum(made.lines.map(({ quantity }) => quantity)),
    returnLineItems: ({ processingStatus, ...page }: LinePage) =>
      connection(
        made.lines.filter((line) => isIn(line, processingStatus)),
        page,
        (line) => returnLineView(state, order, line, bag),
      ),
    exchangeLineItems: ({ processingStatus, ...page }: LinePage) =>
      connection(
        made.exchanges.filter((line) => isIn(line, processingStatus)),
        page,
        (line) => exchangeView(state, line),
      ),
    returnShippingFees: made.shippingFee
      ? [{ id: made.shippingFee.id, amountSet: bag(made.shippingFee.amount) }]
      : [],
    reverseFulfillmentOrders: (page: PageArguments) =>
      connection([made], page, () => reverseOrderView(state, order, made)),
    refunds: (page: PageArguments) => connection(refunds, page, (refund) => refundView(state, refund)),
    suggestedFinancialOutcome: outcomeView(state, order, made),
  };
}

function isIn(
  { quantity, processed }: { readonly quantity: number; readonly processed: number },
  status: LinePage['processingStatus'],
): boolean {
  if (status === 'PROCESSABLE') return processed < quantity;
  return status === 'PROCESSED' ? processed > 0 : true;
}

function returnLineView(state: ShopState, order: ShopOrder, line: ShopReturnLine, bag: MoneyBagger) {
  const left = line.quantity - line.processed;
  const reason = returnReasons.find(({ id }) => id === line.reasonId);
  return {
    __typename: 'ReturnLineItem',
    id: line.id,
    quantity: line.quantity,
    processableQuantity: left,
    unprocessedQuantity: left,
    processedQuantity: line.processed,
    // Processing is what refunds a piece here, with or without money.
    refundableQuantity: left,
    refundedQuantity: line.processed,
    returnReason: 'UNKNOWN',
    returnReasonDefinition: reason ?? null,
    returnReasonNote: line.note,
    customerNote: null,
    restockingFee: line.restockingFee ? { ...line.restockingFee, amountSet: bag(feeOf(order, line)) } : null,
    fulfillmentLineItem: () => fulfillmentLineView(state, order, line.fulfillmentLineId),
  };
}

function feeOf(order: ShopOrder, { lineId, quantity, restockingFee }: ShopReturnLine): number {
  const pieces = [{ lineId, quantity, percentage: restockingFee?.percentage ?? 0 }];
  return sum(priceReturnLines(order, [], pieces).map(({ fee }) => fee));
}

function exchangeView(state: ShopState, line: ShopExchangeLine) {
  const stocked = findVariant(state, line.variantId);
  const left = line.quantity - line.processed;
  return {
    __typename: 'ExchangeLineItem',
    id: line.id,
    quantity: line.quantity,
    processableQuantity: left,
    unprocessedQuantity: left,
    processedQuantity: line.processed,
    variantId: line.variantId,
    productId: stocked?.product.id ?? null,
    title: stocked?.product.title ?? null,
    variantTitle: stocked?.variant.title ?? null,
    variantSku: stocked?.variant.sku ?? null,
    lineItems: line.lineIds.map((id) => ({ id })),
  };
}
