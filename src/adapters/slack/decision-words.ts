import type { DecisionAnswer } from '../../ports/approval-desk.ts';
import { escapeMrkdwn } from './mrkdwn.ts';

export const answerWords = {
  notACard: 'This is not an approval I posted here. Nothing was changed.',
  noModal: 'The window for the reason did not open. Nothing was changed; please click again.',
  /** The click may have been recorded before the failure, and one approval has one decision. */
  unsure: 'I could not confirm your click. Please click again; it cannot count twice.',
} as const;

/** In plain words for the one who clicked; undefined when the card itself shows the outcome. */
export function sentence(answer: DecisionAnswer): string | undefined {
  switch (answer.kind) {
    case 'accepted':
      return undefined;
    case 'already-decided':
      return `Already ${answer.state} by ${escapeMrkdwn(answer.by, 80)}.`;
    case 'expired':
      return 'This approval has expired. Nothing was refunded.';
    case 'stale':
      return 'The order changed after this card was posted. Nothing was refunded; a fresh card follows.';
    case 'not-allowed':
      return answer.why === 'requester'
        ? 'You asked for this refund yourself, so somebody else has to decide. Nothing was changed.'
        : 'You may not decide about this refund. Nothing was changed.';
    case 'not-found':
      return answerWords.notACard;
    case 'try-later':
      return 'Nothing was changed; please click again in a moment.';
  }
}
