import type { Pause, PauseAnswer, StaffPerson } from '../ports/staff-desk.ts';
import type { Decider } from '../returns/approval.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { type Db, inTransaction, type Tx, together } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';
import {
  endPause,
  heldRefunds,
  insertPause,
  lockOpenPause,
  type PauseRow,
  readOpenPause,
} from '../storage/refund-pauses.ts';
import { addStaffNote } from '../storage/staff-notes.ts';
import { allApprovers } from './approval-need.ts';
import { checkApprover } from './check-approver.ts';
import type { RefundContext } from './context.ts';

/**
 * From the commit on no process sends a refund; one that was being sent at that instant still ends as the
 * shop says. Throws ExternalError when Slack cannot say who is an approver: nothing changed then.
 */
export async function pauseRefunds(
  context: RefundContext,
  by: StaffPerson,
  reason: string,
): Promise<PauseAnswer> {
  const approver = await findApprover(context, by);
  if (!approver) return { kind: 'not-allowed' };
  return inTransaction(context.db, async (tx): Promise<PauseAnswer> => {
    const { store } = context;
    const open = await lockOpenPause(tx, store, 'exclusive');
    if (open) return { kind: 'already-paused', pause: await describe(tx, open) };
    const pause = await describe(tx, await insertPause(tx, { store, reason, pausedBy: approver }));
    await tellStaff(tx, context, {
      by: approver,
      action: 'refunds.paused',
      detail: { reason, held: pause.held },
      text: `${approver.name} paused all refunds: ${reason}. ${held(pause.held)} until an approver resumes. Customers can still write and ask for returns, and approvals can be clicked.`,
    });
    return { kind: 'paused', pause };
  });
}

/**
 * Every refund that was held gets its job back, in the transaction that ends the pause. One press resumes
 * once: delivered again, it must not end a pause that was made after it. Throws as above.
 */
export async function resumeRefunds(
  context: RefundContext,
  by: StaffPerson,
  press: string,
): Promise<PauseAnswer> {
  const approver = await findApprover(context, by);
  if (!approver) return { kind: 'not-allowed' };
  return inTransaction(context.db, async (tx): Promise<PauseAnswer> => {
    const open = await lockOpenPause(tx, context.store, 'exclusive');
    const { store } = context;
    const entry = await recordInbound(tx, { store, provider: 'slack-resume', providerMessageId: press });
    if (!open) return { kind: 'not-paused' };
    if (entry === 'duplicate') return { kind: 'already-paused', pause: await describe(tx, open) };
    const ids = await heldRefunds(tx, open);
    await endPause(tx, open.id, approver);
    await together(...ids.map((refundId) => context.jobs.enqueue(tx, 'execute-refund', { refundId })));
    await tellStaff(tx, context, {
      by: approver,
      action: 'refunds.resumed',
      detail: { reason: open.reason, pausedBy: open.pausedBy.name, released: ids.length },
      text: `${approver.name} resumed refunds, which ${open.pausedBy.name} had paused: ${open.reason}. ${released(ids.length)}`,
    });
    return { kind: 'resumed', by: approver.name, released: ids.length };
  });
}

export async function readPause({
  db,
  store,
}: {
  readonly db: Db;
  readonly store: string;
}): Promise<Pause | undefined> {
  const open = await readOpenPause(db, store);
  return open && describe(db, open);
}

async function findApprover(context: RefundContext, by: StaffPerson): Promise<Decider | undefined> {
  const { approvals } = context;
  const right = approvals && (await checkApprover({ ...approvals, approvers: allApprovers(context) }, by));
  return right?.kind === 'approver' ? { userId: by.userId, name: right.name ?? by.name } : undefined;
}

async function describe(tx: Tx | Db, row: PauseRow): Promise<Pause> {
  const ids = await heldRefunds(tx, row);
  return { by: row.pausedBy.name, reason: row.reason, since: row.createdAt, held: ids.length };
}

type Told = {
  readonly by: Decider;
  readonly action: 'refunds.paused' | 'refunds.resumed';
  readonly detail: Readonly<Record<string, unknown>>;
  readonly text: string;
};

async function tellStaff(tx: Tx, { store, jobs }: RefundContext, told: Told): Promise<void> {
  const { by, action, detail, text } = told;
  await recordAudit(tx, { store, actor: by.userId, action, detail: { name: by.name, ...detail } });
  await addStaffNote(tx, jobs, { store, conversationId: null, kind: 'notice', text });
}

function held(count: number): string {
  if (count === 0) return 'No refund is held';
  return count === 1 ? '1 refund is held' : `${count} refunds are held`;
}

function released(count: number): string {
  if (count === 0) return 'None was held.';
  return count === 1 ? '1 held refund is being made.' : `${count} held refunds are being made.`;
}
