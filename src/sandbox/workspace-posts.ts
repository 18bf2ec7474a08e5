import { createHmac } from 'node:crypto';
import type { ProgramAnswer } from './program.ts';
import type { WorkspaceOptions } from './workspace-state.ts';

type Headers = Readonly<Record<string, string>>;

/** An interaction: over HTTP a form, whose `payload` is JSON unless it is a command. */
export function postForm(options: WorkspaceOptions, form: Headers): Promise<ProgramAnswer> {
  if (options.sockets) {
    return form.payload === undefined
      ? options.sockets.deliver({ type: 'slash_commands', payload: form })
      : options.sockets.deliver({ type: 'interactive', payload: JSON.parse(form.payload) as unknown });
  }
  return post(options, new URLSearchParams(form).toString(), {
    'content-type': 'application/x-www-form-urlencoded',
  });
}

export function postEvent(
  options: WorkspaceOptions,
  event: unknown,
  retry: Headers = {},
): Promise<ProgramAnswer> {
  if (options.sockets) return options.sockets.deliver({ type: 'events_api', payload: event });
  return post(options, JSON.stringify(event), { 'content-type': 'application/json', ...retry });
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack */
function post(options: WorkspaceOptions, body: string, headers: Headers): Promise<ProgramAnswer> {
  const timestamp = String(Math.floor(options.now().getTime() / 1000));
  const digest = createHmac('sha256', options.signingSecret).update(`v0:${timestamp}:${body}`).digest('hex');
  return options.program.post(
    `${options.program.publicUrl()}/slack/events`,
    { ...headers, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` },
    body,
  );
}
