import type { ProgramAnswer } from './program.ts';
import { envelope, newHook, newTrigger } from './workspace-envelope.ts';
import { messageJson } from './workspace-methods.ts';
import { findPlace } from './workspace-places.ts';
import { postForm } from './workspace-posts.ts';
import type { WorkspaceOptions } from './workspace-state.ts';

export type Shortcut = {
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly callbackId: string;
};

/** Takes an entry of a message's menu: https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export async function shortcut(gesture: Shortcut, options: WorkspaceOptions): Promise<ProgramAnswer> {
  const { user, channel, ts } = gesture;
  const message = options.file.state.messages.find((each) => each.channel === channel && each.ts === ts);
  if (!message) throw new Error('There is no such message on this person’s screen');
  const { api_app_id: _notSent, ...who } = envelope(user, options);
  const hook = newHook({ user, channel, ts }, options);
  const body = {
    type: 'message_action',
    ...who,
    callback_id: gesture.callbackId,
    trigger_id: newTrigger(user, options),
    action_ts: String(hook.at / 1000),
    channel: { id: channel, name: findPlace(channel)?.name },
    message_ts: ts,
    message: messageJson(message, options, true),
    response_url: hook.url,
  };
  options.file.save();
  return postForm(options, { payload: JSON.stringify(body) });
}
