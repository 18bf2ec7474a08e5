import type { Order } from './order.ts';

/**
 * The order as the policy knows it, without what says who the customer is. Field by field, so that what an
 * order comes to hold later is left out until somebody decides that it names nobody.
 */
export function requestFacts(order: Order): Order {
  const { shippingAddress, customer } = order;
  return {
    id: order.id,
    name: order.name,
    processedAt: order.processedAt,
    cancelledAt: order.cancelledAt,
    currency: order.currency,
    shopCurrency: order.shopCurrency,
    email: undefined,
    phone: undefined,
    shippingAddress: shippingAddress && {
      postalCode: undefined,
      phone: undefined,
      countryCode: shippingAddress.countryCode,
    },
    billingAddress: undefined,
    customer: customer && {
      id: '',
      displayName: '',
      email: undefined,
      phone: undefined,
      tags: customer.tags,
      numberOfOrders: customer.numberOfOrders,
      earlierReturns: customer.earlierReturns,
    },
    lines: order.lines,
    shipments: order.shipments,
    refunds: order.refunds,
    totalReceived: order.totalReceived,
    totalRefunded: order.totalRefunded,
    adminUrl: undefined,
    tags: order.tags,
    discountCodes: order.discountCodes,
    salesChannel: order.salesChannel,
    riskLevel: order.riskLevel,
  };
}
