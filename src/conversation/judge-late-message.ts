import { clockSkewMs } from '../ports/clock.ts';
import type { Message } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { customerTextsAfter, forgetShownAfter } from '../storage/lost-messages.ts';
import { type Keyword, readKeyword } from './keywords.ts';

export type Late = {
  readonly sentAt: Date;
  /** Nobody waits for an answer to it any more. */
  readonly isTooOld: boolean;
};

/**
 * What a text may still do that was written before others that came first. It agrees to nothing that was
 * shown after it, and its STOP or START holds only while no later word of theirs says otherwise; where clocks
 * leave that open, they are written to no more.
 */
export async function judgeLateMessage(
  tx: Tx,
  message: Message,
  { sentAt, isTooOld }: Late,
  keyword: Keyword | undefined,
): Promise<'as-any-other' | 'only-recorded'> {
  await forgetShownAfter(tx, message.conversationId, new Date(sentAt.getTime() - clockSkewMs));
  if (keyword === 'stop') {
    return (await saidSince('start', clockSkewMs)) ? 'only-recorded' : 'as-any-other';
  }
  if (isTooOld || (keyword === 'start' && (await saidSince('stop', -clockSkewMs)))) return 'only-recorded';
  return 'as-any-other';

  async function saidSince(word: Keyword, afterMs: number): Promise<boolean> {
    const instant = new Date(sentAt.getTime() + afterMs);
    const texts = await customerTextsAfter(tx, message, instant);
    return texts.some((text) => readKeyword(text, { optedOut: true })?.kind === word);
  }
}
