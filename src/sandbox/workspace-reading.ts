import { type Method, type MethodAnswer, messageJson, refused } from './workspace-methods.ts';
import { appId, botId, botUserId, findPerson, membersOf, teamOf, userJson } from './workspace-people.ts';
import { refuseReading } from './workspace-places.ts';
import { type Fields, type SlackMessage, tsMicros, type WorkspaceOptions } from './workspace-state.ts';

/** What the program can ask about the workspace. */
export const readingMethods: Readonly<Record<string, Method>> = {
  'auth.test': (_args, options) => ({
    ok: true,
    url: 'https://birch-and-loom.slack.com/',
    team: 'Birch & Loom',
    user: 'returns',
    team_id: options.teamId,
    user_id: botUserId,
    bot_id: botId,
    app_id: appId,
    is_enterprise_install: false,
  }),

  'users.info': (args, options) => {
    const person = findPerson(String(args.user));
    if (!person) return refused('user_not_found');
    const isDeactivated = options.file.state.deactivated.includes(person.id);
    return { ok: true, user: userJson(person, options.teamId, isDeactivated) };
  },

  'usergroups.users.list': (args, options) => {
    const { state } = options.file;
    const members = membersOf(String(args.usergroup), state);
    if (!members) return refused('no_such_subteam');
    const home = members.filter((id) => {
      const person = findPerson(id);
      const isHere = person !== undefined && teamOf(person, options.teamId) === options.teamId;
      return isHere && !state.deactivated.includes(id);
    });
    return { ok: true, users: home };
  },

  'conversations.history': (args, options) => {
    const channel = String(args.channel);
    const closed = refuseReading(channel, options.file.state);
    if (closed) return closed;
    const roots = options.file.state.messages.filter(
      (message) => message.channel === channel && (!message.threadTs || message.threadTs === message.ts),
    );
    return page(within(roots, args).toReversed(), args, options);
  },

  'conversations.replies': (args, options) => {
    const [channel, ts] = [String(args.channel), String(args.ts)];
    const closed = refuseReading(channel, options.file.state);
    if (closed) return closed;
    const all = options.file.state.messages.filter((message) => message.channel === channel);
    const parent = all.find((message) => message.ts === ts);
    if (!parent) return refused('thread_not_found');
    const replies = all.filter((message) => message.threadTs === ts && message.ts !== ts);
    return page([parent, ...within(replies, args)], args, options);
  },
};

/** Both ends are left out unless `inclusive`. */
function within(messages: readonly SlackMessage[], args: Fields): readonly SlackMessage[] {
  const slack = String(args.inclusive) === 'true' ? 1 : 0;
  const oldest = args.oldest === undefined ? -1 : tsMicros(String(args.oldest)) - slack;
  const latest = args.latest === undefined ? Infinity : tsMicros(String(args.latest)) + slack;
  return messages.filter(({ ts }) => tsMicros(ts) > oldest && tsMicros(ts) < latest);
}

function page(found: readonly SlackMessage[], args: Fields, options: WorkspaceOptions): MethodAnswer {
  const limit = Math.min(Number(args.limit ?? 100) || 100, 999);
  const start = Number(Buffer.from(String(args.cursor ?? ''), 'base64').toString()) || 0;
  const withMetadata = String(args.include_all_metadata) === 'true';
  const more = found.length > start + limit;
  return {
    ok: true,
    messages: found.slice(start, start + limit).map((message) => messageJson(message, options, withMetadata)),
    has_more: more,
    response_metadata: { next_cursor: more ? Buffer.from(String(start + limit)).toString('base64') : '' },
  };
}
