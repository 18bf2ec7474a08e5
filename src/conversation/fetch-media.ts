import type { VoiceNote } from '../ports/media.ts';
import type { ModelUsage } from '../ports/model.ts';
import type { ConversationId, MediaId } from '../returns/ids.ts';
import { type Conversation, lockWithSender } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import { findWaitingMedia, type SettledMedia, settleMedia } from '../storage/media.ts';
import { addPictureNotes, openCards } from '../storage/picture-notes.ts';
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
    if (await settleMedia(tx, id, settled)) {
      if (heard && heard.text !== '') {
        await storeHeard(tx, context, locked, waiting.messageId, heard.text);
      }
      if (settled.kind === 'picture') await showToStaff(tx, context, locked.conversation, id);
    }
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

/** To whoever has the conversation, and to those who decide about a refund of it. */
async function showToStaff(
  tx: Tx,
  { refunds: { jobs }, support }: ConversationContext,
  { store, id: conversationId, owner }: Conversation,
  mediaId: MediaId,
): Promise<void> {
  if (!support) return;
  const place = { store, conversationId };
  if (owner === 'person') await addPictureNotes(tx, jobs, place, [mediaId]);
  for (const thread of await openCards(tx, conversationId)) {
    await addPictureNotes(tx, jobs, { ...place, thread }, [mediaId]);
  }
}
