import type { RefundId } from '../../returns/ids.ts';

/**
 * The note is how a refund is found again when its answer was lost: Shopify forgets idempotency keys
 * after a day, but keeps notes.
 */
export function refundNote(intentId: RefundId): string {
  return `Returned through the returns agent [intent:${intentId}]`;
}

/** Staff may add to the note; the bracket is what counts. */
export function intentOf(note: string | null): RefundId | undefined {
  const match = note?.match(/\[intent:([0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})\]/i);
  return match?.[1]?.toLowerCase() as RefundId | undefined;
}
