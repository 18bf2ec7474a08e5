import type { ProgramAnswer } from './program.ts';
import { pressedButton } from './workspace-buttons.ts';
import { envelope, newHook, newTrigger } from './workspace-envelope.ts';
import { messageJson } from './workspace-methods.ts';
import { appId } from './workspace-people.ts';
import { findPlace } from './workspace-places.ts';
import { postForm } from './workspace-posts.ts';
import { showAnswer } from './workspace-response-url.ts';
import type { SlackMessage, WorkspaceOptions } from './workspace-state.ts';

export type Click = {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly actionId: string;
  /** Which one, where several have the same action. */
  readonly value?: string | undefined;
  /** The message as this person still sees it, when the workspace has moved on. */
  readonly shown?: SlackMessage;
};

export type Command = {
  readonly user: string;
  readonly channel: string;
  readonly command: string;
  readonly text: string;
};

/** Presses a button that stands in a message; throws when this person cannot see it. */
export async function click(gesture: Click, options: WorkspaceOptions): Promise<ProgramAnswer> {
  const { state } = options.file;
  const { user, channel, ts } = gesture;
  const message =
    gesture.shown ??
    [...state.messages, ...state.ephemerals].find(
      (each) => each.channel === channel && each.ts === ts && (each.ephemeralFor ?? user) === user,
    );
  const action = message && pressedButton(message.blocks, gesture, options);
  if (!message || !action) throw new Error('There is no such button on this person’s screen');
  const hook = newHook({ user, channel, ts }, options);
  const body = {
    type: 'block_actions',
    ...envelope(user, options),
    container: {
      type: 'message',
      message_ts: ts,
      channel_id: channel,
      is_ephemeral: message.ephemeralFor !== undefined,
      ...(message.threadTs ? { thread_ts: message.threadTs } : {}),
    },
    trigger_id: newTrigger(user, options),
    channel: { id: channel, name: findPlace(channel)?.name },
    message: messageJson(message, options, true),
    state: { values: {} },
    response_url: hook.url,
    actions: [action],
  };
  options.file.save();
  return postForm(options, { payload: JSON.stringify(body) });
}

/** Those of the apps installed here; others never leave the workspace. */
const commands: ReadonlySet<string> = new Set(['/returns']);

/** Types `/command text`. */
export async function command(gesture: Command, options: WorkspaceOptions): Promise<ProgramAnswer> {
  const { user, channel } = gesture;
  if (!commands.has(gesture.command)) throw new Error(`${gesture.command} is not a valid command`);
  const hook = newHook({ user, channel, ts: '' }, options);
  const { user: who, team } = envelope(user, options);
  const trigger = newTrigger(user, options);
  options.file.save();
  const answer = await postForm(options, {
    team_id: team.id,
    team_domain: team.domain,
    channel_id: channel,
    channel_name: findPlace(channel)?.name ?? '',
    user_id: user,
    user_name: who.username,
    command: gesture.command,
    text: gesture.text,
    api_app_id: appId,
    is_enterprise_install: 'false',
    response_url: hook.url,
    trigger_id: trigger,
  });
  if (answer.status === 200) showAnswer({ user, channel }, answer.body, options);
  return answer;
}
