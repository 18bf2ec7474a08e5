import type { LineItemId, OrderId } from '../../returns/ids.ts';
import type {
  Order,
  OrderCustomer,
  OrderLine,
  OrderSummary,
  PostalAddress,
  RecordedRefund,
  Shipment,
} from '../../returns/order.ts';
import type { ListOrdersByPhoneQuery, OrderTransactionStatus, ReadOrderQuery } from './generated.ts';
import { approximateMoney, presentmentMoney } from './parse-money.ts';
import { parsePhone } from './parse-phone.ts';
import { intentOf } from './refund-note.ts';

export type OrderNode = NonNullable<ReadOrderQuery['order']>;
export type LineNode = OrderNode['lineItems']['nodes'][number];
export type ShipmentNode = OrderNode['fulfillments'][number];
export type ShippedLineNode = ShipmentNode['fulfillmentLineItems']['nodes'][number];
type AddressNode = OrderNode['shippingAddress'];
type SummaryNode = NonNullable<ListOrdersByPhoneQuery['customerByIdentifier']>['orders']['nodes'][number];

/** Throws when something money or identity depends on is missing. */
export function parseOrder(node: OrderNode, adminUrl: string): Order {
  const country = node.shippingAddress?.countryCodeV2 ?? node.billingAddress?.countryCodeV2;
  return {
    id: text(node.id) as OrderId,
    name: text(node.name),
    processedAt: instant(node.processedAt),
    cancelledAt: node.cancelledAt ?? undefined,
    currency: text(node.presentmentCurrencyCode),
    shopCurrency: text(node.currencyCode),
    email: node.email || undefined,
    phone: parsePhone(node.phone, country),
    shippingAddress: parseAddress(node.shippingAddress),
    billingAddress: parseAddress(node.billingAddress),
    customer: parseCustomer(node.customer, country),
    lines: node.lineItems.nodes.map(parseLine),
    shipments: node.fulfillments.filter(wasShipped).map(parseShipment),
    refunds: node.refunds.map(parseRefund),
    totalReceived: presentmentMoney(node.totalReceivedSet),
    totalRefunded: presentmentMoney(node.totalRefundedSet),
    adminUrl,
  };
}

export function parseSummary(node: SummaryNode): OrderSummary {
  return {
    id: text(node.id) as OrderId,
    name: text(node.name),
    processedAt: instant(node.processedAt),
    lines: node.lineItems.nodes.map((line) => ({ title: line.title, quantity: count(line.quantity) })),
  };
}

/** A refund of several payments is only as far as its worst one. */
export function paymentState(
  transactions: readonly { readonly status: OrderTransactionStatus }[],
): RecordedRefund['payment'] {
  const statuses = transactions.map((transaction) => transaction.status);
  if (statuses.some((status) => status === 'FAILURE' || status === 'ERROR')) return 'failed';
  return statuses.every((status) => status === 'SUCCESS') ? 'settled' : 'pending';
}

function parseAddress(node: AddressNode): PostalAddress | undefined {
  if (!node) return undefined;
  return {
    postalCode: node.zip || undefined,
    phone: parsePhone(node.phone, node.countryCodeV2),
    countryCode: node.countryCodeV2 ?? undefined,
  };
}

function parseCustomer(
  node: OrderNode['customer'],
  country: string | null | undefined,
): OrderCustomer | undefined {
  if (!node) return undefined;
  return {
    id: text(node.id),
    displayName: node.displayName,
    email: node.defaultEmailAddress?.emailAddress || undefined,
    phone: parsePhone(node.defaultPhoneNumber?.phoneNumber, country),
  };
}

function parseLine(node: LineNode): OrderLine {
  return {
    id: text(node.id) as LineItemId,
    title: node.title,
    variantTitle: node.variantTitle || undefined,
    sku: node.sku || undefined,
    quantity: count(node.quantity),
    refundableQuantity: count(node.refundableQuantity),
    unfulfilledQuantity: count(node.unfulfilledQuantity),
    unitPrice: approximateMoney(node.discountedUnitPriceAfterAllDiscountsSet),
    isGiftCard: flag(node.isGiftCard),
    requiresShipping: flag(node.requiresShipping),
    productTags: node.product?.tags ?? [],
    productType: node.product?.productType || undefined,
  };
}

function wasShipped(node: ShipmentNode): boolean {
  return node.status !== 'CANCELLED' && node.status !== 'ERROR' && node.status !== 'FAILURE';
}

function parseShipment(node: ShipmentNode): Shipment {
  return {
    shippedAt: instant(node.createdAt),
    deliveredAt: node.deliveredAt ? instant(node.deliveredAt) : undefined,
    lines: node.fulfillmentLineItems.nodes.map((line) => ({
      lineId: text(line.lineItem.id) as LineItemId,
      quantity: count(line.quantity ?? 0),
    })),
  };
}

export function parseRefund(node: OrderNode['refunds'][number]): RecordedRefund {
  return {
    id: text(node.id),
    createdAt: instant(node.createdAt ?? node.updatedAt),
    amount: presentmentMoney(node.totalRefundedSet),
    intentId: intentOf(node.note),
    payment: paymentState(node.transactions.nodes),
  };
}

export function text(value: string): string {
  if (typeof value !== 'string' || value === '') throw new TypeError('A text is missing');
  return value;
}

export function instant(value: string): string {
  if (Number.isNaN(Date.parse(value))) throw new TypeError('An instant is missing');
  return value;
}

export function count(value: number): number {
  if (!Number.isSafeInteger(value) || value < 0) throw new TypeError('A quantity is missing');
  return value;
}

function flag(value: boolean): boolean {
  if (typeof value !== 'boolean') throw new TypeError('A flag is missing');
  return value;
}
