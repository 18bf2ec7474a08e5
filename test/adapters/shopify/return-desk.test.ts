import { describe, expect, it } from 'vitest';
import { createShopifyStorefront } from '../../../src/adapters/shopify/shopify-storefront.ts';
import { staticToken } from '../../../src/adapters/shopify/token-provider.ts';
import type { CreateReturnCommand } from '../../../src/ports/return-desk.ts';
import type { LineItemId, OrderId, RefundId } from '../../../src/returns/ids.ts';
import { amount, page } from './order-answer.ts';
import { euros, lostAnswers, partly, refusing, returnAnswer, returnRefund, state } from './return-answer.ts';
import { data, scriptedShop, shopUrl, throttled } from './scripted-shop.ts';

const shop = scriptedShop();
const storefront = createShopifyStorefront({
  apiUrl: shopUrl,
  apiVersion: '2026-10',
  storeDomain: 'my-store.myshopify.com',
  tokens: staticToken('shpat_1'),
});
const intentId = '0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e' as RefundId;
const lineId = 'gid://shopify/LineItem/1' as LineItemId;
const plan = {
  orderId: 'gid://shopify/Order/1001' as OrderId,
  lines: [{ lineId, quantity: 2, restockingFeePercent: 10 }],
  exchanges: [{ variantId: 'gid://shopify/ProductVariant/3', quantity: 1 }],
  returnShippingFee: euros(500),
};
const opening: CreateReturnCommand = {
  ...plan,
  intentId,
  reasonId: 'gid://shopify/ReturnReasonDefinition/8',
  note: 'Too small',
};
function returnable(...parts: readonly (readonly [string, number])[]): Response {
  const nodes = parts.map(([id, quantity]) => ({
    quantity,
    fulfillmentLineItem: { id: `gid://shopify/FulfillmentLineItem/${id}`, lineItem: { id: lineId } },
  }));
  return data({ returnableFulfillments: { nodes: [{ returnableFulfillmentLineItems: page(nodes) }] } });
}

function returns(...notes: readonly string[]): Response {
  const nodes = notes.map((returnReasonNote, index) => ({
    id: `gid://shopify/Return/${index + 1}`,
    name: `#1001-R${index + 1}`,
    status: 'OPEN',
    returnLineItems: { nodes: [{ returnReasonNote }] },
  }));
  return data({ order: { returns: { nodes } } });
}

describe('calculateReturn', () => {
  it('names what was shipped, spread over as many shipments as it takes', async () => {
    const line = {
      quantity: 2,
      fulfillmentLineItem: { lineItem: { id: lineId } },
      subtotalSet: amount('24.00'),
      totalTaxSet: amount('4.56'),
      restockingFee: { amountSet: amount('2.40') },
    };
    const exchange = {
      quantity: 1,
      variant: { id: 'gid://shopify/ProductVariant/3' },
      subtotalSet: amount('12.00'),
      totalTaxSet: amount('2.28'),
    };
    const returnCalculate = {
      returnLineItems: [line],
      exchangeLineItems: [exchange],
      returnShippingFee: { amountSet: amount('5.00') },
    };
    shop.answer(returnable(['1', 1], ['2', 5]), data({ order: { taxesIncluded: false }, returnCalculate }));
    await expect(storefront.calculateReturn(plan)).resolves.toEqual({
      kind: 'calculated',
      taxesIncluded: false,
      lines: [{ lineId, quantity: 2, subtotal: euros(2400), tax: euros(456), fee: euros(240) }],
      exchanges: [
        {
          variantId: 'gid://shopify/ProductVariant/3',
          quantity: 1,
          subtotal: euros(1200),
          tax: euros(228),
        },
      ],
      returnShippingFee: euros(500),
    });
    const fee = { restockingFee: { percentage: 10 } };
    expect(shop.calls[1]?.variables).toEqual({
      orderId: plan.orderId,
      input: {
        orderId: plan.orderId,
        returnLineItems: [
          { fulfillmentLineItemId: 'gid://shopify/FulfillmentLineItem/1', quantity: 1, ...fee },
          { fulfillmentLineItemId: 'gid://shopify/FulfillmentLineItem/2', quantity: 1, ...fee },
        ],
        exchangeLineItems: [{ variantId: 'gid://shopify/ProductVariant/3', quantity: 1 }],
        returnShippingFee: { amount: { amount: '5.00', currencyCode: 'EUR' } },
      },
    });
  });

  it('says which lines cannot travel back, and asks nothing further', async () => {
    shop.answer(returnable(['1', 1]));
    await expect(storefront.calculateReturn(plan)).resolves.toEqual({
      kind: 'not-returnable',
      lineIds: [lineId],
    });
  });

  it('asks again when the shop is busy', async () => {
    shop.answer(throttled(10, 9, 100), returnable());
    await expect(storefront.calculateReturn(plan)).resolves.toMatchObject({ kind: 'not-returnable' });
  });

  it('leaves shipments it cannot see whole to a person', async () => {
    const full = { nodes: [], pageInfo: { hasNextPage: true } };
    shop.answer(data({ returnableFulfillments: { nodes: [{ returnableFulfillmentLineItems: full }] } }));
    await expect(storefront.calculateReturn(plan)).rejects.toMatchObject({ code: 'order_too_large' });
  });
});

