import { ExternalError } from '../../errors.ts';
import type { Storefront } from '../../ports/storefront.ts';
import type { OrderId } from '../../returns/ids.ts';
import type { Order } from '../../returns/order.ts';
import { callOffOrder, jobState } from './call-off-order.ts';
import { historyOf, ordersOfEmail, ordersOfPhone } from './customer-orders.ts';
import { findOrdersByName } from './documents.ts';
import type { FindOrdersByNameQuery, FindOrdersByNameQueryVariables } from './generated.ts';
import { createGraphqlClient, type GraphqlClient, type GraphqlClientOptions } from './graphql-client.ts';
import { parseOrder } from './parse-order.ts';
import { withPolicyFacts } from './policy-facts.ts';
import { readWholeOrder } from './read-whole-order.ts';
import { readable } from './readable.ts';
import { refundOrder } from './refund-order.ts';
import { createReturnDesk } from './return-desk.ts';
import { quoteSearch } from './search-text.ts';
import { isStoreCreditEnabled, tag, variantsOf } from './shop-catalogue.ts';
import { suggestionFor } from './suggest-refund.ts';

export type ShopifyStorefrontOptions = GraphqlClientOptions & {
  /** `my-store.myshopify.com`, for links that people follow. */
  readonly storeDomain: string;
};

const longestOrderNumber = 64;

export function createShopifyStorefront(options: ShopifyStorefrontOptions): Storefront {
  const client = createGraphqlClient(options);
  /** Read in place of an order that does not exist, so that the answer takes as long. */
  let lastFound = 'gid://shopify/Order/0' as OrderId;

  async function readOrder(id: OrderId): Promise<Order | undefined> {
    const adminUrl = `https://${options.storeDomain}/admin/orders/${id.split('/').at(-1)}`;
    return readable('refused', async () => {
      const node = await readWholeOrder(client, id);
      return node && parseOrder(node, adminUrl);
    });
  }

  async function readInVain(): Promise<undefined> {
    try {
      await readOrder(lastFound);
    } catch (error) {
      // A shop that is down is down for every order.
      if (error instanceof ExternalError && error.retryable) throw error;
    }
  }

  return {
    readOrder,
    async findOrder(orderNumber, expected) {
      const name = comparableName(orderNumber);
      if (!isSearchable(name)) return undefined;
      const order = expected && (await readOrder(expected));
      // Renamed since, or gone: only the search knows who bears the name now.
      if (order && comparableName(order.name) === name) return order;
      const id = await findOrderId(client, withoutHash(orderNumber));
      if (!id) return readInVain();
      const found = await readOrder(id);
      lastFound = id;
      return found;
    },
    listOrdersByPhone: (phone) => ordersOfPhone(client, phone),
    listOrdersByEmail: (email) => ordersOfEmail(client, email),
    readCustomerHistory: (customerId) => historyOf(client, customerId),
    addPolicyFacts: (order) => withPolicyFacts(client, order),
    suggestRefund: (orderId, lines, wish) => suggestionFor(client, orderId, lines, wish),
    createRefund: (command) => refundOrder(client, command),
    storeCreditEnabled: () => isStoreCreditEnabled(client),
    listExchangeVariants: (productId) => variantsOf(client, productId),
    addTags: (id, tags) => tag(client, id, tags),
    cancelOrder: (command) => callOffOrder(client, command),
    readJob: (id) => jobState(client, id),
    ...createReturnDesk(client),
  };
}

function isSearchable(name: string): boolean {
  return name !== '' && name.length <= longestOrderNumber && !/\p{Cc}/u.test(name);
}

/** The shop's search is fuzzy and its syntax is rich: the words go in quoted, and only an equal name counts, the newest of several. */
async function findOrderId(client: GraphqlClient, asked: string): Promise<OrderId | undefined> {
  const search = `name:${quoteSearch(asked)}`;
  const { orders } = await client.query<FindOrdersByNameQuery, FindOrdersByNameQueryVariables>(
    findOrdersByName,
    { search },
  );
  return readable(
    'refused',
    () =>
      orders.nodes.findLast((node) => comparableName(node.name) === comparableName(asked))?.id as
        | OrderId
        | undefined,
  );
}

function withoutHash(name: string): string {
  return name.trim().replace(/^#/, '');
}

function comparableName(name: string): string {
  return withoutHash(name).toLowerCase();
}
