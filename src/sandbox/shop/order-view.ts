import { connection, type PageArguments } from './connection.ts';
import { lineTotal, type OrderBalance, orderBalance, orderTotal, sum } from './order-balance.ts';
import { paymentView, refundTransactionView, refundView } from './refund-view.ts';
import { type MoneyBagger, moneyBagger } from './shop-money.ts';
import type {
  ShopAddress,
  ShopCustomer,
  ShopFulfillment,
  ShopLine,
  ShopOrder,
  ShopState,
} from './shop-state.ts';
import { type SuggestionArguments, suggestionView } from './suggestion-view.ts';

/** An order as the Admin API shows it. Functions are resolved by graphql when they are asked for. */
export function orderView(state: ShopState, order: ShopOrder) {
  const balance = orderBalance(order, state.refunds);
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  const customer = state.customers.find((candidate) => candidate.id === order.customerId);
  const refunds = () => state.refunds.filter((refund) => refund.orderId === order.id);
  return {
    __typename: 'Order',
    id: order.id,
    name: order.name,
    createdAt: order.processedAt,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt ?? null,
    currencyCode: state.currency,
    presentmentCurrencyCode: order.currency,
    taxesIncluded: order.taxesIncluded,
    tags: order.tags,
    discountCodes: [],
    sourceName: 'web',
    risk: { assessments: [] },
    email: order.email ?? null,
    phone: order.phone ?? null,
    shippingAddress: addressView(order.shippingAddress),
    billingAddress: addressView(order.billingAddress),
    customer: () => (customer ? customerView(state, customer) : null),
    lineItems: (page: PageArguments) =>
      connection(order.lines, page, (line) => lineView(order, line, balance, bag)),
    fulfillments: ({ first }: PageArguments) =>
      order.fulfillments
        .slice(0, first ?? undefined)
        .map((fulfillment) => fulfillmentView(state, order, fulfillment)),
    refunds: ({ first }: PageArguments) =>
      refunds()
        .slice(0, first ?? undefined)
        .map((refund) => refundView(state, refund)),
    returns: (page: PageArguments) =>
      connection(order.returns ?? [], page, (each) => ({
        __typename: 'Return',
        ...each,
        createdAt: order.processedAt,
        order: () => orderView(state, order),
        returnLineItems: (below: PageArguments) => connection([], below, () => null),
        exchangeLineItems: (below: PageArguments) => connection([], below, () => null),
        reverseFulfillmentOrders: (below: PageArguments) => connection([], below, () => null),
        refunds: (below: PageArguments) => connection([], below, () => null),
      })),
    transactions: ({ first }: PageArguments) =>
      [
        ...order.payments.map((payment) => paymentView(payment, bag)),
        ...refunds().flatMap((refund) => refund.transactions.map((each) => refundTransactionView(each, bag))),
      ].slice(0, first ?? undefined),
    suggestedRefund: (wish: SuggestionArguments) => suggestionView(state, order, wish),
    refundable: balance.remaining > 0,
    totalPriceSet: bag(orderTotal(order)),
    totalReceivedSet: bag(balance.received),
    totalRefundedSet: bag(balance.refunded),
    netPaymentSet: bag(balance.received - balance.refunded),
  };
}

export function customerView(state: ShopState, customer: ShopCustomer) {
  return {
    __typename: 'Customer',
    id: customer.id,
    displayName: `${customer.firstName} ${customer.lastName}`,
    tags: [],
    numberOfOrders: String(state.orders.filter((order) => order.customerId === customer.id).length),
    defaultEmailAddress: customer.email ? { emailAddress: customer.email } : null,
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    orders: (page: PageArguments) =>
      connection(
        state.orders.filter((order) => order.customerId === customer.id).toSorted(bySaleTime),
        page,
        (order) => orderView(state, order),
      ),
  };
}

export function bySaleTime(one: ShopOrder, other: ShopOrder): number {
  return one.processedAt.localeCompare(other.processedAt);
}

export function fulfillmentView(state: ShopState, order: ShopOrder, fulfillment: ShopFulfillment) {
  const balance = orderBalance(order, state.refunds);
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  return {
    __typename: 'Fulfillment',
    id: fulfillment.id,
    status: fulfillment.status,
    displayStatus: fulfillment.deliveredAt ? 'DELIVERED' : 'IN_TRANSIT',
    createdAt: fulfillment.createdAt,
    deliveredAt: fulfillment.deliveredAt ?? null,
    fulfillmentLineItems: (page: PageArguments) =>
      connection(fulfillment.lines, page, ({ id, lineId, quantity }) => ({
        id,
        quantity,
        lineItem: () => {
          const line = order.lines.find((candidate) => candidate.id === lineId);
          return line ? lineView(order, line, balance, bag) : null;
        },
      })),
  };
}

function lineView(order: ShopOrder, line: ShopLine, balance: OrderBalance, bag: MoneyBagger) {
  const refundableQuantity = balance.refundableQuantity(line);
  const shipped = order.fulfillments
    .filter((fulfillment) => fulfillment.status === 'SUCCESS')
    .flatMap((fulfillment) => fulfillment.lines.filter((each) => each.lineId === line.id));
  const notShipped = line.quantity - sum(shipped.map((each) => each.quantity));
  return {
    __typename: 'LineItem',
    id: line.id,
    title: line.title,
    variantTitle: line.variantTitle ?? null,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: refundableQuantity,
    refundableQuantity,
    unfulfilledQuantity: Math.min(notShipped, refundableQuantity),
    isGiftCard: line.isGiftCard,
    requiresShipping: line.requiresShipping,
    originalUnitPriceSet: bag(line.unitPrice),
    discountedUnitPriceAfterAllDiscountsSet: bag(Math.round(lineTotal(line) / line.quantity)),
    product: {
      id: line.id.replace('LineItem', 'Product'),
      tags: line.productTags,
      productType: line.productType,
      collections: (page: PageArguments) => connection([], page, () => null),
      variants: (page: PageArguments) => connection([], page, () => null),
    },
  };
}

function addressView(address: ShopAddress | undefined) {
  if (!address) return null;
  return { zip: address.zip, phone: address.phone ?? null, countryCodeV2: address.countryCode };
}
