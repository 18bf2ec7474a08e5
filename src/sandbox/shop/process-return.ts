import { changeStock, findVariant } from './catalogue.ts';
import { findReturn, type ReturnAnswer, saveReturn } from './create-return.ts';
import { enterRefund } from './enter-refund.ts';
import { sum } from './order-balance.ts';
import { returnOutcome } from './price-return.ts';
import {
  issuedCredit,
  issuedPayments,
  processProblems,
  type ReturnProcessInput,
  selectionOf,
} from './process-problems.ts';
import { returnProblem } from './return-problem.ts';
import type { ShopExchangeLine, ShopReturn, ShopReturnLine } from './return-state.ts';
import { nextId } from './shop-ids.ts';
import type { PaymentStatus, ShopLine, ShopOrder, ShopState } from './shop-state.ts';

/**
 * Confirms what came back, sends out what was chosen in exchange, and moves the money it is told to. Knows
 * no idempotency key: what keeps a repeat from paying twice is that nothing is left to process.
 */
export function processReturn(
  state: ShopState,
  input: ReturnProcessInput,
  made: { readonly at: Date; readonly paymentStatus: PaymentStatus },
): ReturnAnswer {
  const known = findReturn(state, input.returnId);
  if (!known) {
    const problem = returnProblem('NOT_FOUND', ['input', 'returnId'], 'Return does not exist');
    return { kind: 'refused', problems: [problem] };
  }
  const { order, found } = known;
  const problems = processProblems(state, order, found, input, made.at);
  if (problems.length > 0) return { kind: 'refused', problems };

  const { lines, exchanges, shipping } = selectionOf(order, input);
  const outcome = returnOutcome(order, state.refunds, found, { lines, exchanges, shipping });
  enterRefund(state, order, {
    ...made,
    lines: lines.flatMap(({ id, quantity }) => {
      const line = found.lines.find((each) => each.id === id);
      const types = input.returnLineItems?.find((each) => each.id === id)?.dispositions ?? [];
      const restocked = types.some(({ dispositionType }) => dispositionType === 'RESTOCKED');
      return line
        ? [{ lineId: line.lineId, quantity, restockType: restocked ? 'RETURN' : 'NO_RESTOCK' }]
        : [];
    }),
    payments: issuedPayments(order, input),
    storeCredit: issuedCredit(order, input) || undefined,
    shipping: outcome.shipping || undefined,
    fees: outcome.fees || undefined,
    returnId: found.id,
  });
  const at = made.at.toISOString();
  const sent = exchanges.map(({ id, quantity }) => sendOut(state, order.id, found, id, quantity));
  const processed: ShopReturn = {
    ...found,
    lines: found.lines.map((line) => processLine(state, line, input, at)),
    exchanges: found.exchanges.map((line) => sent.find((each) => each?.id === line.id) ?? line),
    shippingFeeTaken: true,
  };
  const open = [...processed.lines, ...processed.exchanges].some((each) => each.processed < each.quantity);
  saveReturn(state, order.id, open ? processed : { ...processed, status: 'CLOSED', closedAt: at });
  return { kind: 'done', returnId: found.id };
}

function processLine(
  state: ShopState,
  line: ShopReturnLine,
  input: ReturnProcessInput,
  createdAt: string,
): ShopReturnLine {
  const inputs = (input.returnLineItems ?? []).filter((each) => each.id === line.id);
  const made = inputs
    .flatMap((each) => each.dispositions ?? [])
    .map(({ dispositionType: type, quantity }) => ({
      id: nextId(state, 'ReverseFulfillmentOrderDisposition'),
      type,
      quantity,
      createdAt,
    }));
  const variantId = state.orders
    .flatMap((order) => order.lines)
    .find(({ id }) => id === line.lineId)?.variantId;
  const restocked = sum(made.filter(({ type }) => type === 'RESTOCKED').map(({ quantity }) => quantity));
  if (variantId) changeStock(state, variantId, (stock) => stock + restocked);
  return {
    ...line,
    processed: line.processed + sum(inputs.map((each) => each.quantity)),
    dispositions: [...decided(line, sum(made.map(({ quantity }) => quantity))), ...made],
  };
}

/** Pieces that lay in the warehouse undecided are decided first. */
function decided(line: ShopReturnLine, quantity: number): ShopReturnLine['dispositions'] {
  let open = quantity;
  return line.dispositions.flatMap((each) => {
    if (each.type !== 'PROCESSING_REQUIRED') return [each];
    const taken = Math.min(open, each.quantity);
    open -= taken;
    return each.quantity > taken ? [{ ...each, quantity: each.quantity - taken }] : [];
  });
}

function sendOut(
  state: ShopState,
  orderId: string,
  from: ShopReturn,
  exchangeId: string,
  quantity: number,
): ShopExchangeLine | undefined {
  const exchange = from.exchanges.find((each) => each.id === exchangeId);
  const stocked = findVariant(state, exchange?.variantId);
  if (!exchange || !stocked) return undefined;
  changeStock(state, exchange.variantId, (stock) => stock - quantity);
  const unitPrice = Math.round(exchange.subtotal / exchange.quantity);
  const line: ShopLine = {
    id: nextId(state, 'LineItem'),
    productId: stocked.product.id,
    variantId: exchange.variantId,
    exchangeOf: from.id,
    title: stocked.product.title,
    variantTitle: stocked.variant.title,
    sku: stocked.variant.sku,
    quantity,
    removedQuantity: 0,
    unitPrice,
    discount: 0,
    tax: Math.round((exchange.tax * quantity) / exchange.quantity),
    isGiftCard: false,
    requiresShipping: true,
    productTags: stocked.product.tags,
    productType: stocked.product.productType,
  };
  state.orders = state.orders.map(
    (order): ShopOrder => (order.id === orderId ? { ...order, lines: [...order.lines, line] } : order),
  );
  return { ...exchange, processed: exchange.processed + quantity, lineIds: [...exchange.lineIds, line.id] };
}
