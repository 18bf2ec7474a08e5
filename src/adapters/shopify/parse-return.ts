import type { Parcel, ReturnStatus, ShopReturn } from '../../ports/return-desk.ts';
import type { LineItemId, OrderId } from '../../returns/ids.ts';
import type { ReadReturnQuery } from './generated.ts';
import { count, instant, parseRefund, text } from './parse-order.ts';
import { intentOf } from './refund-note.ts';
import { tooLarge } from './too-large.ts';

type ReturnNode = NonNullable<ReadReturnQuery['return']>;
type ParcelNode = ReturnNode['reverseFulfillmentOrders']['nodes'][number];

/** Throws when something money depends on is missing, or was not read whole. */
export function parseReturn(node: ReturnNode): ShopReturn {
  const parcels = node.reverseFulfillmentOrders;
  const pages = [node.returnLineItems, node.exchangeLineItems, node.refunds, parcels];
  const truncated = [...pages, ...parcels.nodes.map(({ lineItems }) => lineItems)].some(
    ({ pageInfo }) => pageInfo.hasNextPage,
  );
  if (truncated) throw tooLarge();
  const notes = node.returnLineItems.nodes.map((line) => intentOf(line.returnReasonNote));
  return {
    id: text(node.id),
    name: text(node.name),
    orderId: text(node.order.id) as OrderId,
    status: parseReturnStatus(node.status),
    createdAt: instant(node.createdAt),
    closedAt: node.closedAt ? instant(node.closedAt) : undefined,
    intentId: notes.find((intentId) => intentId !== undefined),
    lines: node.returnLineItems.nodes.map((line) => ({
      id: text(line.id),
      lineId: 'fulfillmentLineItem' in line ? lineIdOf(line) : undefined,
      shippedLineId: 'fulfillmentLineItem' in line ? line.fulfillmentLineItem?.id : undefined,
      quantity: count(line.quantity),
      processedQuantity: count(line.processedQuantity),
      processableQuantity: count(line.processableQuantity),
      refundedQuantity: count(line.refundedQuantity),
    })),
    exchanges: node.exchangeLineItems.nodes.map((line) => ({
      id: text(line.id),
      variantId: line.variantId ?? undefined,
      quantity: count(line.quantity),
      processedQuantity: count(line.processedQuantity),
    })),
    parcels: parcels.nodes.map(parseParcel),
    refunds: node.refunds.nodes.map(parseRefund),
  };
}

const statuses: Readonly<Record<string, ReturnStatus>> = {
  REQUESTED: 'requested',
  OPEN: 'open',
  CLOSED: 'closed',
  CANCELED: 'cancelled',
  DECLINED: 'declined',
};

export function parseReturnStatus(status: string): ReturnStatus {
  const known = statuses[status];
  if (!known) throw new TypeError('A status is missing');
  return known;
}

function parseParcel(node: ParcelNode): Parcel {
  return {
    id: text(node.id),
    isOpen: node.status === 'OPEN',
    lines: node.lineItems.nodes.map((line) => ({
      id: text(line.id),
      lineId: lineIdOf(line),
      shippedLineId: line.fulfillmentLineItem?.id,
      quantity: count(line.totalQuantity),
      ...disposed(line.dispositions),
    })),
    deliveries: node.reverseDeliveries.nodes.map(({ deliverable }) => ({
      labelUrl: deliverable?.label?.publicFileUrl ?? undefined,
      trackingNumber: deliverable?.tracking?.number ?? undefined,
      trackingUrl: deliverable?.tracking?.url ?? undefined,
      carrier: deliverable?.tracking?.carrierName ?? undefined,
    })),
  };
}

/** What lies there to be looked at arrived too; only what is missing did not. */
function disposed(
  dispositions: ParcelNode['lineItems']['nodes'][number]['dispositions'],
): Pick<Parcel['lines'][number], 'arrivedQuantity' | 'missingQuantity'> {
  const sumOf = (isMissing: boolean) =>
    dispositions
      .filter(({ type }) => (type === 'MISSING') === isMissing)
      .reduce((total, { quantity }) => total + count(quantity), 0);
  return { arrivedQuantity: sumOf(false), missingQuantity: sumOf(true) };
}

function lineIdOf({
  fulfillmentLineItem,
}: {
  readonly fulfillmentLineItem: { readonly lineItem: { readonly id: string } } | null;
}): LineItemId | undefined {
  return fulfillmentLineItem ? (text(fulfillmentLineItem.lineItem.id) as LineItemId) : undefined;
}