describe('createReturn', () => {
  it('opens a return whose every line names the intent', async () => {
    const opened = { id: 'gid://shopify/Return/7', name: '#1001-R1', status: 'OPEN' };
    shop.answer(returns(), returnable(['1', 2]), data({ returnCreate: { return: opened, userErrors: [] } }));
    await expect(storefront.createReturn(opening)).resolves.toEqual({
      kind: 'created',
      returnId: 'gid://shopify/Return/7',
      name: '#1001-R1',
      status: 'open',
    });
    expect(shop.calls[2]?.variables).toMatchObject({
      input: {
        returnLineItems: [
          {
            returnReasonDefinitionId: 'gid://shopify/ReturnReasonDefinition/8',
            returnReasonNote: `[intent:${intentId}] Too small`,
          },
        ],
      },
    });
  });

  it('finds the return of the same intent instead of opening another', async () => {
    shop.answer(returns('by hand', `[intent:${intentId}] Too small`));
    await expect(storefront.createReturn(opening)).resolves.toMatchObject({
      kind: 'created',
      name: '#1001-R2',
    });
    expect(shop.calls.map((call) => call.operationName)).toEqual(['FindReturns']);
  });

  it('keeps a note within what Shopify stores without losing the intent', async () => {
    shop.answer(returns(), returnable(['1', 2]), refusing('returnCreate', 'INVALID'));
    await storefront.createReturn({ ...opening, note: '🧦'.repeat(400) });
    const note = /"returnReasonNote":"([^"]*)"/.exec(shop.calls[2]?.text ?? '')?.[1] ?? '';
    expect([...note].length).toBeLessThanOrEqual(255);
    expect(note).toContain(intentId);
  });

  it('opens nothing where an earlier one could be hidden', async () => {
    shop.answer(returns(...Array.from({ length: 20 }, () => 'by hand')));
    await expect(storefront.createReturn(opening)).rejects.toMatchObject({
      code: 'order_too_large',
      outcome: 'refused',
    });
  });

  it.each(['INVALID_STATE', 'GREATER_THAN', 'NOT_FOUND', 'MISSING_PERMISSION'])(
    "passes on the shop's %s",
    async (code) => {
      shop.answer(returns(), returnable(['1', 2]), refusing('returnCreate', code, 'No'));
      await expect(storefront.createReturn(opening)).resolves.toEqual({
        kind: 'rejected',
        messages: ['No'],
        codes: [code],
      });
    },
  );

  it.each([
    ...lostAnswers,
    ['an internal error', () => refusing('returnCreate', 'INTERNAL_ERROR')],
    ['neither return nor reason', () => data({ returnCreate: { return: null, userErrors: [] } })],
    ['an empty payload', () => data({ returnCreate: null })],
    ['a return without an id', () => data({ returnCreate: { return: {}, userErrors: [] } })],
  ] as const)('says that the return may exist after %s, and asks only once', async (_, response) => {
    shop.answer(returns(), returnable(['1', 2]), response());
    await expect(storefront.createReturn(opening)).rejects.toMatchObject({ outcome: 'unknown' });
    expect(shop.calls).toHaveLength(3);
  });

  it('says that nothing was opened when the shop was too busy to look', async () => {
    shop.answer(returns(), returnable(['1', 2]), throttled(10, 0, 100));
    await expect(storefront.createReturn(opening)).rejects.toMatchObject({
      code: 'THROTTLED',
      outcome: 'refused',
    });
  });
});

