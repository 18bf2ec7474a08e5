import { connection, type PageArguments } from './connection.ts';
import { fulfillmentView, lineView } from './line-view.ts';
import { orderBalance, orderTotal } from './order-balance.ts';
import { paymentView, refundTransactionView, refundView } from './refund-view.ts';
import { returnView } from './return-view.ts';
import { moneyBagger, moneyView } from './shop-money.ts';
import type { ShopAddress, ShopCustomer, ShopOrder, ShopState } from './shop-state.ts';
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
      connection(order.lines, page, (line) => lineView(state, line, balance, bag)),
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
        ...returnView(state, order, each),
        order: () => orderView(state, order),
      })),
    transactions: ({ first }: PageArguments) =>
      [
        ...order.payments.map((payment) => paymentView(payment, bag)),
        ...refunds().flatMap((refund) => refund.transactions.map((each) => refundTransactionView(each, bag))),
      ].slice(0, first ?? undefined),
    suggestedRefund: (wish: SuggestionArguments) => suggestionView(state, order, wish),
    refundable: balance.remaining > 0,
    totalPriceSet: bag(orderTotal(order)),
    totalShippingPriceSet: bag(order.shippingPrice),
    totalRefundedShippingSet: bag(order.shippingPrice - balance.remainingShipping),
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
    tags: customer.tags ?? [],
    numberOfOrders: String(state.orders.filter((order) => order.customerId === customer.id).length),
    defaultEmailAddress: customer.email ? { emailAddress: customer.email } : null,
    defaultPhoneNumber: customer.phone ? { phoneNumber: customer.phone } : null,
    storeCreditAccounts: (page: PageArguments) =>
      connection(
        (state.storeCreditAccounts ?? []).filter(({ customerId }) => customerId === customer.id),
        page,
        ({ id, currency, balance }) => ({ id, balance: moneyView(balance, currency) }),
      ),
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

function addressView(address: ShopAddress | undefined) {
  if (!address) return null;
  return { zip: address.zip, phone: address.phone ?? null, countryCodeV2: address.countryCode };
}
