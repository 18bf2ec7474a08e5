import { ExternalError } from '../../errors.ts';
import type { RefundPayment, RefundSuggestion, Storefront } from '../../ports/storefront.ts';
import type { OrderId } from '../../returns/ids.ts';
import type { Order } from '../../returns/order.ts';
import type { ReturnLine } from '../../returns/return-request.ts';
import { historyOf, ordersOfEmail, ordersOfPhone } from './customer-orders.ts';
import { findOrdersByName, suggestRefund } from './documents.ts';
import type {
  FindOrdersByNameQuery,
  FindOrdersByNameQueryVariables,
  SuggestRefundQuery,
  SuggestRefundQueryVariables,
} from './generated.ts';
import { createGraphqlClient, type GraphqlClient, type GraphqlClientOptions } from './graphql-client.ts';
import { presentmentMoney } from './parse-money.ts';
import { parseOrder } from './parse-order.ts';
import { readWholeOrder } from './read-whole-order.ts';
import { readable } from './readable.ts';
import { refundOrder } from './refund-order.ts';
import { quoteSearch } from './search-text.ts';

export type ShopifyStorefrontOptions = GraphqlClientOptions & {
  /** `my-store.myshopify.com`, for links that people follow. */
  readonly storeDomain: string;
};

const longestOrderNumber = 64;

export function createShopifyStorefront(options: ShopifyStorefrontOptions): Storefront {
  const client = createGraphqlClient(options);
  const ids = createNameMemory();

  async function readOrder(id: OrderId): Promise<Order | undefined> {
    const adminUrl = `https://${options.storeDomain}/admin/orders/${id.split('/').at(-1)}`;
    return readable('refused', async () => {
      const node = await readWholeOrder(client, id);
      return node && parseOrder(node, adminUrl);
    });
  }

  return {
    readOrder,
    async findOrder(orderNumber) {
      const name = comparableName(orderNumber);
      const known = ids.get(name);
      const order = known && (await readOrder(known));
      // Renamed since, or gone: only the search knows who bears the name now.
      if (order && comparableName(order.name) === name) return order;
      const id = await findOrderId(client, withoutHash(orderNumber));
      if (!id) return undefined;
      ids.remember(name, id);
      return readOrder(id);
    },
    listOrdersByPhone: (phone) => ordersOfPhone(client, phone),
    listOrdersByEmail: (email) => ordersOfEmail(client, email),
    readCustomerHistory: (customerId) => historyOf(client, customerId),
    suggestRefund: (orderId, lines) => suggest(client, orderId, lines),
    createRefund: (command) => refundOrder(client, command),
  };
}

/** The shop's search is fuzzy and its syntax is rich: the words go in quoted, and only an equal name counts, the newest of several. */
async function findOrderId(client: GraphqlClient, asked: string): Promise<OrderId | undefined> {
  if (asked === '' || asked.length > longestOrderNumber || /\p{Cc}/u.test(asked)) return undefined;
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

/** Which order bears a name: asked for again and again in one conversation, and each time a search less. */
function createNameMemory(limit = 5_000) {
  const ids = new Map<string, OrderId>();
  return {
    get: (name: string) => ids.get(name),
    remember(name: string, id: OrderId): void {
      const [oldest] = ids.keys();
      if (ids.size >= limit && oldest !== undefined) ids.delete(oldest);
      ids.set(name, id);
    },
  };
}

async function suggest(
  client: GraphqlClient,
  id: OrderId,
  lines: readonly ReturnLine[],
): Promise<RefundSuggestion> {
  const { order } = await client.query<SuggestRefundQuery, SuggestRefundQueryVariables>(suggestRefund, {
    id,
    lines: lines.map((line) => ({ lineItemId: line.lineId, quantity: line.quantity })),
    shipping: false,
    destination: 'ORIGINAL_PAYMENT_METHODS',
  });
  const suggestion = order?.suggestedRefund;
  if (!suggestion) throw unusable('no_suggestion');
  return readable('refused', () => ({
    amount: presentmentMoney(suggestion.amountSet),
    maximumRefundable: presentmentMoney(suggestion.maximumRefundableSet),
    payments: suggestion.suggestedTransactions.flatMap(parsePayment),
  }));
}

type SuggestedTransaction = NonNullable<
  NonNullable<SuggestRefundQuery['order']>['suggestedRefund']
>['suggestedTransactions'][number];

function parsePayment(node: SuggestedTransaction): readonly RefundPayment[] {
  const amount = presentmentMoney(node.amountSet);
  if (amount.minor === 0) return [];
  // Without its own payment to go back to, money could only leave by a way nobody chose.
  if (!node.parentTransaction || !node.gateway) throw unusable('no_payment_to_refund');
  return [{ parentTransactionId: node.parentTransaction.id, gateway: node.gateway, amount }];
}

function unusable(code: string): ExternalError {
  return new ExternalError({ service: 'shopify', retryable: false, outcome: 'refused', code });
}
