import type { ProgramAnswer } from './program.ts';
import { appId, botUserId, channels } from './workspace-people.ts';
import { postEvent } from './workspace-posts.ts';
import { type Fields, fillBlockIds, nextId, nextTs, type WorkspaceOptions } from './workspace-state.ts';

export type Saying = {
  readonly user: string;
  /** A channel, or `D…` for a direct message to the bot. */
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string;
};

export type Said = { readonly ts: string; readonly events: readonly SaidEvent[] };
export type SaidEvent = ProgramAnswer & { readonly envelope: Fields };

/** A person writes. A mention of the bot reaches the program twice: as `message` and as `app_mention`. */
export async function say(saying: Saying, options: WorkspaceOptions): Promise<Said> {
  const { file, now } = options;
  const ts = nextTs(file.state, now());
  const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
  const blocks = fillBlockIds([rich], file.state);
  file.state.messages.push({ ...saying, ts, blocks: [] });
  const common = {
    user: saying.user,
    text: saying.text,
    ts,
    event_ts: ts,
    channel: saying.channel,
    team: options.teamId,
    client_msg_id: nextId(file.state, 'm'),
    blocks,
    ...(saying.threadTs ? { thread_ts: saying.threadTs } : {}),
  };
  const message = {
    type: 'message',
    channel_type: saying.channel.startsWith('D') ? 'im' : 'channel',
    ...common,
  };
  const mentioned = saying.text.includes(`<@${botUserId}>`) && channels[saying.channel] !== undefined;
  const events = mentioned ? [message, { type: 'app_mention', ...common }] : [message];
  const envelopes = events.map((event) => wrap(event, options));
  file.save();
  return { ts, events: await Promise.all(envelopes.map((each) => deliver(each, options))) };
}

/** The same event again, as Slack does when it was not answered within three seconds. */
export function redeliver(envelope: Fields, retry: number, options: WorkspaceOptions): Promise<SaidEvent> {
  return deliver(envelope, options, {
    'x-slack-retry-num': String(retry),
    'x-slack-retry-reason': 'http_timeout',
  });
}

async function deliver(
  envelope: Fields,
  options: WorkspaceOptions,
  retry: Readonly<Record<string, string>> = {},
): Promise<SaidEvent> {
  return { ...(await postEvent(options, envelope, retry)), envelope };
}

function wrap(event: Fields, options: WorkspaceOptions): Fields {
  return {
    token: 'deprecated',
    team_id: options.teamId,
    context_team_id: options.teamId,
    context_enterprise_id: null,
    api_app_id: appId,
    event,
    type: 'event_callback',
    event_id: nextId(options.file.state, 'Ev'),
    event_time: Math.floor(options.now().getTime() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: options.teamId,
        user_id: botUserId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
  };
}
