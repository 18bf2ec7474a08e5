import { and, desc, eq, gt, isNotNull, type SQL, sql } from 'drizzle-orm';
import type { CardReference } from '../ports/approval-desk.ts';
import type { ConversationId, MediaId, RefundId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import type { JobQueue } from './jobs.ts';
import { media } from './schema/media.ts';
import { approvals, refunds } from './schema/refunds.ts';
import { addStaffNote } from './staff-notes.ts';

/** What staff are shown of a conversation at most, and how far back. */
const mostShown = 5;

/**
 * The newest pictures of the last week, oldest first. Of a refund: without those that were there before another
 * one was asked for.
 */
export async function recentPictures(
  tx: Tx | Db,
  conversationId: ConversationId,
  refundId?: RefundId,
): Promise<readonly MediaId[]> {
  const rows = await tx
    .select({ id: media.id })
    .from(media)
    .where(
      and(
        eq(media.conversationId, conversationId),
        eq(media.state, 'stored'),
        eq(media.kind, 'picture'),
        gt(media.createdAt, sql`now() - interval '7 days'`),
        refundId && gt(media.createdAt, lastOther(conversationId, refundId)),
      ),
    )
    .orderBy(desc(media.createdAt), desc(media.position))
    .limit(mostShown);
  return rows.map(({ id }) => id as MediaId).reverse();
}

function lastOther(conversationId: ConversationId, refundId: RefundId): SQL {
  return sql`coalesce((select max(created_at) from refunds
    where conversation_id = ${conversationId} and id <> ${refundId}), '-infinity')`;
}

/** Pictures on their way to a thread: the given one, or the conversation's own. */
export async function addPictureNotes(
  tx: Tx,
  jobs: JobQueue,
  place: {
    readonly store: string;
    readonly conversationId: ConversationId;
    readonly thread?: CardReference;
  },
  pictures: readonly MediaId[],
): Promise<void> {
  for (const mediaId of pictures) {
    await addStaffNote(tx, jobs, { ...place, kind: 'picture', text: 'A picture from the customer', mediaId });
  }
}

/** Cards of refunds of this conversation that nobody has decided. */
export async function openCards(tx: Tx, conversationId: ConversationId): Promise<readonly CardReference[]> {
  const rows = await tx
    .select({ card: approvals.card })
    .from(approvals)
    .innerJoin(refunds, eq(refunds.id, approvals.refundId))
    .where(
      and(
        eq(refunds.conversationId, conversationId),
        eq(approvals.state, 'pending'),
        isNotNull(approvals.card),
      ),
    );
  return rows.flatMap(({ card }) => card ?? []);
}
