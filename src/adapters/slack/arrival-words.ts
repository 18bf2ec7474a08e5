import type { FoundReturn, OpenReturn, TakeInAnswer } from '../../ports/staff-desk.ts';
import { escapeMrkdwn, mrkdwnDate } from './mrkdwn.ts';

/** One return on its way, for Home and `/returns open`. */
export function openReturnText(open: OpenReturn): string {
  const { name, orderName, missing, amount, settlement, openedAt, closesAt, hasLabel } = open;
  const items = missing.slice(0, 5).map(({ title, quantity }) => `${quantity} × ${escapeMrkdwn(title, 100)}`);
  const more = missing.length > items.length ? [`and ${missing.length - items.length} more`] : [];
  return [
    `*${escapeMrkdwn(name, 60)}* of order ${escapeMrkdwn(orderName, 60)} · ${escapeMrkdwn(amount, 40)} · ${escapeMrkdwn(settlement.join(', '), 400)}`,
    [...items, ...more].join(', '),
    [
      `Opened ${mrkdwnDate(openedAt)}`,
      ...(closesAt === undefined ? [] : [`closes ${mrkdwnDate(closesAt)}`]),
      hasLabel ? 'label sent' : 'no label',
    ].join(' · '),
  ].join('\n');
}

/** Why no window is opened; mrkdwn. */
export function notFoundWords(found: Exclude<FoundReturn, { kind: 'found' }>): string {
  switch (found.kind) {
    case 'several':
      return `There are several: ${found.names.map((name) => escapeMrkdwn(name, 60)).join(', ')}. Name one of them.`;
    case 'not-found':
      return 'No return of this name is on its way. Nothing was changed.';
    case 'not-allowed':
      return refusals[found.why];
  }
}

/** What came of taking something in; mrkdwn. */
export function takeInSentence(answer: TakeInAnswer | undefined): string {
  switch (answer?.kind) {
    case undefined:
      return arrivalWords.unsure;
    case 'recorded':
      return escapeMrkdwn(answer.say, 600);
    case 'already':
      return 'Something of it was taken in since this window was opened, and counts once. What is still missing is in the Home tab.';
    case 'not-open':
      return 'This return is not open any more. Nothing was changed.';
    case 'not-found':
      return 'This is not a return I opened. Nothing was changed.';
    case 'bad-lines':
      return escapeMrkdwn(answer.say, 300);
    case 'not-allowed':
      return refusals[answer.why];
  }
}

const refusals = {
  'not-staff': 'Only staff of this store can take returns in. Nothing was changed.',
  requester:
    'You asked for this refund yourself, and nobody had to approve it, so a colleague has to take the goods in. Nothing was changed.',
} as const;

export const arrivalWords = {
  noModal: 'The window did not open in time. Nothing was changed; please click again.',
  slow: 'I am on it, but this takes longer than usual. Please send it again in a moment; it cannot count twice.',
  unsure: 'I could not confirm that. Please send it again; it cannot count twice.',
  nameIt: 'Name the return or its order, such as `/returns arrived #1001-R1`.',
} as const;
