import { describe, expect, it } from 'vitest';
import { openReturnDesk } from './return-desk.ts';

const jacket = { number: '1021', line: 'Jacket' } as const;

describe('an exchange', () => {
  it('of one size for another moves no money, and sends the other one out', async () => {
    const desk = openReturnDesk();
    const large = desk.variant('Field Jacket', 'L');
    await desk.create({ ...jacket, exchangeFor: large });
    expect((await desk.outcome(1)).financialTransfer).toBeNull();
    expect(await desk.process(1)).toMatchObject({ return: { status: 'CLOSED' }, userErrors: [] });

    const sent = desk.order('1021').lines.at(-1);
    expect(sent).toMatchObject({
      title: 'Field Jacket',
      variantTitle: 'L',
      variantId: large,
      unitPrice: 9_600,
    });
    expect(desk.last().exchanges).toMatchObject([{ processed: 1, lineIds: [sent?.id] }]);
    expect(desk.shop.refunds().at(-1)?.amount).toBe(0);
    expect(stockOf(desk, large)).toBe(2);
  });

  it('pays nothing back of what the other piece costs', async () => {
    const desk = openReturnDesk();
    await desk.create({ ...jacket, exchangeFor: desk.variant('Field Jacket', 'L') });
    const { maximumRefundable } = await desk.outcome(1);
    expect(maximumRefundable.presentmentMoney.amount).toBe('22.0');
    expect((await desk.process(1, desk.payment('1021', '96.00'))).userErrors).toHaveLength(1);
  });

  it('for something dearer is owed by the customer', async () => {
    const desk = openReturnDesk();
    await desk.create({ ...jacket, exchangeFor: desk.variant('Field Jacket', 'XL long') });
    expect((await desk.outcome(1)).financialTransfer).toMatchObject({
      __typename: 'InvoiceReturnOutcome',
      amount: { presentmentMoney: { amount: '8.0' } },
    });
  });

  it('is refused for what is sold out, or promised to somebody else', async () => {
    const desk = openReturnDesk();
    const small = await desk.create({ ...jacket, exchangeFor: desk.variant('Field Jacket', 'S') });
    expect(small.userErrors).toMatchObject([
      { field: ['returnInput', 'exchangeLineItems', '0', 'quantity'] },
    ]);

    desk.shop.setStock('Field Jacket / L', 1);
    const large = desk.variant('Field Jacket', 'L');
    expect((await desk.create({ ...jacket, exchangeFor: large })).userErrors).toEqual([]);
    const other = { number: '1015', line: 'Mug', exchangeFor: large };
    expect((await desk.create(other)).userErrors).toHaveLength(1);
    await desk.end('returnCancel');
    expect((await desk.create(other)).userErrors).toEqual([]);
  });

  it('finds what else there is of a product, and what of it is in stock', async () => {
    const desk = openReturnDesk();
    const { product } = (await desk
      .send('query ($id: ID!) { order(id: $id) { lineItems(first: 1) { nodes { product { id } } } } }', {
        id: desk.order('1021').id,
      })
      .then((order) => (order as { lineItems: { nodes: readonly Named[] } }).lineItems.nodes[0])) ?? {
      product: { id: '' },
    };
    const variants = `query ($id: ID!) { product(id: $id) { variants(first: 100) {
      nodes { title availableForSale sellableOnlineQuantity }
    } } }`;
    expect(await desk.send(variants, { id: product.id })).toEqual({
      variants: {
        nodes: [
          { title: 'M', availableForSale: true, sellableOnlineQuantity: 12 },
          { title: 'S', availableForSale: false, sellableOnlineQuantity: 0 },
          { title: 'L', availableForSale: true, sellableOnlineQuantity: 3 },
          { title: 'XL long', availableForSale: true, sellableOnlineQuantity: 2 },
        ],
      },
    });
  });
});

type Named = { readonly product: { readonly id: string } };

function stockOf(desk: ReturnType<typeof openReturnDesk>, id: string): number | undefined {
  return desk.state.products?.flatMap(({ variants }) => variants).find((each) => each.id === id)?.stock;
}
