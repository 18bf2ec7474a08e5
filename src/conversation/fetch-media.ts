import type { MediaId } from '../returns/ids.ts';
import { findMediaSource, type SettledMedia, settleMedia } from '../storage/media.ts';
import type { ConversationContext } from './context.ts';

/** Gets one attachment and keeps what was made of it. Throws ExternalError while the provider cannot be asked. */
export async function fetchMedia(context: ConversationContext, id: MediaId): Promise<void> {
  const { db, metrics } = context.refunds;
  const address = await findMediaSource(db, id);
  if (address === undefined) return;
  const settled = await getSafe(context, address);
  await settleMedia(db, id, settled);
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
