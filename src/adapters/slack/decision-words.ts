import type { DecisionAnswer } from '../../ports/approval-desk.ts';
import { escapeMrkdwn, plainLine } from './mrkdwn.ts';

export const answerWords = {
  notACard: 'This is not an approval I posted here. Nothing was changed.',
  noModal: 'The window did not open in time. Nothing was changed; please click again.',
  slow: 'I am on it, but this takes longer than usual. If nothing follows, please click again; it cannot count twice.',
  /** The click may have been recorded before the failure, and one approval has one decision. */
  unsure: 'I could not confirm your click. Please click again; it cannot count twice.',
} as const;

/** For App Home, which shows no card. */
export const acceptedWords = {
  approved: 'You approved the refund.',
  denied: 'You denied the refund; the customer is told.',
  lowered: 'You approved a lower amount; it has a card of its own.',
} as const;

/** In plain words for the one who clicked; undefined when the card itself shows the outcome. */
export function sentence(answer: DecisionAnswer): string | undefined {
  switch (answer.kind) {
    case 'accepted':
      return undefined;
    case 'counted':
      return `Counted: ${progress(answer)}`;
    case 'counted-before':
      return `You approved this before, and it counts once: ${progress(answer)}`;
    case 'already-decided': {
      const by = escapeMrkdwn(answer.by, 80);
      return answer.state === 'lowered'
        ? `Already lowered by ${by}: the card with the lower amount counts now.`
        : `Already ${answer.state} by ${by}.`;
    }
    case 'bad-amount':
      return escapeMrkdwn(answer.say, 300);
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
      return tryLater;
  }
}

/** What a modal says under its field, in plain text; undefined when sending it again cannot help. */
export function typeAgain(answer: DecisionAnswer | undefined): string | undefined {
  if (answer === undefined) return answerWords.unsure;
  if (answer.kind === 'bad-amount') return plainLine(answer.say, 300);
  return answer.kind === 'try-later' ? tryLater : undefined;
}

const tryLater = 'Nothing was changed; please click again in a moment.';

function progress({ have, need }: { readonly have: number; readonly need: number }): string {
  const missing = need - have;
  const others = missing > 1 ? `${missing} other approvers have` : 'Another approver has';
  return `${have} of ${need}. ${others} to agree.`;
}
