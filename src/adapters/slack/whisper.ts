import { ExternalError } from '../../errors.ts';
import type { SlackClient } from './slack-client.ts';
import type { SlackLog } from './slack-log.ts';

/** Tells one person something in a channel that nobody else sees. */
export type Whisper = (channel: string | undefined, userId: string, text: string) => Promise<void>;

/** Best effort: what was decided stands, whether or not the person could be told. */
export function createWhisper(client: SlackClient, log: SlackLog): Whisper {
  return async (channel, userId, text) => {
    if (channel === undefined) return;
    try {
      await client.call('chat.postEphemeral', { channel, user: userId, text });
    } catch (error) {
      log.warn(
        { code: error instanceof ExternalError ? error.code : undefined },
        'slack answer was not shown',
      );
    }
  };
}
