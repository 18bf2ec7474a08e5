import { describe, expect, it } from 'vitest';
import { openReturnDesk } from './return-desk.ts';

describe('a return', () => {
  it('is open at once and bears the number of its order', async () => {
    const desk = openReturnDesk();
    expect(await desk.create({ number: '1015', line: 'Mug', quantity: 2, note: 'intent 7' })).toMatchObject({
      return: { status: 'OPEN' },
      userErrors: [],
    });
    expect(desk.last()).toMatchObject({
      orderName: '#1015',
      name: '#1015-R1',
      lines: [{ quantity: 2, processed: 0, note: 'intent 7' }],
    });
  });

  it('is made twice when it is asked for twice, as long as there are pieces for both', async () => {
    const desk = openReturnDesk();
    const wish = { number: '1015', line: 'Mug', quantity: 1 };
    for (let i = 0; i < 3; i++) expect((await desk.create(wish)).userErrors).toEqual([]);
    expect(desk.shop.returns().map(({ name }) => name)).toEqual(['#1015-R1', '#1015-R2', '#1015-R3']);
    expect((await desk.create(wish)).userErrors).toMatchObject([{ code: 'INVALID' }]);
  });

  it('takes its pieces off what can be returned, and gives them back when it is cancelled', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1015', line: 'Mug', quantity: 2 });
    expect(await returnable(desk, '1015')).toEqual([1]);
    expect(await desk.end('returnCancel')).toMatchObject({ return: { status: 'CANCELED' }, userErrors: [] });
    expect(await returnable(desk, '1015')).toEqual([3]);
    expect((await desk.process(1)).userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
  });

  it('keeps its pieces when it is closed', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1015', line: 'Mug', quantity: 2 });
    expect(await desk.end('returnClose')).toMatchObject({ return: { status: 'CLOSED' }, userErrors: [] });
    expect(await returnable(desk, '1015')).toEqual([1]);
    expect((await desk.end('returnClose')).userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
  });

  const hundredAndOne = { number: '1015', line: 'Mug', percentage: 100.01 };
  it.each([
    ['more pieces than were sent', { number: '1015', line: 'Mug', quantity: 4 }, 'INVALID'],
    ['no piece', { number: '1015', line: 'Mug', quantity: 0 }, 'GREATER_THAN'],
    ['a piece that was refunded', { number: '1005', line: 'Planter', quantity: 2 }, 'INVALID'],
    ['what has not been sent', { number: '1008', line: 'Stool' }, 'NOT_FOUND'],
    ['a cancelled order', { number: '1009', line: 'Shelf' }, 'INVALID_STATE'],
    ['a fee over the whole price', hundredAndOne, 'LESS_THAN_OR_EQUAL_TO'],
    ['a reason it does not know', { number: '1015', line: 'Mug', reason: 'gid://shopify/X/1' }, 'NOT_FOUND'],
    ['a note that is too long', { number: '1015', line: 'Mug', note: 'x'.repeat(256) }, 'TOO_LONG'],
  ])('is refused for %s', async (_, wish, code) => {
    const desk = openReturnDesk();
    const { return: made, userErrors } = await desk.create(wish);
    expect(made).toBeNull();
    expect(userErrors[0]?.code).toBe(code);
    expect(desk.shop.returns()).toEqual([]);
  });

  it('cannot be cancelled after a parcel was opened', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1015', line: 'Mug', quantity: 2 });
    desk.shop.parcelArrives('1015', [{ line: 'Mug', quantity: 1 }]);
    expect((await desk.end('returnCancel')).userErrors).toMatchObject([{ code: 'INVALID_STATE' }]);
    desk.shop.parcelArrives('1015');
    expect(desk.last().lines[0]?.dispositions.map(({ quantity }) => quantity)).toEqual([1, 1]);
    expect(() => desk.shop.parcelArrives('1015')).toThrow('awaits');
  });

  it('gets one label for every piece', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1015', line: 'Mug', quantity: 2 });
    const { reverseOrderId, lines } = desk.last();
    const label = { fileUrl: 'https://labels.example.com/1.pdf' };
    const attach = (quantity: number) =>
      desk.send(attachLabel, {
        id: reverseOrderId,
        label,
        lines: [{ reverseFulfillmentOrderLineItemId: lines[0]?.reverseLineId, quantity }],
      });
    expect(await attach(2)).toMatchObject({ userErrors: [] });
    expect(await attach(1)).toMatchObject({ reverseDelivery: null, userErrors: [{ code: 'INVALID' }] });
    expect(desk.last().deliveries).toMatchObject([{ labelUrl: label.fileUrl, lines: [{ quantity: 2 }] }]);
  });

  it('offers reasons that are still in use, and takes one that is not', async () => {
    const desk = openReturnDesk();
    const reasons = (await desk.send(
      '{ returnReasonDefinitions(first: 250, query: "deleted:false") { nodes { id handle } } }',
      {},
    )) as { readonly nodes: readonly { readonly handle: string }[] };
    expect(reasons.nodes.map(({ handle }) => handle)).not.toContain('unknown');
    const reason = 'gid://shopify/ReturnReasonDefinition/99';
    expect((await desk.create({ number: '1015', line: 'Mug', reason })).userErrors).toEqual([]);
  });
});

