/** An order as the shop answers `ReadOrder`: two kinds of goods, one shipment, one refund of ours. */
export function orderAnswer(changes: object = {}) {
  return {
    id: 'gid://shopify/Order/1001',
    name: '#1001',
    processedAt: '2026-11-01T09:00:00Z',
    cancelledAt: null,
    currencyCode: 'USD',
    presentmentCurrencyCode: 'EUR',
    email: 'jo@example.com',
    phone: null,
    shippingAddress: { zip: '10115', phone: '030 1234567', countryCodeV2: 'DE' },
    billingAddress: null,
    customer: {
      id: 'gid://shopify/Customer/7',
      displayName: 'Jo Doe',
      defaultEmailAddress: { emailAddress: 'jo@example.com' },
      defaultPhoneNumber: { phoneNumber: '+15551230001' },
    },
    lineItems: page([lineAnswer('1'), lineAnswer('2', { product: null, variantTitle: null, sku: '' })]),
    fulfillments: [shipmentAnswer('1')],
    refunds: [refundAnswer()],
    totalReceivedSet: amount('60.00'),
    totalRefundedSet: amount('12.50'),
    ...changes,
  };
}

export function lineAnswer(id: string, changes: object = {}) {
  return {
    id: `gid://shopify/LineItem/${id}`,
    title: 'Wool socks',
    variantTitle: 'Large',
    sku: 'SOCK-L',
    quantity: 2,
    refundableQuantity: 1,
    unfulfilledQuantity: 0,
    isGiftCard: false,
    requiresShipping: true,
    discountedUnitPriceAfterAllDiscountsSet: amount('12.3333'),
    product: { tags: ['final-sale'], productType: 'Socks' },
    ...changes,
  };
}

export function shipmentAnswer(id: string, changes: object = {}) {
  return {
    id: `gid://shopify/Fulfillment/${id}`,
    status: 'SUCCESS',
    createdAt: '2026-11-03T09:00:00Z',
    deliveredAt: '2026-11-05T15:00:00Z',
    fulfillmentLineItems: page([{ quantity: 2, lineItem: { id: 'gid://shopify/LineItem/1' } }]),
    ...changes,
  };
}

export function refundAnswer(changes: object = {}) {
  return {
    id: 'gid://shopify/Refund/5',
    createdAt: '2026-11-10T10:00:00Z',
    updatedAt: '2026-11-11T10:00:00Z',
    note: 'Returned through the returns agent [intent:0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e]',
    totalRefundedSet: amount('12.50'),
    transactions: { nodes: [{ kind: 'REFUND', status: 'SUCCESS' }] },
    ...changes,
  };
}

export function amount(decimal: string, currencyCode = 'EUR') {
  return { presentmentMoney: { amount: decimal, currencyCode } };
}

export function page<Node>(nodes: readonly Node[], endCursor: string | null = null) {
  return { nodes, pageInfo: { hasNextPage: endCursor !== null, endCursor } };
}
