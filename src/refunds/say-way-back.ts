import type { ReturnRow } from '../storage/returns.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import { sayDay, sayOwed, sayPieces } from './settlement-sentence.ts';

/** What is to be sent back and how, what follows, and until when. */
export function sayWayBack(
  { labelUrl, closesAt }: Pick<ReturnRow, 'labelUrl' | 'closesAt'>,
  quote: Pick<StoredQuote, 'lines' | 'amount' | 'storeCredit' | 'exchange'>,
  instructions: string | undefined,
): string {
  return [
    `To send back: ${sayPieces(quote.lines)}.`,
    ...(instructions ? [instructions] : []),
    ...(labelUrl ? [`The label: ${labelUrl}`] : []),
    `As soon as it has arrived, ${sayOwed(quote)} will follow.`,
    ...(closesAt ? [`The return stays open until ${sayDay(closesAt)}.`] : []),
  ].join(' ');
}
