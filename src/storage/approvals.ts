import { randomUUIDv7 } from 'node:crypto';
import { desc, eq, sql } from 'drizzle-orm';
import type { ApprovalId, RefundId } from '../returns/ids.ts';
import { type Db, databaseNow, type Tx } from './database.ts';
import { approvals } from './schema/refunds.ts';

export type ApprovalRow = typeof approvals.$inferSelect;

export async function insertApproval(
  tx: Tx,
  approval: {
    readonly store: string;
    readonly refundId: RefundId;
    readonly digest: string;
    readonly cumulativeMinor: number;
    readonly required: number;
    readonly ttlSeconds: number;
  },
): Promise<ApprovalRow> {
  const { ttlSeconds, ...values } = approval;
  const [row] = await tx
    .insert(approvals)
    .values({
      id: randomUUIDv7() as ApprovalId,
      ...values,
      state: 'pending',
      expiresAt: sql`now() + make_interval(secs => ${ttlSeconds})`,
    })
    .returning();
  if (!row) throw new Error('The approval was not stored.');
  return row;
}

export async function readApproval(tx: Tx | Db, id: ApprovalId): Promise<ApprovalRow | undefined> {
  const [row] = await tx.select().from(approvals).where(eq(approvals.id, id));
  return row;
}

export async function lockApproval(tx: Tx, id: ApprovalId): Promise<ApprovalRow | undefined> {
  const [row] = await tx.select().from(approvals).where(eq(approvals.id, id)).for('update');
  return row;
}

export async function updateApproval(
  tx: Tx | Db,
  id: ApprovalId,
  change: Partial<typeof approvals.$inferInsert>,
): Promise<void> {
  await tx.update(approvals).set(change).where(eq(approvals.id, id));
}

/** From this instant on the card may exist; the first caller's time stays. */
export async function markAnnounced(tx: Tx | Db, id: ApprovalId): Promise<Date> {
  const [row] = await tx
    .update(approvals)
    .set({ announcedAt: sql`coalesce(${approvals.announcedAt}, now())` })
    .where(eq(approvals.id, id))
    .returning({ announcedAt: approvals.announcedAt });
  if (!row?.announcedAt) throw new Error('No such approval.');
  return row.announcedAt;
}

export async function latestApproval(tx: Tx | Db, refundId: RefundId): Promise<ApprovalRow | undefined> {
  const [row] = await tx
    .select()
    .from(approvals)
    .where(eq(approvals.refundId, refundId))
    .orderBy(desc(approvals.createdAt))
    .limit(1);
  return row;
}

/** When somebody has had the time to decide that begins now, by the database's clock. */
export async function expiryFromNow(tx: Tx | Db, ttlSeconds: number): Promise<Date> {
  return new Date((await databaseNow(tx)).getTime() + ttlSeconds * 1000);
}

export function pendingApprovals(tx: Tx | Db, store: string): Promise<ApprovalRow[]> {
  return tx
    .select()
    .from(approvals)
    .where(sql`${approvals.store} = ${store} and ${approvals.state} = 'pending'`)
    .orderBy(approvals.createdAt);
}