describe.each([
  ['cancelReturn', 'returnCancel', 'CANCELED'],
  ['closeReturn', 'returnClose', 'CLOSED'],
] as const)('%s', (method, field, status) => {
  const id = 'gid://shopify/Return/7';

  it('is done when the shop says so', async () => {
    shop.answer(state(), data({ [field]: { return: { id, status }, userErrors: [] } }));
    await expect(storefront[method](id)).resolves.toEqual({ kind: 'done' });
  });

  it('asks for nothing that was done before', async () => {
    shop.answer(state({ status }));
    await expect(storefront[method](id)).resolves.toEqual({ kind: 'done' });
    expect(shop.calls).toHaveLength(1);
  });

  it("passes on the shop's no", async () => {
    shop.answer(state(), refusing(field, 'INVALID_STATE', 'No'));
    await expect(storefront[method](id)).resolves.toMatchObject({
      kind: 'rejected',
      codes: ['INVALID_STATE'],
    });
  });

  it.each(lostAnswers)('says that it may be done after %s', async (_, response) => {
    shop.answer(state(), response());
    await expect(storefront[method](id)).rejects.toMatchObject({ outcome: 'unknown' });
  });
});

describe('attachLabel', () => {
  const label = {
    returnId: 'gid://shopify/Return/7',
    parcelId: 'gid://shopify/ReverseFulfillmentOrder/1',
    labelUrl: 'https://labels.example/7.pdf',
    trackingNumber: '1Z',
  };
  const made = () =>
    data({ reverseDeliveryCreateWithShipping: { reverseDelivery: { id: '1' }, userErrors: [] } });

  it('puts the whole parcel under one label', async () => {
    shop.answer(state(), made());
    await expect(storefront.attachLabel(label)).resolves.toEqual({ kind: 'done' });
    expect(shop.calls[1]?.variables).toEqual({
      id: label.parcelId,
      lines: [
        {
          reverseFulfillmentOrderLineItemId: 'gid://shopify/ReverseFulfillmentOrderLineItem/1',
          quantity: 2,
        },
      ],
      label: { fileUrl: 'https://labels.example/7.pdf' },
      tracking: { number: '1Z' },
    });
  });

  it('gives no parcel a second label', async () => {
    const [parcel] = returnAnswer().reverseFulfillmentOrders.nodes;
    const reverseDeliveries = { nodes: [{ id: '1', deliverable: null }] };
    shop.answer(state({ reverseFulfillmentOrders: page([{ ...parcel, reverseDeliveries }]) }));
    await expect(storefront.attachLabel(label)).resolves.toEqual({ kind: 'done' });
    expect(shop.calls).toHaveLength(1);
  });

  it('refuses a parcel that is not of the return', async () => {
    shop.answer(data({ return: null }));
    await expect(storefront.attachLabel(label)).resolves.toMatchObject({ kind: 'rejected' });
  });
});

describe('suggestReturnOutcome', () => {
  const question = { returnId: 'gid://shopify/Return/7', lines: [{ id: 'l', quantity: 1 }] };
  const outcome = (financialTransfer: object | null) =>
    data({
      return: {
        suggestedFinancialOutcome: {
          maximumRefundable: amount('20.00'),
          shipping: { amountSet: amount('0.00') },
          financialTransfer,
        },
      },
    });

  it('tells a refund from a debt', async () => {
    shop.answer(outcome({ __typename: 'InvoiceReturnOutcome', amount: amount('3.00') }));
    await expect(storefront.suggestReturnOutcome(question)).resolves.toEqual({
      kind: 'customer-owes',
      amount: euros(300),
    });
  });

  it('knows when nobody owes anybody', async () => {
    shop.answer(outcome(null));
    await expect(storefront.suggestReturnOutcome(question)).resolves.toEqual({ kind: 'even' });
  });

  it.each([
    ['a return that is gone', () => data({ return: null }), 'no_suggestion'],
    [
      'an outcome nobody knows',
      () => outcome({ __typename: 'GiftOutcome', amount: amount('1') }),
      'unreadable',
    ],
  ] as const)('suggests nothing for %s', async (_, response, code) => {
    shop.answer(response());
    await expect(storefront.suggestReturnOutcome(question)).rejects.toMatchObject({ code });
  });
});

it.each([
  ['a page that is not the last', { refunds: page([returnRefund('1.00')], 'more') }, 'order_too_large'],
  ['a status nobody knows', { status: 'LOST' }, 'unreadable'],
  ['a quantity that is no number', { returnLineItems: partly(Number.NaN) }, 'unreadable'],
])('reads no return with %s', async (_, changes, code) => {
  shop.answer(state(changes));
  await expect(storefront.readReturn('gid://shopify/Return/7')).rejects.toMatchObject({ code });
});
