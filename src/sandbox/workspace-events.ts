import type { ProgramAnswer } from './program.ts';
import { appId, botUserId, findPerson, type Person, teamOf } from './workspace-people.ts';
import { findPlace, personIn } from './workspace-places.ts';
import { postEvent } from './workspace-posts.ts';
import { type Fields, nextId, type WorkspaceOptions } from './workspace-state.ts';

/** What came of a gesture: the events the program was sent, and what it answered. */
export type Said = { readonly ts: string; readonly events: readonly SaidEvent[] };
export type SaidEvent = ProgramAnswer & { readonly envelope: Fields };

/** What the app subscribed to: Slack sends nothing else. */
export const subscriptions: ReadonlySet<string> = new Set([
  'app_home_opened',
  'app_mention',
  'message.channels',
  'message.groups',
  'message.im',
]);
const messageSubscriptions = {
  channel: 'message.channels',
  group: 'message.groups',
  im: 'message.im',
} as const;

/** `message`, and `app_mention` beside it where the bot is mentioned: https://docs.slack.dev/reference/events */
export function messageEvents(channel: string, event: Fields, mention?: Fields): readonly Fields[] {
  const place = findPlace(channel);
  if (!place) throw new Error(`There is no channel ${channel}`);
  const message = { type: 'message', channel, channel_type: place.kind, ...event };
  return [
    ...(subscriptions.has(messageSubscriptions[place.kind]) ? [message] : []),
    ...(mention && place.kind !== 'im' && subscriptions.has('app_mention')
      ? [{ ...mention, type: 'app_mention', channel }]
      : []),
  ];
}

export function mentionsBot(text: string): boolean {
  return text.includes(`<@${botUserId}>`);
}

/** Sends events of a place, unless the bot is not in it; each is one delivery with an id of its own. */
export async function sendEvents(
  place: { readonly channel: string; readonly ts: string; readonly by: string },
  events: readonly Fields[],
  options: WorkspaceOptions,
): Promise<Said> {
  const { channel, ts, by } = place;
  const author = findPerson(by);
  const isDeaf = options.file.state.leftChannels.includes(channel);
  const envelopes = isDeaf ? [] : events.map((event) => wrap(event, author, options));
  options.file.save();
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

/** Whoever writes from another company brings its workspace; where the app lives is said beside it. */
function wrap(event: Fields, author: Person | undefined, options: WorkspaceOptions): Fields {
  const isShared = author?.kind === 'stranger' && personIn(String(event.channel)) === undefined;
  return {
    token: 'deprecated',
    team_id: isShared ? teamOf(author, options.teamId) : options.teamId,
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
    is_ext_shared_channel: isShared,
  };
}
