import type { StaffMessage } from '../../ports/staff-desk.ts';
import { mentions, readMrkdwn } from './read-mrkdwn.ts';

export type ParsedMessage =
  | { readonly kind: 'message'; readonly message: StaffMessage }
  /** Edits, deletions, joins, bots, other workspaces, and what is said to nobody of ours. */
  | { readonly kind: 'ignored' };

/** The workspace the event was delivered for, and who the bot is there. */
export type EventPlace = { readonly teamId: string; readonly botUserId?: string | undefined };

type Fields = Readonly<Record<string, unknown>>;

const ignored: ParsedMessage = { kind: 'ignored' };
/** A message with a file, and a reply that is also shown in the channel, are said by somebody. */
const spokenSubtypes = new Set<unknown>([undefined, 'file_share', 'thread_broadcast']);
const directTypes = new Set<unknown>(['im', 'app_home']);

/** An event `message` or `app_mention`; one mention arrives as both, with one key. */
export function parseStaffMessage(event: Fields, place: EventPlace): ParsedMessage {
  const { type, user, channel, ts, thread_ts, text } = event;
  if (!isId(user) || !isId(channel) || !isId(ts) || typeof text !== 'string') return ignored;
  if (!isSpokenHere(event, place)) return ignored;
  const isAddressed =
    type === 'app_mention' ||
    directTypes.has(event.channel_type) ||
    (place.botUserId !== undefined && mentions(text, place.botUserId));
  if (!isAddressed && !isId(thread_ts)) return ignored;
  return {
    kind: 'message',
    message: {
      key: `${channel}:${ts}`,
      thread: { channel, ts: isId(thread_ts) ? thread_ts : ts },
      by: { userId: user, teamId: place.teamId, name: user },
      writtenAt: instantOf(ts),
      text: readMrkdwn(text, place.botUserId),
      isAddressed,
    },
  };
}

/** By a person of this workspace, and for the first time: an edit that adds a mention is delivered too. */
function isSpokenHere(event: Fields, { teamId, botUserId }: EventPlace): boolean {
  const { subtype, hidden, edited, bot_id, app_id, user } = event;
  if (!spokenSubtypes.has(subtype) || hidden === true || edited !== undefined) return false;
  if (isId(bot_id) || isId(app_id) || user === botUserId) return false;
  return [event.user_team, event.source_team, event.team].every((team) => !isId(team) || team === teamId);
}

/** A message's ts is the second it was posted in, and a number that tells it from others. */
function instantOf(ts: string): Date | undefined {
  const date = new Date(Number(ts) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}
