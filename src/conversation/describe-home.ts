import type { HomeView, WaitingApproval } from '../ports/staff-desk.ts';
import { allApprovers } from '../refunds/approval-need.ts';
import { checkApprover } from '../refunds/check-approver.ts';
import { readPause } from '../refunds/pause-refunds.ts';
import { formatMoney } from '../returns/money.ts';
import { canBeLowered, saySettlement } from '../returns/settlement-words.ts';
import {
  figuresOfToday,
  openHandOffs,
  type WaitingApprovalRow,
  waitingApprovals,
} from '../storage/home-figures.ts';
import type { ConversationContext } from './context.ts';
import { isStaff } from './is-staff.ts';
import { maskPersonalData } from './mask-personal-data.ts';

/**
 * What one person may see of the store's day: all of it, or nothing. Throws ExternalError when Slack cannot
 * say who this is.
 */
export async function describeHome(context: ConversationContext, userId: string): Promise<HomeView> {
  const person = await whoIs(context, userId);
  if (person === 'nobody') return { ...nothing, person };
  const { db, store } = context.refunds;
  const [approvals, handOffs, today, pause] = await Promise.all([
    waitingApprovals(db, store),
    openHandOffs(db, store),
    figuresOfToday(db, store),
    readPause(context.refunds),
  ]);
  return {
    person,
    approvals: approvals.map(toWaitingApproval),
    handOffs: handOffs.map(({ reason, since, takenBy, thread }) => ({
      // A model's own words may quote the customer; what was said belongs into the thread.
      reason: maskPersonalData(reason ?? 'A colleague took it over.'),
      since,
      takenBy: takenBy ?? undefined,
      thread: thread ?? undefined,
    })),
    today: { ...today, refunded: today.refunded.map(formatMoney) },
    pause,
  };
}

const nothing = {
  approvals: [],
  handOffs: [],
  today: { conversations: 0, refunds: 0, refunded: [], handOffs: 0 },
  pause: undefined,
} as const;

/** An approver may see the home without being on the list of staff. */
async function whoIs({ refunds, staff }: ConversationContext, userId: string): Promise<HomeView['person']> {
  if (!staff) return 'nobody';
  const by = { userId, teamId: await staff.directory.homeTeamId(), name: userId };
  const { approvals } = refunds;
  const approvers = allApprovers(refunds);
  const right = approvals && (await checkApprover({ ...approvals, approvers }, by));
  if (right?.kind === 'approver') return 'approver';
  return (await isStaff(staff, by)) ? 'staff' : 'nobody';
}

function toWaitingApproval(row: WaitingApprovalRow): WaitingApproval {
  const { approvalId, orderName, have, need, expiresAt } = row;
  return {
    approvalId,
    orderName,
    amount: formatMoney(row.amount),
    settlement: saySettlement(row.quote),
    canBeLowered: canBeLowered(row.quote),
    votes: { have, need },
    expiresAt,
    card: row.card ?? undefined,
  };
}
