import type { NotReturnable, ReturnPlan } from '../../ports/return-desk.ts';
import type { LineItemId, OrderId } from '../../returns/ids.ts';
import type { ReadReturnableQuery, ReadReturnableQueryVariables } from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { count, text } from './parse-order.ts';
import { readable } from './readable.ts';
import { readReturnable, returnableLimit } from './return-documents.ts';
import { tooLarge } from './too-large.ts';

/** A line of a plan, as the shipped pieces it is made of. */
export type ShippedPart = {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly restockingFeePercent: number | undefined;
};

type ShippedParts = { readonly kind: 'found'; readonly parts: readonly ShippedPart[] };
type Returnable = { readonly id: string; readonly lineId: LineItemId; readonly quantity: number };

/** In the shop's own order, so that the same plan is always made of the same pieces. */
export async function findShippedParts(
  client: GraphqlClient,
  { orderId, lines }: ReturnPlan,
): Promise<ShippedParts | NotReturnable> {
  const open = await returnableOf(client, orderId);
  const used = new Map<string, number>();
  const parts: ShippedPart[] = [];
  const missing: LineItemId[] = [];
  for (const { lineId, quantity, restockingFeePercent } of lines) {
    let left = quantity;
    for (const { id, quantity: returnable } of open.filter((each) => each.lineId === lineId)) {
      const taken = Math.min(left, returnable - (used.get(id) ?? 0));
      if (taken <= 0) continue;
      used.set(id, (used.get(id) ?? 0) + taken);
      parts.push({ fulfillmentLineItemId: id, quantity: taken, restockingFeePercent });
      left -= taken;
    }
    if (left > 0) missing.push(lineId);
  }
  return missing.length > 0 ? { kind: 'not-returnable', lineIds: missing } : { kind: 'found', parts };
}

async function returnableOf(client: GraphqlClient, id: OrderId): Promise<readonly Returnable[]> {
  const { returnableFulfillments } = await client.query<ReadReturnableQuery, ReadReturnableQueryVariables>(
    readReturnable,
    { id, fulfillments: returnableLimit },
  );
  return readable('refused', () => {
    const fulfillments = returnableFulfillments.nodes;
    const pages = fulfillments.map((fulfillment) => fulfillment.returnableFulfillmentLineItems);
    if (fulfillments.length >= returnableLimit || pages.some((page) => page.pageInfo.hasNextPage)) {
      throw tooLarge();
    }
    return pages.flatMap((page) =>
      page.nodes.map(({ quantity, fulfillmentLineItem }) => ({
        id: text(fulfillmentLineItem.id),
        lineId: text(fulfillmentLineItem.lineItem.id) as LineItemId,
        quantity: count(quantity),
      })),
    );
  });
}
