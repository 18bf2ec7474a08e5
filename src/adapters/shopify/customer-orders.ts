import { ExternalError } from '../../errors.ts';
import type { CustomerHistory } from '../../ports/storefront.ts';
import type { PhoneNumber } from '../../returns/ids.ts';
import type { OrderSummary } from '../../returns/order.ts';
import { phoneForms } from '../../returns/phone-number.ts';
import { listOrdersByEmail, listOrdersByPhone, readEarlierRefunds, readEarlierReturns } from './documents.ts';
import type {
  ListOrdersByEmailQuery,
  ListOrdersByEmailQueryVariables,
  ListOrdersByPhoneQuery,
  ListOrdersByPhoneQueryVariables,
  ReadEarlierRefundsQuery,
  ReadEarlierRefundsQueryVariables,
  ReadEarlierReturnsQuery,
  ReadEarlierReturnsQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { presentmentMoney } from './parse-money.ts';
import { parseSummary } from './parse-order.ts';
import { readable } from './readable.ts';
import { quoteSearch } from './search-text.ts';

const mostOrders = 10;
const longestEmail = 320;

/** The shop knows a customer under one form of their number, which may be an old one. */
export async function ordersOfPhone(
  client: GraphqlClient,
  phone: PhoneNumber,
): Promise<readonly OrderSummary[]> {
  const found = await Promise.all(phoneForms(phone).map((form) => ordersOfForm(client, form)));
  return newestFirst(found.flat(), (order) => order.processedAt).slice(0, mostOrders);
}

async function ordersOfForm(client: GraphqlClient, phone: PhoneNumber): Promise<readonly OrderSummary[]> {
  const data = await client.query<ListOrdersByPhoneQuery, ListOrdersByPhoneQueryVariables>(
    listOrdersByPhone,
    { phone },
  );
  return readable('refused', () => data.customerByIdentifier?.orders.nodes.map(parseSummary) ?? []);
}

/** The search takes an address apart and finds similar ones, so only what is equal here counts. */
export async function ordersOfEmail(client: GraphqlClient, asked: string): Promise<readonly OrderSummary[]> {
  const email = asked.trim();
  if (email === '' || email.length > longestEmail || /[\p{Cc}\s]/u.test(email)) return [];
  const { orders, customerByIdentifier: customer } = await client.query<
    ListOrdersByEmailQuery,
    ListOrdersByEmailQueryVariables
  >(listOrdersByEmail, { search: `email:${quoteSearch(email)}`, email });
  const isAsked = (address: string | null | undefined) => address?.toLowerCase() === email.toLowerCase();
  return readable('refused', () => {
    const sold = orders.nodes.filter((node) => isAsked(node.email));
    const owned = isAsked(customer?.defaultEmailAddress?.emailAddress) ? (customer?.orders.nodes ?? []) : [];
    const all = new Map([...sold, ...owned].map((node) => [node.id, parseSummary(node)]));
    return newestFirst([...all.values()], (order) => order.processedAt).slice(0, mostOrders);
  });
}

export async function historyOf(client: GraphqlClient, customerId: string): Promise<CustomerHistory> {
  const refunds = await earlierRefunds(client, customerId);
  const returns = await earlierReturns(client, customerId);
  return { refunds, returns };
}

async function earlierRefunds(client: GraphqlClient, id: string): Promise<CustomerHistory['refunds']> {
  const { customer } = await client.query<ReadEarlierRefundsQuery, ReadEarlierRefundsQueryVariables>(
    readEarlierRefunds,
    { id },
  );
  return readable('refused', () => {
    const refunds = (customer?.orders.nodes ?? []).flatMap((order) =>
      order.refunds.map((refund) => ({
        orderName: order.name,
        amount: presentmentMoney(refund.totalRefundedSet),
        createdAt: refund.createdAt ?? refund.updatedAt,
      })),
    );
    // A refund whose payment failed, or that only put goods back on the shelf, moved nothing.
    const moved = refunds.filter(({ amount }) => amount.minor > 0);
    return newestFirst(moved, (refund) => refund.createdAt);
  });
}

/** None where the app may not read returns: an approval must not wait for a scope nobody thought of. */
async function earlierReturns(client: GraphqlClient, id: string): Promise<CustomerHistory['returns']> {
  const customer = await client
    .query<ReadEarlierReturnsQuery, ReadEarlierReturnsQueryVariables>(readEarlierReturns, { id })
    .then(
      (data) => data.customer,
      (error: unknown) => {
        if (error instanceof ExternalError && error.code === 'ACCESS_DENIED') return null;
        throw error;
      },
    );
  return readable('refused', () =>
    (customer?.orders.nodes ?? []).flatMap((order) =>
      order.returns.nodes.map(({ name, status }) => ({ orderName: order.name, name, status })),
    ),
  );
}

function newestFirst<Entry>(entries: readonly Entry[], at: (entry: Entry) => string): readonly Entry[] {
  return entries.toSorted((one, other) => Date.parse(at(other)) - Date.parse(at(one)));
}
