import { describe, expect, it } from 'vitest';
import { openShop } from './shop-desk.ts';

describe('a refund the shop accepts', () => {
  it('is recorded with its note, its lines and its payment', async () => {
    const desk = openShop();
    const { refund, userErrors } = await desk.refund({
      number: '1001',
      line: 'Shirt',
      amount: '48.00',
      note: 'intent 7',
    });

    expect(userErrors).toEqual([]);
    expect(refund).toMatchObject({
      note: 'intent 7',
      totalRefundedSet: { presentmentMoney: { amount: '48.0', currencyCode: 'USD' } },
      transactions: { nodes: [{ kind: 'REFUND', status: 'SUCCESS' }] },
    });
    expect(desk.shop.refunds().at(-1)).toMatchObject({
      orderName: '#1001',
      amount: 4800,
      lines: [{ lineId: desk.line('1001', 'Shirt').id, quantity: 1 }],
    });
  });

  it('is saved before it is answered', async () => {
    const saved: number[] = [];
    const { state } = openShop();
    const desk = openShop({
      state: { state, save: () => void saved.push(state.refunds.length) },
    });
    const before = state.refunds.length;
    await desk.refund({ number: '1001', line: 'Shirt', amount: '48.00' });
    expect(saved).toEqual([before + 1]);
  });

  it('may return less than the line cost, or more, as merchants do', async () => {
    const desk = openShop();
    expect((await desk.refund({ number: '1001', line: 'Socks', amount: '10.80' })).userErrors).toEqual([]);
    expect((await desk.refund({ number: '1001', line: 'Shirt', amount: '49.20' })).userErrors).toEqual([]);
  });

  it('reports a payment that is still under way, and later how it ended', async () => {
    const desk = openShop();
    desk.shop.setPaymentStatus('PENDING');
    const { refund } = await desk.refund({ number: '1001', line: 'Shirt', amount: '48.00', key: 'k' });
    expect(refund?.transactions.nodes).toEqual([{ kind: 'REFUND', status: 'PENDING' }]);

    desk.shop.editOrder('1001', { kind: 'settle', status: 'FAILURE' });
    const replay = await desk.refund({ number: '1001', line: 'Shirt', amount: '48.00', key: 'k' });
    expect(replay.refund?.id).toBe(refund?.id);
    expect(replay.refund?.transactions.nodes).toEqual([{ kind: 'REFUND', status: 'FAILURE' }]);
  });
});

describe('a refund the shop refuses', () => {
  const refusals: readonly [string, Parameters<ReturnType<typeof openShop>['refund']>[0], string][] = [
    [
      'more pieces than were bought',
      { number: '1015', line: 'Mug', quantity: 4, amount: '18' },
      'refundLineItems.0.quantity',
    ],
    [
      'a piece that was refunded before',
      { number: '1005', line: 'Planter', quantity: 2, amount: '36' },
      'refundLineItems.0.quantity',
    ],
    [
      'no piece at all of a line',
      { number: '1015', line: 'Mug', quantity: 0, amount: '18' },
      'refundLineItems.0.quantity',
    ],
    ['more than the payment left', { number: '1001', amount: '60.01' }, 'transactions.0.amount'],
    [
      'more to one payment than it paid, though the order has it',
      { number: '1011', gateway: 'gift_card', amount: '33.34' },
      'transactions.0.amount',
    ],
    ['an amount of nothing', { number: '1001', amount: '0.00' }, 'transactions.0.amount'],
    ['a fraction of a cent', { number: '1001', amount: '1.001' }, 'transactions.0.amount'],
    ['a fraction of a yen', { number: '1012', amount: '100.5' }, 'transactions.0.amount'],
    ['an amount that is none', { number: '1001', amount: 'all of it' }, 'transactions.0.amount'],
    [
      'another kind of transaction',
      { number: '1001', amount: '1', transaction: { kind: 'SALE' } },
      'transactions.0.kind',
    ],
    [
      'a payment of another gateway',
      { number: '1001', amount: '1', transaction: { gateway: 'cash' } },
      'transactions.0.gateway',
    ],
    [
      'a payment nobody made',
      { number: '1001', amount: '1', transaction: { parentId: 'gid://shopify/OrderTransaction/1' } },
      'transactions.0.parentId',
    ],
    [
      'a payment of another order',
      { number: '1001', amount: '1', transaction: { orderId: 'gid://shopify/Order/1' } },
      'transactions.0.orderId',
    ],
    ['the rest of a cancelled order', { number: '1009', amount: '1' }, 'transactions.0.amount'],
  ];

  it.each(refusals)('is for %s', async (_what, wish, field) => {
    const desk = openShop();
    const before = desk.shop.refunds();
    const { refund, userErrors } = await desk.refund(wish);
    expect(refund).toBeNull();
    expect(userErrors?.map((error) => error.field?.join('.'))).toEqual([field]);
    expect(desk.shop.refunds()).toEqual(before);
  });

  it('is in another currency than the customer paid in', async () => {
    const desk = openShop();
    const order = desk.order('1006');
    const input = {
      orderId: order.id,
      transactions: [],
      refundLineItems: [{ lineItemId: order.lines[0]?.id, quantity: 1 }],
    };
    const document = `mutation ($input: RefundInput!) {
      refundCreate(input: $input) @idempotent(key: "k") { userErrors { field } }
    }`;
    const { data } = await desk.ask(document, { input });
    expect(data).toEqual({ refundCreate: { userErrors: [{ field: ['currency'] }] } });
  });

  it('exceeds the order over several payments, each within its own', async () => {
    const desk = openShop();
    await desk.refund({ number: '1011', gateway: 'gift_card', amount: '33.33' });
    await desk.refund({ number: '1011', gateway: 'shopify_payments', amount: '100.17' });
    const { userErrors } = await desk.refund({ number: '1011', gateway: 'shopify_payments', amount: '0.01' });
    expect(userErrors).toHaveLength(1);
  });

  it('names the same line twice, together more than was bought', async () => {
    const desk = openShop();
    const mug = { lineItemId: desk.line('1015', 'Mug').id, quantity: 2 };
    const input = { orderId: desk.order('1015').id, refundLineItems: [mug, mug], transactions: [] };
    const document = `mutation ($input: RefundInput!) {
      refundCreate(input: $input) @idempotent(key: "k") { userErrors { field } }
    }`;
    const { data } = await desk.ask(document, { input });
    expect(data).toEqual({ refundCreate: { userErrors: [{ field: ['refundLineItems', '1', 'quantity'] }] } });
  });
});
