import type { HomeView, StaffPerson } from '../ports/staff-desk.ts';
import { allApprovers } from '../refunds/approval-need.ts';
import { checkApprover } from '../refunds/check-approver.ts';
import type { ConversationContext } from './context.ts';
import { isStaff } from './is-staff.ts';

/**
 * Whom the store's own workspace knows, and nobody else's: not further workspaces' people, guests or bots. An
 * approver need not be on the list of staff. Throws ExternalError when Slack cannot say who this is.
 */
export async function whoIs(
  { refunds, staff }: ConversationContext,
  by: StaffPerson,
): Promise<HomeView['person']> {
  if (!staff || by.teamId !== (await staff.directory.homeTeamId())) return 'nobody';
  const { approvals } = refunds;
  const approvers = allApprovers(refunds);
  const right = approvals && (await checkApprover({ ...approvals, approvers }, by));
  if (right?.kind === 'approver') return 'approver';
  return (await isStaff(staff, by)) ? 'staff' : 'nobody';
}
