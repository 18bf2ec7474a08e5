import type { HomeView } from '../../ports/staff-desk.ts';
import { approvalText } from './home-view.ts';
import { pauseText } from './pause-words.ts';
import { returnsCommand } from './slack-events.ts';

const maxListed = 20;

export const commandHelp = [
  `\`${returnsCommand} pending\`: the refunds that wait for approval`,
  `\`${returnsCommand} pause\` and a reason: stops every refund at once (approvers)`,
  `\`${returnsCommand} resume\`: makes the refunds that were held (approvers)`,
  `\`${returnsCommand}\` and a question: I answer you in our direct messages`,
].join('\n');

export function pendingText({ approvals, pause }: HomeView, workspaceUrl: string | undefined): string {
  const paused = pause === undefined ? [] : [`*Refunds are paused.* ${pauseText(pause)}`];
  if (approvals.length === 0) return [...paused, 'No refund waits for approval.'].join('\n');
  const lines = approvals.slice(0, maxListed).map((approval) => approvalText(approval, workspaceUrl));
  const rest = approvals.length - lines.length;
  return [...paused, ...lines, ...(rest > 0 ? [`and ${rest} more`] : [])].join('\n');
}
