import type { RefundContext } from '../../src/refunds/context.ts';
import type { RefundId } from '../../src/returns/ids.ts';

/** As somebody in the admin who opened the parcel. */
export async function settleByHand(storefront: RefundContext['storefront'], returnId: string): Promise<void> {
  const found = await storefront.readReturn(returnId);
  if (!found) throw new Error('No such return in the shop');
  const lines = found.lines.map(({ id, quantity }) => ({
    id,
    quantity,
    processedBefore: 0,
    dispositions: [],
  }));
  const outcome = await storefront.suggestReturnOutcome({ returnId, lines });
  if (outcome.kind !== 'refund') throw new Error('Nothing to refund');
  const { amount, payments } = outcome;
  const intentId = crypto.randomUUID() as RefundId;
  await storefront.processReturn({ returnId, intentId, lines, refundsBefore: [], amount, payments });
}
