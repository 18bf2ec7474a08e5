import { ExternalError } from '../../errors.ts';
import type { ApprovalCard } from '../../ports/approval-desk.ts';
import { buildApprovalCard, buildShortCard, type SlackMessage } from './approval-card.ts';

/**
 * Slack's own count is undocumented (https://github.com/slackapi/bolt-js/issues/2509), and blocks that are
 * legal today may not be tomorrow. All of these mean that nothing was posted.
 */
const doesNotFit = new Set([
  'msg_too_long',
  'msg_blocks_too_long',
  'invalid_blocks',
  'invalid_blocks_format',
]);

/** Sends the whole card, and once more as a short one when Slack does not take it as it is. */
export async function sendCard<Answer>(
  card: ApprovalCard,
  send: (message: SlackMessage) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(buildApprovalCard(card));
  } catch (error) {
    if (!(error instanceof ExternalError) || !doesNotFit.has(error.code ?? '')) throw error;
    return await send(buildShortCard(card));
  }
}
