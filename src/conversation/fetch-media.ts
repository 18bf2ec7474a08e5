import type { VoiceNote } from '../ports/media.ts';
import type { ModelUsage } from '../ports/model.ts';
import type { ConversationId, MediaId } from '../returns/ids.ts';
import { type LockedConversation, lockWithSender } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { findWaitingMedia, type SettledMedia, settleMedia, type WaitingMedia } from '../storage/media.ts';
import { chooseModels } from './choose-models.ts';
import type { ConversationContext } from './context.ts';
import { recordCost } from './record-cost.ts';
import { storeHeard } from './store-heard.ts';

/** Gets one attachment and keeps what was made of it. Throws ExternalError while the provider cannot be asked. */
export async function fetchMedia(context: ConversationContext, id: MediaId): Promise<void> {
  const { db, metrics } = context.refunds;
  const waiting = await findWaitingMedia(db, id);
  if (!waiting) return;
  const settled = await getSafe(context, waiting.source);
  const heard = settled.kind === 'voice' ? await hear(context, waiting.conversationId, settled) : undefined;
  await db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, waiting.conversationId);
    if (await settleMedia(tx, id, settled)) await passOn(tx, context, locked, waiting, heard);
    if (heard) await recordCost(tx, context, { id: waiting.conversationId }, [heard]);
  });
  metrics.media(settled.kind === 'refused' ? settled.reason : settled.kind);
}

/** Nobody waits for it any more; the customer can send it again. */
export async function giveUpMedia({ refunds }: ConversationContext, id: MediaId): Promise<void> {
  await settleMedia(refunds.db, id, { kind: 'refused', reason: 'unavailable' });
  refunds.metrics.media('unavailable');
}

async function getSafe({ media }: ConversationContext, address: string): Promise<SettledMedia> {
  if (!media) return { kind: 'refused', reason: 'unavailable' };
  const fetched = await media.source.fetch(address);
  return fetched.kind === 'refused' ? fetched : media.cleaner.clean(fetched.bytes);
}

type Heard = { readonly text: string; readonly model: string; readonly usage: ModelUsage };

/** Undefined where it could not be heard: whoever sent it is asked to write, and nothing is tried again. */
async function hear(
  context: ConversationContext,
  conversationId: ConversationId,
  voice: VoiceNote,
): Promise<Heard | undefined> {
  const { media, models } = context;
  if (!media?.transcriber) return undefined;
  const chosen = await chooseModels(context, conversationId);
  if (chosen.length < models.length) return undefined;
  const heard = await media.transcriber.transcribe(voice);
  return heard.kind === 'heard' ? { ...heard, model: media.transcriber.name } : undefined;
}

async function passOn(
  tx: Tx,
  context: ConversationContext,
  locked: LockedConversation,
  { messageId }: WaitingMedia,
  heard: Heard | undefined,
): Promise<void> {
  if (heard && heard.text !== '') await storeHeard(tx, context, locked, messageId, heard.text);
}
