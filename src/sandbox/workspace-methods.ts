import { appId, botId, botUserId } from './workspace-people.ts';
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
  const { file, teamId } = options;
  const replies = file.state.messages.filter(
    (each) => each.channel === message.channel && each.threadTs === message.ts && each.ts !== message.ts,
  );
  return {
    type: 'message',
    user: message.user,
    ...(message.user === botUserId ? { bot_id: botId, app_id: appId } : {}),
    text: message.text,
    ts: message.ts,
    team: teamId,
    blocks: message.blocks,
    ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    ...(replies.length > 0 ? { thread_ts: message.ts, reply_count: replies.length } : {}),
    ...(message.editedTs ? { edited: { user: message.user, ts: message.editedTs } } : {}),
    ...(withMetadata && message.metadata ? { metadata: message.metadata } : {}),
  };
}
