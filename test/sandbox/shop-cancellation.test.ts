import { describe, expect, it } from 'vitest';
import { openReturnDesk } from './return-desk.ts';

const document = `mutation ($id: ID!, $refund: OrderCancelRefundMethodInput!, $note: String!) {
  orderCancel(
    orderId: $id reason: CUSTOMER restock: true refundMethod: $refund staffNote: $note notifyCustomer: false
  ) { job { id done } orderCancelUserErrors { code field message } }
}`;
type Asked = {
  readonly job: { readonly id: string; readonly done: boolean } | null;
  readonly orderCancelUserErrors: readonly { readonly code: string }[];
};
type Desk = ReturnType<typeof openReturnDesk>;

const toPayments = { originalPaymentMethodsRefund: true };
async function cancel(desk: Desk, number: string, refund: object = toPayments, note = ''): Promise<Asked> {
  return (await desk.send(document, { id: desk.order(number).id, refund, note })) as Asked;
}
const look = (desk: Desk, id: string | undefined) =>
  desk.send('query ($id: ID!) { job(id: $id) { done } }', { id });
const lastRefund = (desk: Desk, number: string) =>
  desk.shop.refunds().findLast(({ orderName }) => orderName === `#${number}`);

describe('cancelling an order', () => {
  it('takes the shop a while: the order is as it was until the job is done', async () => {
    const desk = openReturnDesk();
    const { job, orderCancelUserErrors } = await cancel(desk, '1022');
    expect([job?.done, orderCancelUserErrors]).toEqual([false, []]);
    expect(desk.order('1022').cancelledAt).toBeUndefined();
    expect(await look(desk, job?.id)).toEqual({ done: false });
    expect(desk.order('1022').cancelledAt).toBeUndefined();
    expect(await look(desk, job?.id)).toEqual({ done: true });
    expect(desk.order('1022').cancelledAt).toEqual(expect.any(String));
  });

  it('pays back everything, shipping and tax included, to the payments', async () => {
    const desk = openReturnDesk();
    await cancel(desk, '1022');
    desk.shop.finishCancellations();
    expect(lastRefund(desk, '1022')).toMatchObject({ amount: 7_683, shipping: 595 });
    const lines = lastRefund(desk, '1022')?.lines.map(({ quantity, restockType }) => [quantity, restockType]);
    expect(lines).toEqual([
      [2, 'CANCEL'],
      [1, 'CANCEL'],
    ]);
    desk.shop.finishCancellations();
    expect(desk.shop.refunds().filter(({ orderName }) => orderName === '#1022')).toHaveLength(1);
  });

  it('pays store credit instead where that was asked for', async () => {
    const desk = openReturnDesk();
    await cancel(desk, '1022', { storeCreditRefund: {} });
    desk.shop.finishCancellations();
    expect(desk.shop.storeCreditOf('freya@example.com')).toEqual([{ currency: 'USD', amount: 7_683 }]);
  });

  it('is not carried out when the order was sent out meanwhile', async () => {
    const desk = openReturnDesk();
    const { job } = await cancel(desk, '1022');
    desk.shop.editOrder('1022', { kind: 'ship' });
    await look(desk, job?.id);
    expect(await look(desk, job?.id)).toEqual({ done: true });
    expect(desk.order('1022').cancelledAt).toBeUndefined();
    expect(lastRefund(desk, '1022')).toBeUndefined();
  });

  it.each([
    ['that was sent out', '1001', toPayments, ''],
    ['that is cancelled', '1009', toPayments, ''],
    ['with a note that is too long', '1022', toPayments, 'x'.repeat(256)],
  ])('is refused for one %s', async (_, number, refund, note) => {
    const desk = openReturnDesk();
    expect(await cancel(desk, number, refund, note)).toMatchObject({
      job: null,
      orderCancelUserErrors: [{ code: 'INVALID' }],
    });
  });

  it('is refused while it is being cancelled', async () => {
    const desk = openReturnDesk();
    await cancel(desk, '1022');
    expect((await cancel(desk, '1022')).orderCancelUserErrors).toMatchObject([{ code: 'INVALID' }]);
  });

  it('knows no job by another id', async () => {
    const desk = openReturnDesk();
    expect(await look(desk, 'gid://shopify/Job/1')).toBeNull();
  });
});

describe('tags', () => {
  it('are added to what is there, on an order and on a customer', async () => {
    const desk = openReturnDesk();
    const add = (id: string | undefined, tags: readonly string[]) =>
      desk.send(
        'mutation ($id: ID!, $tags: [String!]!) { tagsAdd(id: $id, tags: $tags) { userErrors { message } } }',
        {
          id,
          tags,
        },
      );
    const { id, customerId } = desk.order('1001');
    for (const tags of [['returned'], ['returned', 'vip']])
      expect(await add(id, tags)).toEqual({ userErrors: [] });
    expect(desk.order('1001').tags).toEqual(['returned', 'vip']);
    await add(customerId, ['returns']);
    expect(desk.state.customers.find((each) => each.id === customerId)?.tags).toEqual(['returns']);
    expect(await add('gid://shopify/Order/1', ['x'])).toEqual({
      userErrors: [{ message: 'Resource does not exist' }],
    });
  });
});
