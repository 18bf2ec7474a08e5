import { and, asc, eq, notInArray } from 'drizzle-orm';
import type { Decider } from '../returns/approval.ts';
import type { ApprovalId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { approvalVotes } from './schema/refunds.ts';

/** Who said yes, first things first. Under the approval's lock nobody else adds to it. */
export function votesOf(tx: Tx | Db, approvalId: ApprovalId): Promise<Decider[]> {
  return tx
    .select({ userId: approvalVotes.userId, name: approvalVotes.name })
    .from(approvalVotes)
    .where(eq(approvalVotes.approvalId, approvalId))
    .orderBy(asc(approvalVotes.createdAt), asc(approvalVotes.userId));
}

/** Exactly these votes count from now on. */
export async function saveVotes(
  tx: Tx,
  approval: { readonly id: ApprovalId; readonly store: string },
  votes: readonly Decider[],
): Promise<void> {
  const { id: approvalId, store } = approval;
  const kept = votes.map(({ userId }) => userId);
  await tx
    .delete(approvalVotes)
    .where(and(eq(approvalVotes.approvalId, approvalId), notInArray(approvalVotes.userId, kept)));
  if (votes.length === 0) return;
  await tx
    .insert(approvalVotes)
    .values(votes.map(({ userId, name }) => ({ store, approvalId, userId, name })))
    .onConflictDoNothing();
}
