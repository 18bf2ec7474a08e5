import type { Attached, Model } from '../ports/model.ts';
import type { Message } from '../storage/conversations.ts';
import { type MediaFacts, mediaOf, readMedia } from '../storage/media.ts';
import type { ConversationContext } from './context.ts';

/** What came with messages, by their ids; a message nothing came with is not in it. */
export type Attachments = ReadonlyMap<string, readonly Attached[]>;

/** What a model sees of them at most: the newest. Each costs as much as some hundred words. */
const mostPictures = 3;

/** For those who are to answer: pictures themselves only where a model reads them. */
export async function gatherAttachments(
  context: Pick<ConversationContext, 'refunds' | 'media'>,
  messages: readonly Message[],
  models: readonly Model[],
): Promise<Attachments> {
  const having = messages.filter(({ mediaCount, setAsideIn }) => mediaCount > 0 && setAsideIn === null);
  const facts = await mediaOf(
    context.refunds.db,
    having.map(({ id }) => id),
  );
  const isSeen = models.some(({ readsPictures }) => readsPictures);
  const pictures = having
    .flatMap(({ id }) => facts.filter(({ messageId }) => messageId === id))
    .filter(isPicture);
  const seen = new Map<string, string>();
  for (const { id } of isSeen ? pictures.slice(-mostPictures) : []) {
    const kept = await readMedia(context.refunds.db, id);
    if (kept && context.media) {
      seen.set(id, (await context.media.cleaner.shrink(kept.data)).toString('base64'));
    }
  }
  return new Map(
    having.map((message) => [
      message.id,
      facts
        .filter(({ messageId }) => messageId === message.id)
        .flatMap((each) => describe(each, message, seen.get(each.id))),
    ]),
  );
}

function isPicture({ state, kind }: MediaFacts): boolean {
  return state === 'stored' && kind === 'picture';
}

function describe(
  facts: MediaFacts,
  { spoken }: Message,
  jpegBase64: string | undefined,
): readonly Attached[] {
  if (facts.kind === 'voice') return spoken ? [] : [{ kind: 'unheard-voice' }];
  if (isPicture(facts)) return [{ kind: 'picture', ...(jpegBase64 && { jpegBase64 }) }];
  return [{ kind: 'unreadable' }];
}