describe('faults of returns', () => {
  const wish = { number: '1015', line: 'Mug', quantity: 1 };

  it('lose the answer to a return that was made, and asking again makes a second one', async () => {
    const desk = openReturnDesk();
    desk.shop.faults.add({ operation: 'returnCreate', when: 'after', times: 1, action: { kind: 'drop' } });
    await expect(desk.create(wish)).rejects.toThrow('hung up');
    expect(desk.shop.returns()).toHaveLength(1);
    await desk.create(wish);
    expect(desk.shop.returns()).toHaveLength(2);
  });

  it('lose the answer to processing, and nothing is left to process again', async () => {
    const desk = openReturnDesk();
    await desk.create(wish);
    desk.shop.faults.add({ operation: 'returnProcess', when: 'after', times: 1, action: { kind: 'drop' } });
    const refund = desk.payment('1015', '18.00');
    await expect(desk.process(1, refund)).rejects.toThrow('hung up');
    expect((await desk.process(1, refund)).userErrors[0]?.code).toBe('INVALID_STATE');
    expect(desk.shop.refunds().filter(({ orderName }) => orderName === '#1015')).toHaveLength(1);
  });

  it('strike before anything is done', async () => {
    const desk = openReturnDesk();
    desk.shop.faults.add({ operation: 'returnCreate', when: 'before', times: 1, action: { kind: 'drop' } });
    await expect(desk.create(wish)).rejects.toThrow('hung up');
    expect(desk.shop.returns()).toEqual([]);
  });
});

async function returnable(desk: ReturnType<typeof openReturnDesk>, number: string) {
  const document = `query ($id: ID!) { returnableFulfillments(orderId: $id, first: 5) { nodes {
    returnableFulfillmentLineItems(first: 5) { nodes { quantity } }
  } } }`;
  const answer = (await desk.send(document, { id: desk.order(number).id })) as {
    readonly nodes: readonly { returnableFulfillmentLineItems: { nodes: readonly { quantity: number }[] } }[];
  };
  return answer.nodes.flatMap((node) =>
    node.returnableFulfillmentLineItems.nodes.map(({ quantity }) => quantity),
  );
}

const attachLabel = `mutation ($id: ID!, $lines: [ReverseDeliveryLineItemInput!]!, $label: ReverseDeliveryLabelInput) {
  reverseDeliveryCreateWithShipping(
    reverseFulfillmentOrderId: $id reverseDeliveryLineItems: $lines labelInput: $label notifyCustomer: false
  ) { reverseDelivery { id } userErrors { code field message } }
}`;
