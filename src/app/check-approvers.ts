import { ExternalError } from '../errors.ts';
import type { Log } from '../log.ts';
import type { StaffDirectory } from '../ports/staff-directory.ts';
import type { Policy } from '../returns/policy.ts';

export type ApproverProblem = {
  readonly id: string;
  /** `approvals`, or the id of a rule. */
  readonly where: string;
  readonly why: 'unknown_group' | 'empty_group' | 'not_a_colleague';
};

/** The approvers whom a policy names and Slack does not know. Throws ExternalError when Slack cannot be asked. */
export async function checkApprovers(
  { approvalTiers = [], rules = [] }: Policy,
  directory: StaffDirectory,
): Promise<readonly ApproverProblem[]> {
  const named = [
    ...approvalTiers.map(({ approvers }) => ({ where: 'approvals', approvers })),
    ...rules.map(({ id, outcomes }) => ({ where: id, approvers: outcomes.approval?.approvers })),
  ].flatMap(({ where, approvers = [] }) => approvers.map((id) => ({ where, id })));
  const problems: ApproverProblem[] = [];
  for (const one of named) {
    const why = await findProblem(one.id, directory);
    if (why) problems.push({ ...one, why });
  }
  return problems;
}

/** In the background: nothing waits for Slack. */
export function warnAboutApprovers(policy: Policy, directory: StaffDirectory, log: Log): void {
  checkApprovers(policy, directory).then(
    (problems) => {
      for (const { id, where, why } of problems) {
        log.warn('The policy names approvers who cannot approve', { rule: where, kind: id, why });
      }
    },
    (error: unknown) =>
      log.warn('Slack could not be asked whether the approvers of the policy exist', { error }),
  );
}

async function findProblem(
  id: string,
  directory: StaffDirectory,
): Promise<ApproverProblem['why'] | undefined> {
  if (!id.startsWith('S')) {
    return (await directory.lookUp(id))?.isFullMember ? undefined : 'not_a_colleague';
  }
  try {
    return (await directory.membersOf(id)).length === 0 ? 'empty_group' : undefined;
  } catch (error) {
    if (error instanceof ExternalError && unknownGroup.has(error.code ?? '')) return 'unknown_group';
    throw error;
  }
}

const unknownGroup = new Set(['no_such_subteam', 'subteam_not_found', 'usergroup_not_found']);
