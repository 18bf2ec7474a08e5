import type { HomeView } from '../../ports/staff-desk.ts';
import type { SlackMessage } from './approval-card.ts';
import { approvalText } from './home-view.ts';
import { openReturnBlock } from './open-return-block.ts';
import { pauseText } from './pause-words.ts';
import { returnsCommand } from './slack-events.ts';

const maxListed = 20;

export const commandHelp = [
  `\`${returnsCommand} pending\`: the refunds that wait for approval`,
  `\`${returnsCommand} open\`: the returns on their way`,
  `\`${returnsCommand} arrived\` and the number of a return or its order: takes in what is here`,
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

export function openReturnsList({ returns: { newest, count } }: HomeView): SlackMessage {
  const text = count === 1 ? '1 return is on its way.' : `${count} returns are on their way.`;
  if (count === 0) return { text: 'No return is on its way.', blocks: [] };
  const shown = newest.slice(0, maxListed);
  const rest = count - shown.length;
  const words = rest > 0 ? `${text} The newest ${shown.length}:` : text;
  return {
    text: words,
    blocks: [
      { type: 'section', text: { type: 'mrkdwn', text: words, verbatim: true } },
      ...shown.map(openReturnBlock),
    ],
  };
}
