import { appId, botIdOf, botUserId, findPerson, teamOf } from './workspace-people.ts';
import type { Fields, SlackMessage, WorkspaceOptions } from './workspace-state.ts';

export type Method = (args: Fields, options: WorkspaceOptions) => MethodAnswer;

export type MethodAnswer = (Fields & { readonly ok: true }) | Refusal;

export type Refusal = { readonly ok: false; readonly error: string; readonly response_metadata?: Fields };

export function refused(error: string, messages: readonly string[] = []): Refusal {
  if (messages.length === 0) return { ok: false, error };
  return {
    ok: false,
    error,
    response_metadata: { messages: messages.map((message) => `[ERROR] ${message}`) },
  };
}

export function messageJson(message: SlackMessage, options: WorkspaceOptions, withMetadata: boolean): Fields {
  const { file } = options;
  const replies = file.state.messages.filter(
    (each) => each.channel === message.channel && each.threadTs === message.ts && each.ts !== message.ts,
  );
  return {
    type: 'message',
    ...authorFields(message, options),
    text: message.text,
    ts: message.ts,
    blocks: message.blocks,
    ...(message.files ? { subtype: 'file_share', files: message.files } : {}),
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}

/** The author as events name them: a person's workspace, or the bot behind a bot's post. */
export function authorFields(message: SlackMessage, options: WorkspaceOptions): Fields {
  const person = findPerson(message.user);
  const team = person ? teamOf(person, options.teamId) : options.teamId;
  return {
    user: message.user,
    team,
    ...(person?.kind === 'bot'
      ? { bot_id: botIdOf(person.id), ...(person.id === botUserId ? { app_id: appId } : {}) }
      : { user_team: team, source_team: team }),
  };
}
