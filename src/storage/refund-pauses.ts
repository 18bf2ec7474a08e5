import { randomUUIDv7 } from 'node:crypto';
import { and, eq, gt, inArray, isNotNull, isNull, or, sql } from 'drizzle-orm';
import type { Decider } from '../returns/approval.ts';
import type { RefundId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { refundPauses, refunds } from './schema/refunds.ts';

/** The shop remembers an idempotency key for 24 hours; an hour less is ours. */
export const keyLifetimeMs = 23 * 3_600_000;

export type PauseRow = typeof refundPauses.$inferSelect;

/**
 * The open pause of this store, if there is one. Whoever sends money reads it 'shared', whoever pauses or
 * resumes 'exclusive': a pause commits only after every sending that did not see it, and before any other.
 */
export async function lockOpenPause(
  tx: Tx,
  store: string,
  mode: 'shared' | 'exclusive',
): Promise<PauseRow | undefined> {
  const key = sql`hashtextextended(${`refund-pause:${store}`}, 0)`;
  await tx.execute(
    mode === 'shared'
      ? sql`select pg_advisory_xact_lock_shared(${key})`
      : sql`select pg_advisory_xact_lock(${key})`,
  );
  // Not sent side by side: only a statement that begins after the lock was given sees what was done under it.
  return readOpenPause(tx, store);
}

export async function readOpenPause(tx: Tx | Db, store: string): Promise<PauseRow | undefined> {
  const [row] = await tx
    .select()
    .from(refundPauses)
    .where(and(eq(refundPauses.store, store), isNull(refundPauses.resumedAt)));
  return row;
}

export async function insertPause(
  tx: Tx,
  pause: { readonly store: string; readonly reason: string; readonly pausedBy: Decider },
): Promise<PauseRow> {
  const [row] = await tx
    .insert(refundPauses)
    .values({ id: randomUUIDv7(), ...pause })
    .returning();
  if (!row) throw new Error('The pause was not stored.');
  return row;
}

export async function endPause(tx: Tx, id: string, resumedBy: Decider): Promise<void> {
  await tx.update(refundPauses).set({ resumedBy, resumedAt: sql`now()` }).where(eq(refundPauses.id, id));
}

/**
 * What would be sent without the pause. One whose key was forgotten before it waits for people instead; what
 * goes without a key is recognised however late.
 */
export async function heldRefunds(tx: Tx | Db, pause: PauseRow): Promise<readonly RefundId[]> {
  const rows = await tx
    .select({ id: refunds.id })
    .from(refunds)
    .where(
      and(
        eq(refunds.store, pause.store),
        inArray(refunds.state, ['approved', 'arrived', 'sending', 'unknown']),
        or(
          isNull(refunds.firstSentAt),
          isNotNull(refunds.sending),
          gt(refunds.firstSentAt, new Date(pause.createdAt.getTime() - keyLifetimeMs)),
        ),
      ),
    )
    .orderBy(refunds.createdAt);
  return rows.map(({ id }) => id);
}
