import type { ReceivedText } from '../ports/received-texts.ts';
import { type Db, databaseNow } from '../storage/database.ts';
import { isDatabaseFault } from '../storage/is-database-fault.ts';
import { deliveredOf, firstDelivery } from '../storage/lost-messages.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import type { ConversationContext } from './context.ts';
import { receiveMessage } from './receive-message.ts';

const nextLookMs = 5 * 60_000;
/** Clocks differ, lists lag, and what was too young the last time has to be seen again. */
const overlapMs = 20 * 60_000;
/** Its webhook, the repetition included, may still be under way for so long, and tells more than the list. */
const settledMs = 60_000;
const dayMs = 86_400_000;

/**
 * Twilio repeats a webhook that nobody took once, and then no more. What it took in and never delivered is
 * taken in here as its webhook would have been; the next look is set in the transaction that ends this one.
 */
export async function sweepInbound(
  context: ConversationContext,
  progress: { readonly since: string } | undefined,
): Promise<void> {
  const { received, refunds } = context;
  if (!received) return;
  const { db, jobs, store, log } = refunds;
  const now = (await databaseNow(db)).getTime();
  const since = progress ? new Date(progress.since) : await firstLook(db, store, now);
  const listed = since.getTime() < now ? await received.list(since) : [];
  const settled = listed.filter(({ sentAt }) => sentAt.getTime() <= now - settledMs);
  const lost = await withoutDelivered(db, store, settled);
  for (const text of lost) await takeInOrTell(context, text, now);
  if (lost.length > 0) log.warn('Texts that were never delivered were found', { count: lost.length });
  const next = new Date(Math.max(since.getTime(), now - overlapMs));
  await db.transaction((tx) =>
    jobs.enqueue(
      tx,
      'sweep-inbound',
      { store, progress: { since: next.toISOString() } },
      { startAfter: new Date(now + nextLookMs) },
    ),
  );
}

/** A day back, and never further than the program is in use: what came before was somebody else's to answer. */
async function firstLook(db: Db, store: string, now: number): Promise<Date> {
  const first = (await firstDelivery(db, store, 'twilio'))?.getTime() ?? now;
  return new Date(Math.max(first, now - dayMs));
}

async function withoutDelivered(
  db: Db,
  store: string,
  texts: readonly ReceivedText[],
): Promise<readonly ReceivedText[]> {
  const ids = texts.map(({ messageSid }) => messageSid);
  const delivered = await deliveredOf(db, store, 'twilio', ids);
  return texts.filter(({ messageSid }) => !delivered.has(messageSid));
}

/** One that fails every time must not keep those behind it: people are told, and the next looks try it again. */
async function takeInOrTell(context: ConversationContext, text: ReceivedText, now: number): Promise<void> {
  try {
    await takeIn(context, text, now);
  } catch (error) {
    if (isDatabaseFault(error)) throw error;
    const { db, jobs, store, log } = context.refunds;
    log.error('A text that was never delivered cannot be taken in', { messageSid: text.messageSid, error });
    const note = `A text was never delivered to me and I fail to take it in: ${text.messageSid}. Please read it in Twilio's log.`;
    await db.transaction((tx) => addStaffNoteOnce(tx, jobs, { store, text: note }, 'ever'));
  }
}

async function takeIn(
  context: ConversationContext,
  { messageSid, channel, from, phone, text, sentAt }: ReceivedText,
  now: number,
): Promise<void> {
  await receiveMessage(context, {
    provider: 'twilio',
    providerMessageId: messageSid,
    channel,
    address: from,
    phone,
    text,
    late: { sentAt, isTooOld: now - sentAt.getTime() > dayMs },
  });
}
