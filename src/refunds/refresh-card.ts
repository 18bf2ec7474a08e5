import { ExternalError } from '../errors.ts';
import type { ApprovalId } from '../returns/ids.ts';
import { lockApproval } from '../storage/approvals.ts';
import { postAgain } from './announce-approval.ts';
import type { RefundContext } from './context.ts';
import { describeApproval } from './describe-approval.ts';

/** Votes and outcomes: the card keeps its body; once decided, the buttons give way to the outcome. */
export async function refreshCard(context: RefundContext, approvalId: ApprovalId): Promise<void> {
  // Behind the lock of whoever folded their wake-up into this job: what they change is to be shown too.
  const approval = await context.db.transaction((tx) => lockApproval(tx, approvalId));
  if (!context.approvals || !approval?.card) return;
  try {
    await context.approvals.desk.replaceCard(approval.card, await describeApproval(context, approval));
  } catch (error) {
    if (!isGone(error)) throw error;
    await postAgain(context, approval, approval.card);
  }
}

/** Waiting cannot help, and the channel is there. A closed channel is for people to open: the job waits. */
const gone = new Set(['message_not_found', 'thread_not_found', 'cant_update_message', 'edit_window_closed']);

export function isGone(error: unknown): boolean {
  return (
    error instanceof ExternalError &&
    error.outcome === 'refused' &&
    !error.retryable &&
    gone.has(error.code ?? '')
  );
}
