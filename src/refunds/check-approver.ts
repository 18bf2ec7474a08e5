import { ExternalError } from '../errors.ts';
import type { StaffPerson } from '../ports/staff-desk.ts';
import { mayApprove } from '../returns/approval.ts';
import type { ApprovalSetting } from './context.ts';

export type ApproverRight = { readonly kind: 'approver' | 'other'; readonly name?: string | undefined };

/**
 * Approvers of the store's own workspace, named one by one or as a group. Who is a guest, a bot or gone has
 * no right even when listed. Throws when Slack cannot say: nobody has a right then.
 */
export async function checkApprover(
  { directory, approvers }: Pick<ApprovalSetting, 'directory' | 'approvers'>,
  by: StaffPerson,
): Promise<ApproverRight> {
  if (by.teamId !== (await directory.homeTeamId())) return { kind: 'other' };
  const isNamed = mayApprove(approvers, by.userId, []);
  const groups: string[] = [];
  for (const group of isNamed ? [] : approvers.filter((id) => id.startsWith('S'))) {
    if ((await directory.membersOf(group)).includes(by.userId)) groups.push(group);
  }
  if (!mayApprove(approvers, by.userId, groups)) return { kind: 'other' };
  const member = await lookUp(directory, by.userId, isNamed);
  return { kind: member?.isFullMember ? 'approver' : 'other', name: member?.displayName };
}

/**
 * An app without the scope to read people still trusts a name its operator wrote, not a group's word. Any
 * other refusal is no answer.
 */
async function lookUp(directory: ApprovalSetting['directory'], userId: string, isNamed: boolean) {
  try {
    return await directory.lookUp(userId);
  } catch (error) {
    if (isNamed && error instanceof ExternalError && error.code === 'missing_scope')
      return { isFullMember: true, displayName: undefined };
    throw error;
  }
}
