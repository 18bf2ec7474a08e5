import type { ItemView, OrderChoice, OrderView } from '../ports/tools.ts';
import { formatMoney } from '../returns/money.ts';
import type { Order, OrderLine, OrderSummary } from '../returns/order.ts';
import type { QuotedLine } from '../returns/quote.ts';

/** An order as a model sees it: no names, addresses or contact details, and amounts already formatted. */
export function viewOrder(order: Order): OrderView {
  const delivered = order.shipments.map((shipment) => shipment.deliveredAt).filter((at) => at !== undefined);
  return {
    order_number: order.name,
    placed_on: day(order.processedAt),
    delivered_on: delivered.length > 0 ? day(delivered.toSorted().at(-1) ?? '') : null,
    cancelled: order.cancelledAt !== undefined,
    items: order.lines.map((line) => ({
      line_id: lineRef(line),
      title: line.title,
      variant: line.variantTitle ?? null,
      quantity: line.quantity,
      returnable_quantity: line.refundableQuantity,
      unit_price: formatMoney(line.unitPrice),
    })),
  };
}

export function viewChoice(order: OrderSummary): OrderChoice {
  return {
    order_number: order.name,
    placed_on: day(order.processedAt),
    items: order.lines.map(({ title, quantity }) => ({ title, quantity })),
  };
}

/** The last part of Shopify's global id: short enough for a model to repeat without a slip. */
export function lineRef(line: Pick<OrderLine, 'id'>): string {
  return line.id.slice(line.id.lastIndexOf('/') + 1);
}

export function viewLine(line: QuotedLine): ItemView {
  return { title: line.title, variant: line.variantTitle ?? null, quantity: line.quantity };
}

export function sayItems(items: readonly ItemView[]): string {
  const named = items.map(
    (item) => `${item.quantity} x ${item.title}${item.variant ? ` (${item.variant})` : ''}`,
  );
  return named.length < 2 ? (named[0] ?? '') : `${named.slice(0, -1).join(', ')} and ${named.at(-1)}`;
}

function day(iso: string): string {
  return iso.slice(0, 10);
}
