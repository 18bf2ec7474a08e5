import { introduce } from '../returns/introduction.ts';
import { quietUntil } from '../returns/quiet-hours.ts';
import type { LockedConversation } from '../storage/conversations.ts';
import { markIntroduced } from '../storage/customers.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { type OutboxRow, rewordOutbox } from '../storage/outbox.ts';
import type { ConversationContext } from './context.ts';

/** Who wrote within that time is talking to us: what the bot then says is part of it, whatever the hour. */
const talkingMs = 3_600_000;

/** Of what waits, what goes out now, as it goes out. The caller holds the conversation's lock. */
export async function prepareDelivery(
  tx: Tx,
  context: ConversationContext,
  locked: LockedConversation,
  waiting: readonly OutboxRow[],
): Promise<readonly OutboxRow[]> {
  const { conversation, optedOut } = locked;
  const isPhone = conversation.channel === 'sms' || conversation.channel === 'whatsapp';
  if (!isPhone || optedOut) return waiting;
  return sayWhoWrites(tx, context, locked, await leaveForTheMorning(tx, context, locked, waiting));
}

/** What the bot says of its own accord waits until the night is over where they are. */
async function leaveForTheMorning(
  tx: Tx,
  { quietHours, refunds: { jobs } }: ConversationContext,
  { conversation, sender }: LockedConversation,
  waiting: readonly OutboxRow[],
): Promise<readonly OutboxRow[]> {
  const mayWait = ({ unprompted, attempts }: OutboxRow) => unprompted && attempts === 0;
  if (!quietHours || !waiting.some(mayWait)) return waiting;
  const now = await databaseNow(tx);
  if (now.getTime() - conversation.lastActivityAt.getTime() < talkingMs) return waiting;
  const startAfter = quietUntil(now, sender.phone ?? sender.address, quietHours);
  if (!startAfter) return waiting;
  await jobs.enqueue(tx, 'deliver-messages', { conversationId: conversation.id }, { startAfter });
  return waiting.filter((row) => !mayWait(row));
}

/** Once to every address. A text that was tried keeps its words: by them it is found at the provider. */
async function sayWhoWrites(
  tx: Tx,
  { storeName }: ConversationContext,
  { conversation, sender }: LockedConversation,
  rows: readonly OutboxRow[],
): Promise<readonly OutboxRow[]> {
  const [first] = rows;
  if (sender.introducedAt || !first || first.attempts > 0) return rows;
  const parts = rows.filter(({ messageId }) => messageId === first.messageId);
  const bodies = introduce(
    parts.map(({ body }) => body),
    storeName,
    { withStopHint: conversation.channel === 'sms' },
  );
  if (bodies.some((body) => body.length > 1600)) return rows;
  await markIntroduced(tx, sender.id);
  const reworded = parts.map((row, index) => ({ ...row, body: bodies[index] ?? row.body }));
  for (const { id, body } of reworded) await rewordOutbox(tx, id, body);
  return [...reworded, ...rows.slice(parts.length)];
}
