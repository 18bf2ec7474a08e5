import { describe, expect, it } from 'vitest';
import { found, openShop } from './shop-desk.ts';

async function namesFor(query: string): Promise<readonly string[]> {
  const document = 'query ($query: String) { orders(first: 100, query: $query) { nodes { name } } }';
  const { data } = await openShop().ask(document, { query });
  const orders = data?.orders as { nodes: readonly { name: string }[] } | undefined;
  return orders?.nodes.map((node) => node.name) ?? [];
}

describe('searching orders', () => {
  it('finds a name with and without #, quoted or not', async () => {
    for (const query of ['name:1002', 'name:#1002', 'name:"1002"', 'name:"#1002"', '1002']) {
      expect(await namesFor(query)).toEqual(['#1002']);
    }
  });

  it('is as loose as Shopify: a name matches by its beginning', async () => {
    expect(await namesFor('name:"1001"')).toEqual(expect.arrayContaining(['#1001', '#10010']));
  });

  it('takes quotes and filters of the customer’s text for text when they are escaped', async () => {
    expect(await namesFor(String.raw`name:"9\" OR name:\"1001"`)).toEqual([]);
  });

  it('joins terms by AND and ignores filters that do not exist', async () => {
    expect(await namesFor('name:1001 AND email:jane@example.com')).toEqual(['#1001']);
    expect(await namesFor('phone:+15550000000')).toHaveLength(25);
  });

  it('sorts by the sale and turns round on demand', async () => {
    const document =
      '{ orders(first: 1, reverse: true, query: "email:jane@example.com") { nodes { name } } }';
    expect((await openShop().ask(document)).data).toEqual({ orders: { nodes: [{ name: '#1008' }] } });
  });
});

describe('finding a customer by phone', () => {
  const document = `query ($phone: String!) {
    customerByIdentifier(identifier: { phoneNumber: $phone }) {
      displayName
      orders(first: 2, sortKey: PROCESSED_AT, reverse: true) { nodes { name } }
    }
  }`;

  it('lists their orders, the latest first', async () => {
    const { data } = await openShop().ask(document, { phone: '+15551230002' });
    expect(data?.customerByIdentifier).toEqual({
      displayName: 'Marcus Reed',
      orders: { nodes: [{ name: '#10010' }, { name: '#1014' }] },
    });
  });

  it('finds nobody by a number that is only on a parcel', async () => {
    const { data } = await openShop().ask(document, { phone: '+15551230007' });
    expect(data?.customerByIdentifier).toBeNull();
  });
});

describe('what a customer sent back', () => {
  it('shows the refunds and the returns of their orders', async () => {
    const { shop, ask, order } = openShop();
    shop.editOrder('1001', { kind: 'refund', line: 'Socks' });
    shop.editOrder('1001', { kind: 'return', status: 'OPEN' });
    shop.editOrder('1001', { kind: 'return', status: 'REQUESTED' });
    const { data } = await ask(
      `query ($id: ID!) {
        customer(id: $id) {
          orders(first: 20, reverse: true) {
            nodes {
              name
              refunds(first: 5) { totalRefundedSet { presentmentMoney { amount } } }
              returns(first: 5, reverse: true) { nodes { name status } }
            }
          }
        }
      }`,
      { id: order('1001').customerId },
    );
    const customer = data?.customer as { orders: { nodes: readonly { name: string }[] } } | undefined;
    expect(customer?.orders.nodes.find(({ name }) => name === '#1001')).toEqual({
      name: '#1001',
      refunds: [{ totalRefundedSet: { presentmentMoney: { amount: '12.0' } } }],
      returns: {
        nodes: [
          { name: '#1001-R2', status: 'REQUESTED' },
          { name: '#1001-R1', status: 'OPEN' },
        ],
      },
    });
  });

  it('knows no customer by the id of something else', async () => {
    const { data } = await openShop().ask('{ customer(id: "gid://shopify/Order/1") { displayName } }');
    expect(data?.customer).toBeNull();
  });
});

describe('paging', () => {
  it('goes on after a cursor until there is no next page', async () => {
    const desk = openShop();
    const document = `query ($id: ID!, $after: String) {
      order(id: $id) {
        lineItems(first: 1, after: $after) { nodes { title } pageInfo { hasNextPage endCursor } }
      }
    }`;
    const { id } = desk.order('1001');
    type Page = { nodes: unknown; pageInfo: { hasNextPage: boolean; endCursor: string } };
    const read = async (after: string | null) => {
      const { data } = await desk.ask(document, { id, after });
      return found(data?.order as { lineItems: Page } | undefined).lineItems;
    };
    const first = await read(null);
    expect(first).toMatchObject({ nodes: [{ title: 'Blue Oxford Shirt' }], pageInfo: { hasNextPage: true } });
    const second = await read(first.pageInfo.endCursor);
    expect(second).toMatchObject({ nodes: [{ title: 'Cotton Socks' }], pageInfo: { hasNextPage: false } });
  });
});
