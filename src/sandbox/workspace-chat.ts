import { refuseBlocks } from './workspace-blocks.ts';
import { echoChange } from './workspace-edits.ts';
import { isFields } from './workspace-elements.ts';
import { type Method, messageJson, type Refusal, refused } from './workspace-methods.ts';
import { botUserId, findPerson } from './workspace-people.ts';
import { findPlace, refuseWriting, whereToPost } from './workspace-places.ts';
import { echo } from './workspace-say.ts';
import {
  type Block,
  type Fields,
  fillBlockIds,
  nextTs,
  type SlackMessage,
  type WorkspaceOptions,
} from './workspace-state.ts';
import { clearStatus } from './workspace-status.ts';

const maxTextCharacters = 40_000;

/** chat.*: https://docs.slack.dev/reference/methods/chat.postMessage */
export const chatMethods: Readonly<Record<string, Method>> = {
  'chat.postMessage': (args, options) => {
    const { state } = options.file;
    const channel = whereToPost(asText(args.channel) ?? '');
    const closed = refuseWriting(channel, state);
    if (closed) return closed;
    const draft = compose(channel, args, options);
    if ('ok' in draft) return draft;
    const threadTs = asText(args.thread_ts);
    if (threadTs !== undefined && !findMessage(options, draft.channel, threadTs))
      return refused('thread_not_found');
    const metadata = args.metadata;
    if (metadata !== undefined && !isMetadata(metadata)) return refused('invalid_metadata_format');
    const message: SlackMessage = {
      ...draft,
      ts: nextTs(state, options.now()),
      user: botUserId,
      threadTs,
      metadata,
    };
    state.messages.push(message);
    clearStatus(state, channel, threadTs);
    echo(message, options);
    return {
      ok: true,
      channel: message.channel,
      ts: message.ts,
      message: messageJson(message, options, true),
    };
  },

  'chat.update': (args, options) => {
    const { state } = options.file;
    const channel = asText(args.channel) ?? '';
    const message = findMessage(options, channel, asText(args.ts) ?? '');
    if (!findPlace(channel)) return refused('channel_not_found');
    if (state.archivedChannels.includes(channel)) return refused('is_inactive');
    if (!message) return refused('message_not_found');
    if (message.user !== botUserId) return refused('cant_update_message');
    const draft = compose(channel, { text: message.text, ...args }, options);
    if ('ok' in draft) return draft;
    const before = { ...message };
    message.text = draft.text;
    // Blocks that are not mentioned stay; an empty list removes them.
    if (args.blocks !== undefined) message.blocks = draft.blocks;
    if (isFields(args.metadata)) message.metadata = args.metadata;
    message.editedTs = nextTs(state, options.now());
    echoChange(before, message, options);
    const { ts, text } = message;
    return { ok: true, channel, ts, text, message: messageJson(message, options, false) };
  },

  'chat.postEphemeral': (args, options) => {
    const { state } = options.file;
    const channel = asText(args.channel) ?? '';
    const closed = refuseWriting(channel, state);
    if (closed) return closed;
    const draft = compose(channel, args, options);
    if ('ok' in draft) return draft;
    const reader = asText(args.user);
    if (reader === undefined || !findPerson(reader)) return refused('user_not_in_channel');
    const ts = nextTs(state, options.now());
    state.ephemerals.push({
      ...draft,
      ts,
      user: botUserId,
      threadTs: asText(args.thread_ts),
      ephemeralFor: reader,
    });
    return { ok: true, message_ts: ts };
  },
};

export function findMessage(
  options: WorkspaceOptions,
  channel: string,
  ts: string,
): SlackMessage | undefined {
  return options.file.state.messages.find((message) => message.channel === channel && message.ts === ts);
}

type Draft = { readonly channel: string; readonly text: string; readonly blocks: readonly Block[] };

function compose(channel: string, args: Fields, options: WorkspaceOptions): Draft | Refusal {
  const text = asText(args.text) ?? '';
  const blocks = args.blocks ?? [];
  const wrong = refuseBlocks(blocks, 'message');
  if (wrong) return refused(wrong.error, wrong.messages);
  if (text === '' && (blocks as readonly unknown[]).length === 0) return refused('no_text');
  if (text.length > maxTextCharacters) return refused('msg_too_long');
  return { channel, text, blocks: fillBlockIds(blocks as readonly Fields[], options.file.state) };
}

function isMetadata(value: unknown): value is Fields {
  return isFields(value) && typeof value.event_type === 'string' && isFields(value.event_payload);
}

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
