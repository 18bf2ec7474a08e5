import type { ConversationContext } from '../conversation/context.ts';

/**
 * Begins what runs again and again, each by setting its own next run. One run of each waits at most, however
 * many workers start; one that waits is due at once.
 */
export async function startSchedule({ received, refunds }: ConversationContext): Promise<void> {
  const { db, jobs, store } = refunds;
  await db.transaction(async (tx) => {
    await jobs.enqueue(tx, 'reconcile-refunds', { store });
    await jobs.enqueue(tx, 'keep-privacy', { store });
    await jobs.enqueue(tx, 'prune-records', { store });
    if (received) await jobs.enqueue(tx, 'sweep-inbound', { store });
  });
}
