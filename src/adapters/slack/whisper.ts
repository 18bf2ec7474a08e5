import type { Log } from '../../log.ts';
import type { SlackClient } from './slack-client.ts';

/** Tells one person something in a channel that nobody else sees. */
export type Whisper = (
  channel: string | undefined,
  userId: string,
  text: string,
  threadTs?: string,
) => Promise<void>;

/** Best effort: what was decided stands, whether or not the person could be told. */
export function createWhisper(client: SlackClient, log: Log): Whisper {
  return async (channel, userId, text, threadTs) => {
    if (channel === undefined) return;
    try {
      await client.call('chat.postEphemeral', {
        channel,
        user: userId,
        text,
        ...(threadTs === undefined ? {} : { thread_ts: threadTs }),
      });
    } catch (error) {
      log.warn('slack answer was not shown', { error });
    }
  };
}
