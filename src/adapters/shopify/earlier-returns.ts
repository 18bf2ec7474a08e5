import { ExternalError } from '../../errors.ts';
import type { EarlierReturn } from '../../returns/order.ts';
import type {
  ReadRefundedLinesQuery,
  ReadRefundedLinesQueryVariables,
  ReadReturnedLinesQuery,
  ReadReturnedLinesQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { readRefundedLines, readReturnedLines } from './order-documents.ts';
import { instant, text } from './parse-order.ts';
import { readable } from './readable.ts';

/** As many as `readRefundedLines` asks of an order. */
const refundPage = 5;
const neverCameBack = new Set(['CANCELED', 'DECLINED']);

type Returned = { readonly entries: readonly EarlierReturn[]; readonly refundIds: ReadonlySet<string> };

/**
 * Returns, and the refunds that belong to none. Undefined when some of them cannot be seen: fewer than there
 * are would speak for the customer, whatever the rule.
 */
export async function earlierReturnsOf(
  client: GraphqlClient,
  customerId: string,
): Promise<readonly EarlierReturn[] | undefined> {
  const returned = await returnedLines(client, customerId);
  if (!returned) return undefined;
  const { customer } = await client.query<ReadRefundedLinesQuery, ReadRefundedLinesQueryVariables>(
    readRefundedLines,
    { id: customerId },
  );
  return readable('refused', () => {
    if (!customer || customer.orders.pageInfo.hasNextPage) return undefined;
    const orders = customer.orders.nodes;
    const refunds = orders.flatMap((order) => order.refunds);
    const isCut =
      orders.some((order) => order.refunds.length >= refundPage) ||
      refunds.some((refund) => refund.refundLineItems.pageInfo.hasNextPage);
    if (isCut) return undefined;
    const alone = refunds.filter(
      ({ id, refundLineItems }) => !returned.refundIds.has(text(id)) && refundLineItems.nodes.length > 0,
    );
    return [
      ...returned.entries,
      ...alone.map((refund) => ({
        createdAt: instant(refund.createdAt ?? refund.updatedAt),
        skus: skusOf(refund.refundLineItems.nodes.map(({ lineItem }) => lineItem)),
      })),
    ];
  });
}

/** Where returns may not be read, refunds are all that is known of them. */
async function returnedLines(client: GraphqlClient, id: string): Promise<Returned | undefined> {
  const none = { entries: [], refundIds: new Set<string>() };
  let data: ReadReturnedLinesQuery;
  try {
    data = await client.query<ReadReturnedLinesQuery, ReadReturnedLinesQueryVariables>(readReturnedLines, {
      id,
    });
  } catch (error) {
    if (error instanceof ExternalError && error.code === 'ACCESS_DENIED') return none;
    throw error;
  }
  return readable('refused', () => {
    const pages = (data.customer?.orders.nodes ?? []).map((order) => order.returns);
    const returns = pages.flatMap((page) => page.nodes);
    const isCut =
      pages.some((page) => page.pageInfo.hasNextPage) ||
      returns.some(({ returnLineItems }) => returnLineItems.pageInfo.hasNextPage);
    if (isCut) return undefined;
    return {
      refundIds: new Set(returns.flatMap(({ refunds }) => refunds.nodes.map((refund) => refund.id))),
      entries: returns
        .filter(({ status }) => !neverCameBack.has(status))
        .map(({ createdAt, returnLineItems }) => ({
          createdAt: instant(createdAt),
          skus: skusOf(
            returnLineItems.nodes.flatMap((line) =>
              'fulfillmentLineItem' in line ? [line.fulfillmentLineItem.lineItem] : [],
            ),
          ),
        })),
    };
  });
}

function skusOf(lines: readonly { readonly sku: string | null }[]): readonly string[] {
  return lines.flatMap(({ sku }) => sku || []);
}
