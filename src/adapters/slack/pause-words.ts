import type { Pause, PauseAnswer } from '../../ports/staff-desk.ts';
import { escapeMrkdwn, mrkdwnDate } from './mrkdwn.ts';

/** What became of a wish to pause or resume, for whoever reads it. */
export function pauseSentence(answer: PauseAnswer): string {
  switch (answer.kind) {
    case 'paused':
      return `${escapeMrkdwn(answer.pause.by, 80)} paused all refunds: ${escapeMrkdwn(answer.pause.reason, 600)}\n${heldText(answer.pause.held)}`;
    case 'already-paused':
      return `Refunds are paused already. ${pauseText(answer.pause)}`;
    case 'resumed':
      return `${escapeMrkdwn(answer.by, 80)} resumed refunds. ${releasedText(answer.released)}`;
    case 'not-paused':
      return 'Refunds are not paused. Nothing was changed.';
    case 'not-allowed':
      return 'Only approvers can pause and resume refunds. Nothing was changed.';
  }
}

export function pauseText({ by, reason, since, held }: Pause): string {
  return `Paused by ${escapeMrkdwn(by, 80)}, ${mrkdwnDate(since)}: ${escapeMrkdwn(reason, 600)}\n${heldText(held)}`;
}

export const pauseFailed = 'That did not work; nothing was changed. Please try again in a moment.';

export const pauseSlow =
  'I am on it, but this takes longer than usual. Please press again in a moment; it cannot count twice.';

function heldText(count: number): string {
  if (count === 0) return 'No refund is held.';
  return count === 1 ? '1 refund is held.' : `${count} refunds are held.`;
}

function releasedText(count: number): string {
  if (count === 0) return 'None was held.';
  return count === 1 ? '1 held refund is being made.' : `${count} held refunds are being made.`;
}
