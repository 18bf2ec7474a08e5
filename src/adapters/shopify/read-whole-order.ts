import { ExternalError } from '../../errors.ts';
import type { OrderId } from '../../returns/ids.ts';
import { readMoreLines, readMoreShippedLines, readOrder, refundLimit, shipmentLimit } from './documents.ts';
import type {
  ReadMoreLinesQuery,
  ReadMoreLinesQueryVariables,
  ReadMoreShippedLinesQuery,
  ReadMoreShippedLinesQueryVariables,
  ReadOrderQuery,
  ReadOrderQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import type { LineNode, OrderNode, ShipmentNode, ShippedLineNode } from './parse-order.ts';
import { tooLarge } from './too-large.ts';

type Page<Node> = {
  readonly nodes: readonly Node[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
};

const lineLimit = 250;

/**
 * An order with every line, shipment and refund, or an ExternalError: a missing refund could be paid twice,
 * so an order too large to be read whole is left to a person.
 */
export async function readWholeOrder(client: GraphqlClient, id: OrderId): Promise<OrderNode | undefined> {
  const { order } = await client.query<ReadOrderQuery, ReadOrderQueryVariables>(readOrder, {
    id,
    shipments: shipmentLimit,
    refunds: refundLimit,
  });
  if (!order) return undefined;
  if (order.fulfillments.length >= shipmentLimit || order.refunds.length >= refundLimit) throw tooLarge();
  const lines = await allPages(order.lineItems, (after) => linesAfter(client, id, after));
  const fulfillments: ShipmentNode[] = [];
  for (const shipment of order.fulfillments) {
    const nodes = await allPages(shipment.fulfillmentLineItems, (after) =>
      shippedLinesAfter(client, shipment.id, after),
    );
    fulfillments.push({ ...shipment, fulfillmentLineItems: { ...shipment.fulfillmentLineItems, nodes } });
  }
  return { ...order, lineItems: { ...order.lineItems, nodes: lines }, fulfillments };
}

async function linesAfter(client: GraphqlClient, id: string, after: string): Promise<Page<LineNode>> {
  const more = await client.query<ReadMoreLinesQuery, ReadMoreLinesQueryVariables>(readMoreLines, {
    id,
    after,
  });
  if (!more.order) throw changed();
  return more.order.lineItems;
}

async function shippedLinesAfter(
  client: GraphqlClient,
  id: string,
  after: string,
): Promise<Page<ShippedLineNode>> {
  const more = await client.query<ReadMoreShippedLinesQuery, ReadMoreShippedLinesQueryVariables>(
    readMoreShippedLines,
    { id, after },
  );
  if (!more.fulfillment) throw changed();
  return more.fulfillment.fulfillmentLineItems;
}

async function allPages<Node>(
  first: Page<Node>,
  pageAfter: (cursor: string) => Promise<Page<Node>>,
): Promise<readonly Node[]> {
  let page = first;
  const nodes = [...page.nodes];
  while (page.pageInfo.hasNextPage) {
    if (nodes.length >= lineLimit || page.pageInfo.endCursor === null) throw tooLarge();
    page = await pageAfter(page.pageInfo.endCursor);
    nodes.push(...page.nodes);
  }
  return nodes;
}

/** Gone between two pages. */
function changed(): ExternalError {
  return new ExternalError({
    service: 'shopify',
    retryable: true,
    outcome: 'refused',
    code: 'order_changed',
  });
}
