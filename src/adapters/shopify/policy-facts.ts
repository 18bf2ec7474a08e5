import { ExternalError } from '../../errors.ts';
import { exponentOf } from '../../returns/currency.ts';
import type { Order, OrderCustomer, OrderLine } from '../../returns/order.ts';
import { earlierReturnsOf } from './earlier-returns.ts';
import type { ReadOrderFactsQuery, ReadOrderFactsQueryVariables } from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { readOrderFacts } from './order-documents.ts';
import { count, text } from './parse-order.ts';
import { readable } from './readable.ts';

type FactsNode = NonNullable<ReadOrderFactsQuery['order']>;
type LineNode = FactsNode['lineItems']['nodes'][number];

const mostPages = 5;

/**
 * Apart from the order itself, so that showing one costs no more, and a shop that grants less can still be
 * served: what may not be read is not known. Whether something was below its compare-at price when it was
 * sold is not kept by Shopify, and never known.
 */
export async function withPolicyFacts(client: GraphqlClient, order: Order): Promise<Order> {
  const facts = await ifAllowed(() => allFacts(client, order.id));
  const { customer } = order;
  const earlierReturns = customer && (await ifAllowed(() => earlierReturnsOf(client, customer.id)));
  const known = { ...order, customer: customer && { ...customer, earlierReturns } };
  if (!facts) return known;
  return readable('refused', () => ({
    ...known,
    customer: known.customer && { ...known.customer, ...customerFacts(facts.head) },
    tags: facts.head.tags,
    discountCodes: facts.head.discountCodes,
    salesChannel: facts.head.app?.name || undefined,
    riskLevel: riskOf(facts.head),
    lines: order.lines.map((line) => ({ ...line, ...lineFacts(line, facts.lines) })),
  }));
}

async function allFacts(
  client: GraphqlClient,
  id: string,
): Promise<{ readonly head: FactsNode; readonly lines: readonly LineNode[] } | undefined> {
  const lines: LineNode[] = [];
  for (let page = 1, after: string | null = null; ; page += 1) {
    const { order: head }: ReadOrderFactsQuery = await client.query<
      ReadOrderFactsQuery,
      ReadOrderFactsQueryVariables
    >(readOrderFacts, { id, after });
    if (!head) return undefined;
    lines.push(...head.lineItems.nodes);
    after = head.lineItems.pageInfo.endCursor;
    if (!head.lineItems.pageInfo.hasNextPage || after === null || page >= mostPages) return { head, lines };
  }
}

async function ifAllowed<Value>(read: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof ExternalError && error.code === 'ACCESS_DENIED') return undefined;
    throw error;
  }
}

function customerFacts({ customer }: FactsNode): Partial<OrderCustomer> {
  if (!customer) return {};
  return { tags: customer.tags, numberOfOrders: count(Number(customer.numberOfOrders)) };
}

/** The worst that anybody says; nothing while nobody has said anything. */
function riskOf({ risk }: FactsNode): Order['riskLevel'] {
  const levels = new Set(risk.assessments.map(({ riskLevel }) => riskLevel));
  if (levels.has('HIGH')) return 'high';
  if (levels.has('MEDIUM')) return 'medium';
  return levels.has('LOW') ? 'low' : undefined;
}

function lineFacts(line: OrderLine, nodes: readonly LineNode[]): Partial<OrderLine> {
  const node = nodes.find(({ id }) => id === line.id);
  if (!node) return {};
  return {
    productId: node.product ? text(node.product.id).split('/').at(-1) : undefined,
    vendor: node.vendor || undefined,
    collections: node.product?.collections.nodes.map(({ handle }) => handle),
    discountPercent: discountOf(line, node),
  };
}

/** Of the unit's full price, in hundredths of a percent as the shop's approximate unit price allows. */
function discountOf({ unitPrice }: OrderLine, { originalUnitPriceSet }: LineNode): number | undefined {
  const { amount, currencyCode } = originalUnitPriceSet.presentmentMoney;
  const full = Number(amount) * 10 ** exponentOf(currencyCode);
  if (!(full > 0) || currencyCode !== unitPrice.currency) return undefined;
  const share = Math.round((1 - unitPrice.minor / full) * 10_000) / 100;
  return Math.min(100, Math.max(0, share));
}
