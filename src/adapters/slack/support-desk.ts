import type { CardReference } from '../../ports/approval-desk.ts';
import type { SupportDesk } from '../../ports/support-desk.ts';
import type { SlackMessage } from './approval-card.ts';
import { referenceTo } from './card-reference.ts';
import { findMessage } from './find-message.ts';
import type { SlackClient } from './slack-client.ts';
import { buildNote, buildThreadRoot, buildTranscript } from './support-thread.ts';
import { pictureName, type UploadBytes, uploadPicture } from './upload-picture.ts';

export type SupportDeskOptions = {
  readonly client: SlackClient;
  readonly channel: string;
  readonly upload: UploadBytes;
  now(): Date;
};

const threadEvent = 'support_thread';
const noteEvent = 'support_note';
/** How far back a thread that was begun and not finished is looked for. */
const resumeMs = 24 * 60 * 60 * 1000;

type Where = { readonly thread_ts: string } | { readonly thread_ts: string; readonly reply_broadcast: true };

/**
 * A thread counts as open when the whole transcript is in it: the last part carries the thread's key.
 * `openThread` continues one that an earlier attempt began, so it may be called again after any failure.
 */
export function createSupportDesk({ client, channel, upload, now }: SupportDeskOptions): SupportDesk {
  async function post(message: SlackMessage, eventType: string, key: string, where?: Where) {
    const posted = await client.call('chat.postMessage', {
      channel,
      ...message,
      metadata: { event_type: eventType, event_payload: { key } },
      unfurl_links: false,
      unfurl_media: false,
      ...(where ?? {}),
    });
    return referenceTo(posted);
  }

  async function findRoot(key: string, since: Date): Promise<CardReference | undefined> {
    const ts = await findMessage(client, { channel, since, eventType: threadEvent, payload: { key } });
    return ts === undefined ? undefined : { channel, ts };
  }

  async function hasReply(thread: CardReference, key: string): Promise<boolean> {
    const query = { channel: thread.channel, threadTs: thread.ts, eventType: noteEvent, payload: { key } };
    return (await findMessage(client, query)) !== undefined;
  }

  return {
    async openThread(thread) {
      const begun = await findRoot(thread.key, new Date(now().getTime() - resumeMs));
      const root = begun ?? (await post(buildThreadRoot(thread), threadEvent, thread.key));
      const parts = buildTranscript(thread);
      for (const [index, part] of parts.entries()) {
        const key = index === parts.length - 1 ? lastPart(thread.key) : `${thread.key}#${index}`;
        if (begun === undefined || !(await hasReply(root, key)))
          await post(part, noteEvent, key, { thread_ts: root.ts });
      }
      return root;
    },

    async findThread(key, since) {
      const root = await findRoot(key, since);
      return root !== undefined && (await hasReply(root, lastPart(key))) ? root : undefined;
    },

    async addToThread(reference, note) {
      await post(buildNote(note), noteEvent, note.key, { thread_ts: reference.ts });
    },

    async addPicture(reference, picture) {
      await uploadPicture({ client, upload }, reference, picture);
    },

    async findPicture({ channel: where, ts }, key) {
      const query = { channel: where, threadTs: ts, fileName: pictureName(key) };
      return (await findMessage(client, query)) !== undefined;
    },

    async pointOut(reference, note) {
      const where = { thread_ts: reference.ts, reply_broadcast: true } as const;
      await post(buildNote(note), noteEvent, note.key, where);
    },

    findNote: (reference, key) => hasReply(reference, key),

    async notify(note) {
      await post(buildNote(note), noteEvent, note.key);
    },
  };
}

function lastPart(key: string): string {
  return `${key}#last`;
}
