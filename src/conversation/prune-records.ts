import { databaseNow } from '../storage/database.ts';
import { removeOldRecords } from '../storage/old-records.ts';
import type { ConversationContext } from './context.ts';

const dayMs = 86_400_000;
const batchSize = 2_000;
/** A job may take five minutes; what is left after so many is taken up soon. */
const mostBatches = 50;

/** Once a day: what was delivered, receipts and ended dead letters are kept as long as texts are. */
export async function pruneRecords({ refunds, retentionDays }: ConversationContext): Promise<void> {
  const { db, jobs, store, log } = refunds;
  let removed = 0;
  let isDone = false;
  for (let batch = 0; batch < mostBatches && !isDone; batch++) {
    const count = await removeOldRecords(db, store, { days: retentionDays, limit: batchSize });
    removed += count;
    isDone = count === 0;
  }
  if (removed > 0) log.info('Old records were removed', { count: removed });
  await db.transaction(async (tx) => {
    const startsAt = (await databaseNow(tx)).getTime() + (isDone ? dayMs : 60_000);
    await jobs.enqueue(tx, 'prune-records', { store }, { startAfter: new Date(startsAt) });
  });
}
