import type { Log } from '../../log.ts';
import type { CardReference } from '../../ports/approval-desk.ts';
import type { SlackClient } from './slack-client.ts';

/** Shows that somebody is at it, until the answer is posted: Slack clears it then, or after two minutes. */
export type ShowWorking = (thread: CardReference) => void;

/** Nobody waits for it, and nothing depends on it. */
export function createWorkingStatus(client: SlackClient, log: Log): ShowWorking {
  return (thread) => {
    client
      .call('assistant.threads.setStatus', {
        channel_id: thread.channel,
        thread_ts: thread.ts,
        status: 'is looking into it…',
      })
      .catch((error: unknown) => log.debug('slack status was not shown', { error }));
  };
}
