import type { RefundContext } from '../refunds/context.ts';

/**
 * Begins what runs again and again, each by setting its own next run. One run of each waits at most, however
 * many workers start; one that waits is due at once.
 */
export async function startSchedule({ db, jobs, store }: RefundContext): Promise<void> {
  await db.transaction((tx) => jobs.enqueue(tx, 'reconcile-refunds', { store }));
}
