import type { CardReference } from '../ports/approval-desk.ts';
import { clockSkewMs } from '../ports/clock.ts';
import type { ApprovalId } from '../returns/ids.ts';
import { votesOf } from '../storage/approval-votes.ts';
import {
  type ApprovalRow,
  expiryFromNow,
  lockApproval,
  markAnnounced,
  readApproval,
  updateApproval,
} from '../storage/approvals.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { addPictureNotes, recentPictures } from '../storage/picture-notes.ts';
import { readRefund } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { describeApproval } from './describe-approval.ts';
import { expireUnseen } from './expire-approval.ts';

const lookAgainMs = 15 * 60_000;

/**
 * Posts the card once. Slack has no idempotency key: from the second attempt on the channel is read for a
 * card of this approval before another is posted. The time to decide begins now, with the card.
 */
export async function announceApproval(context: RefundContext, approvalId: ApprovalId): Promise<void> {
  const desk = context.approvals?.desk;
  const read = await readApproval(context.db, approvalId);
  if (!read || read.card) return;
  if (!desk) return awaitDesk(context, read);

  const triedBefore = read.announcedAt !== null;
  const since = await markAnnounced(context.db, approvalId);
  const found = triedBefore
    ? await desk.findCard(approvalId, new Date(since.getTime() - clockSkewMs))
    : undefined;
  const isOpen = read.state === 'pending';
  const expiresAt = isOpen
    ? await expiryFromNow(context.db, context.terms.approvalTtlSeconds)
    : read.expiresAt;
  const card = found ?? (await desk.postCard(await describeApproval(context, { ...read, expiresAt })));
  await context.db.transaction(async (tx) => {
    const current = await lockApproval(tx, approvalId);
    if (!current || current.card) return;
    const starts = current.state === 'pending' ? { expiresAt } : {};
    await updateApproval(tx, approvalId, { card, ...starts });
    await showPictures(tx, context, current, card);
    if (current.state === 'pending') await setTimers(tx, context, approvalId, expiresAt);
    // Decided or voted on while it was being posted, or posted by an attempt that showed another time.
    const isOutdated = found || current.state !== read.state || (await votesOf(tx, approvalId)).length > 0;
    if (isOutdated) await context.jobs.enqueue(tx, 'refresh-card', { approvalId });
  });
}

/** Below the card, in its thread, where whoever decides looks for more. */
async function showPictures(
  tx: Tx,
  { jobs }: RefundContext,
  { store, refundId }: ApprovalRow,
  thread: CardReference,
): Promise<void> {
  const { conversationId } = await readRefund(tx, refundId);
  const pictures = await recentPictures(tx, conversationId, refundId);
  await addPictureNotes(tx, jobs, { store, conversationId, thread }, pictures);
}

/** Slack was taken out of the settings: it may come back, but within the time there was to decide. */
async function awaitDesk(context: RefundContext, { id: approvalId, expiresAt }: ApprovalRow): Promise<void> {
  const now = (await databaseNow(context.db)).getTime();
  if (now >= expiresAt.getTime()) return expireUnseen(context, approvalId);
  const startAfter = new Date(Math.min(now + lookAgainMs, expiresAt.getTime()));
  await context.db.transaction((tx) =>
    context.jobs.enqueue(tx, 'announce-approval', { approvalId }, { startAfter }),
  );
}

async function setTimers(
  tx: Tx,
  { jobs }: RefundContext,
  approvalId: ApprovalId,
  expiresAt: Date,
): Promise<void> {
  const halfTime = new Date(((await databaseNow(tx)).getTime() + expiresAt.getTime()) / 2);
  await jobs.enqueue(tx, 'remind-approvers', { approvalId }, { startAfter: halfTime });
  await jobs.enqueue(tx, 'expire-approval', { approvalId }, { startAfter: expiresAt });
}

/**
 * A card that is gone, or that cannot be changed, is posted once more; both copies carry the same approval's
 * id, so a click on either is a click on one approval. Of an earlier attempt a copy may be there already.
 */
export async function postAgain(
  context: RefundContext,
  approval: ApprovalRow,
  lost: CardReference,
): Promise<void> {
  const desk = context.approvals?.desk;
  if (!desk) return;
  const since = (approval.announcedAt ?? approval.createdAt).getTime() - clockSkewMs;
  const found = await desk.findCard(approval.id, new Date(since));
  const copy = found && found.ts !== lost.ts ? found : undefined;
  const card = copy ?? (await desk.postCard(await describeApproval(context, approval)));
  await context.db.transaction(async (tx) => {
    const current = await lockApproval(tx, approval.id);
    if (!current || current.card?.ts !== lost.ts) return;
    await updateApproval(tx, approval.id, { card });
    if (copy || current.state !== approval.state) {
      await context.jobs.enqueue(tx, 'refresh-card', { approvalId: approval.id });
    }
  });
}
