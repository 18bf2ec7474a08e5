import { mentionsBot, messageEvents, type Said, sendEvents } from './workspace-events.ts';
import { authorFields } from './workspace-methods.ts';
import { findPerson } from './workspace-people.ts';
import { directChannelOf, findPlace, whereToPost } from './workspace-places.ts';
import {
  type Fields,
  fillBlockIds,
  nextId,
  nextTs,
  type SlackMessage,
  type WorkspaceOptions,
} from './workspace-state.ts';

export type Saying = {
  readonly user: string;
  /** A channel; `D…`, or the bot's id, for a direct message to it. */
  readonly channel: string;
  readonly text: string;
  readonly threadTs?: string | undefined;
};

/** A person writes. A mention of the bot reaches the program twice: as `message` and as `app_mention`. */
export async function say(saying: Saying, options: WorkspaceOptions): Promise<Said> {
  const { file, now } = options;
  const channel = whereSaid(saying);
  const { state } = file;
  if (state.archivedChannels.includes(channel)) throw new Error('This channel is archived');
  const { threadTs } = saying;
  if (
    threadTs !== undefined &&
    !state.messages.some((each) => each.channel === channel && each.ts === threadTs)
  )
    throw new Error('There is no such thread in this channel');
  const message = {
    user: saying.user,
    channel,
    text: saying.text,
    threadTs,
    ts: nextTs(state, now()),
    blocks: [],
  };
  state.messages.push(message);
  const { ts } = message;
  const event = saidFields(message, options);
  const events = messageEvents(channel, event, mentionsBot(saying.text) ? event : undefined);
  return sendEvents({ channel, ts, by: saying.user }, events, options);
}

/** What the program itself posted, which Slack tells it too. */
export function echo(message: SlackMessage, options: WorkspaceOptions): void {
  if (!options.echoesPosts) return;
  const { channel, ts, user } = message;
  const event = { ...saidFields(message, options), blocks: message.blocks };
  void sendEvents({ channel, ts, by: user }, messageEvents(channel, event), options);
}

/** The parts `message` and `app_mention` have in common. */
function saidFields(message: SlackMessage, options: WorkspaceOptions): Fields {
  const { channel, ts, text, threadTs } = message;
  const { state } = options.file;
  const root = state.messages.find((each) => each.channel === channel && each.ts === threadTs);
  const rich = { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [] }] };
  const isBot = findPerson(message.user)?.kind === 'bot';
  return {
    ...authorFields(message, options),
    text,
    ts,
    event_ts: ts,
    channel,
    ...(isBot ? {} : { client_msg_id: nextId(state, 'm'), blocks: fillBlockIds([rich], state) }),
    ...(threadTs ? { thread_ts: threadTs, parent_user_id: root?.user } : {}),
  };
}

function whereSaid({ user, channel }: Saying): string {
  const person = findPerson(user);
  if (!person) throw new Error('Nobody by this id uses the workspace');
  const target = findPerson(channel)?.kind === 'bot' ? directChannelOf(user) : whereToPost(channel);
  const place = findPlace(target);
  if (!place) throw new Error(`There is no channel ${channel}`);
  if (place.kind === 'im' && target !== directChannelOf(user))
    throw new Error('These direct messages are somebody else’s');
  return target;
}
