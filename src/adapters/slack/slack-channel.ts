import { ExternalError } from '../../errors.ts';
import type { Channel, OutgoingText, SendReceipt } from '../../ports/channel.ts';
import { buildAnswer } from './answer-blocks.ts';
import { referenceTo } from './card-reference.ts';
import { findMessage } from './find-message.ts';
import type { SlackClient } from './slack-client.ts';
import { readThreadAddress } from './thread-address.ts';

const answerEvent = 'staff_answer';

/** Answers in threads. Each post carries its key, so that a lost one is found again. */
export function createSlackChannel(client: SlackClient): Channel {
  async function post(text: OutgoingText, withBlocks: boolean): Promise<SendReceipt> {
    const thread = readThreadAddress(text.to);
    if (!thread) return { kind: 'refused', reason: 'unreachable', code: 'no_thread' };
    const answer = buildAnswer(text.body, text.card);
    const posted = await client.call('chat.postMessage', {
      channel: thread.channel,
      thread_ts: thread.ts,
      text: answer.text,
      ...(withBlocks ? { blocks: answer.blocks } : {}),
      metadata: { event_type: answerEvent, event_payload: { key: text.key } },
      unfurl_links: false,
      unfurl_media: false,
    });
    return { kind: 'accepted', providerId: addressOf(referenceTo(posted)) };
  }

  return {
    async send(text) {
      try {
        return await post(text, true);
      } catch (error) {
        if (!isRefusedFor(error, tooMuchToShow)) return refusal(error);
      }
      // Better plain than never: a limit of Slack's nobody wrote down.
      return await post(text, false).catch(refusal);
    },

    async findSent(text, since) {
      const thread = readThreadAddress(text.to);
      if (!thread) return [];
      const query = { channel: thread.channel, threadTs: thread.ts, since };
      try {
        const ts = await findMessage(client, {
          ...query,
          eventType: answerEvent,
          payload: { key: text.key },
        });
        return ts === undefined ? [] : [addressOf({ channel: thread.channel, ts })];
      } catch (error) {
        if (isRefusedFor(error, outOfReach)) return [];
        throw error;
      }
    },
  };
}

/** Nobody can read there any more; waiting does not help. */
const outOfReach = new Set([
  'is_archived',
  'channel_not_found',
  'not_in_channel',
  'not_installed',
  'thread_not_found',
  'message_not_found',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_thread_only_channel',
  'user_not_found',
  'cannot_reply_to_message',
]);
const tooMuchToShow = new Set(['invalid_blocks', 'invalid_blocks_format', 'msg_blocks_too_long']);
const neverTaken = new Set(['msg_too_long', 'no_text', ...tooMuchToShow]);

function refusal(error: unknown): SendReceipt {
  if (isRefusedFor(error, outOfReach))
    return { kind: 'refused', reason: 'unreachable', code: error.code ?? '' };
  if (isRefusedFor(error, neverTaken)) return { kind: 'refused', reason: 'rejected', code: error.code ?? '' };
  throw error;
}

function isRefusedFor(error: unknown, codes: ReadonlySet<string>): error is ExternalError {
  return error instanceof ExternalError && codes.has(error.code ?? '');
}

function addressOf({ channel, ts }: { readonly channel: string; readonly ts: string }): string {
  return `${channel}:${ts}`;
}
