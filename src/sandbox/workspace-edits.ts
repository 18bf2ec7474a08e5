import { mentionsBot, messageEvents, type Said, sendEvents } from './workspace-events.ts';
import { messageJson } from './workspace-methods.ts';
import { type Fields, nextTs, type SlackMessage, type WorkspaceOptions } from './workspace-state.ts';

type Target = { readonly channel: string; readonly ts: string };

/** A person edits what they wrote; a mention that was not there before makes another `app_mention`. */
export async function edit(
  target: Target & { readonly user: string; readonly text: string },
  options: WorkspaceOptions,
): Promise<Said> {
  const { state } = options.file;
  const message = findMessage(target, options);
  if (message.user !== target.user) throw new Error('People edit their own messages only');
  const before = { ...message };
  message.text = target.text;
  message.editedTs = nextTs(state, options.now());
  const edited = messageJson(message, options, false);
  const isNewMention = mentionsBot(message.text) && !mentionsBot(before.text);
  const events = changedEvents(before, message, options, isNewMention ? edited : undefined);
  return sendEvents({ ...target, by: target.user }, events, options);
}

/** The program's own change to one of its messages, which Slack tells it too. */
export function echoChange(before: SlackMessage, after: SlackMessage, options: WorkspaceOptions): void {
  if (!options.echoesPosts) return;
  const { channel, ts, user } = after;
  void sendEvents({ channel, ts, by: user }, changedEvents(before, after, options), options);
}

/** Deletes a message: its author, or an admin whoever wrote it. */
export async function removeMessage(
  target: Target & { readonly user?: string },
  options: WorkspaceOptions,
): Promise<Said> {
  const { state } = options.file;
  const message = findMessage(target, options);
  if (target.user !== undefined && message.user !== target.user)
    throw new Error('People delete their own messages only');
  const previous = messageJson(message, options, false);
  state.messages = state.messages.filter((each) => each !== message);
  const ts = nextTs(state, options.now());
  const event = {
    subtype: 'message_deleted',
    hidden: true,
    deleted_ts: message.ts,
    previous_message: previous,
  };
  const events = messageEvents(target.channel, { ...event, ts, event_ts: ts });
  return sendEvents({ ...target, by: message.user }, events, options);
}

function changedEvents(
  before: SlackMessage,
  after: SlackMessage,
  options: WorkspaceOptions,
  mention?: Fields,
): readonly Fields[] {
  const ts = after.editedTs ?? after.ts;
  const changed = {
    subtype: 'message_changed',
    hidden: true,
    message: messageJson(after, options, false),
    previous_message: messageJson(before, options, false),
    ts,
    event_ts: ts,
  };
  return messageEvents(after.channel, changed, mention && { ...mention, event_ts: ts });
}

function findMessage({ channel, ts }: Target, options: WorkspaceOptions): SlackMessage {
  const { messages } = options.file.state;
  const found = messages.find((message) => message.channel === channel && message.ts === ts);
  if (!found) throw new Error('There is no such message in this channel');
  return found;
}
