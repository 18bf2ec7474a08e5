import type { App, BlockAction, ButtonAction, ViewSubmitAction } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { CardReference } from '../../ports/approval-desk.ts';
import type { ReplyAnswer, ReplyTarget } from '../../ports/support-desk.ts';
import type { ConversationId } from '../../returns/ids.ts';
import { type Clicker, toClicker } from './clicker.ts';
import { inTime } from './in-time.ts';
import { buildReplyView, readReplyTarget, replyBlockId, replyCallbackId } from './reply-view.ts';
import type { SlackClient } from './slack-client.ts';
import { replyActionId } from './support-thread.ts';
import { asUuid } from './uuid.ts';
import type { Whisper } from './whisper.ts';

/** What a person in Slack may do toward a customer; who may is decided behind it. */
export type CustomerReplies = {
  reply(reply: {
    readonly conversationId: ConversationId;
    readonly by: Clicker;
    readonly text: string;
    readonly key: string;
  }): Promise<ReplyAnswer>;
  findTarget(
    from: { readonly conversationId: ConversationId } | { readonly thread: CardReference },
  ): Promise<ReplyTarget | undefined>;
};

type ReplyButtonOptions = {
  readonly client: SlackClient;
  readonly channel: string;
  readonly replies: CustomerReplies;
  readonly whisper: Whisper;
  readonly log: Log;
  readonly answerWithinMs?: number | undefined;
};

/** The button in a support thread, and the modal both it and the message shortcut open. */
export function addReplyButton(
  app: App,
  { client, channel, replies, whisper, log, answerWithinMs }: ReplyButtonOptions,
): void {
  app.action<BlockAction<ButtonAction>>(replyActionId, async ({ body, action, ack }) => {
    await ack();
    const tell = (text: string) => whisper(body.channel?.id, body.user.id, text);
    const conversationId = asUuid<ConversationId>(action.value);
    if (conversationId === undefined || body.channel?.id !== channel) return tell(words['not-found']);
    try {
      const target = await replies.findTarget({ conversationId });
      if (target === undefined) return await tell(words['not-found']);
      await client.call('views.open', { trigger_id: body.trigger_id, view: buildReplyView(target) });
    } catch (error) {
      log.warn('slack modal did not open', { conversationId, error });
      await tell('The window for your reply did not open. Nothing was sent; please click again.');
    }
  });

  app.view<ViewSubmitAction>(replyCallbackId, async ({ body, view, ack }) => {
    const sent = await inTime(send(body, view), answerWithinMs);
    const problem = sent === undefined ? unsure : sent.value;
    // The modal stays open with its text until it was sent.
    if (problem === undefined) await ack();
    else await ack({ response_action: 'errors', errors: { [replyBlockId]: problem } });
  });

  async function send(body: ViewSubmitAction, view: ViewSubmitAction['view']): Promise<string | undefined> {
    const conversationId = readReplyTarget(view.private_metadata);
    if (conversationId === undefined) return words['not-found'];
    const text = view.state.values[replyBlockId]?.[replyBlockId]?.value ?? '';
    const by = toClicker(body.user, body.team);
    try {
      const answer = await replies.reply({ conversationId, by, text, key: view.id });
      return answer.kind === 'sent' ? undefined : words[answer.kind];
    } catch (error) {
      log.error('slack reply was not sent', { conversationId, error });
      return unsure;
    }
  }
}

const unsure = 'I could not confirm that. Please send it again; it cannot go out twice.';

const words: Readonly<Record<Exclude<ReplyAnswer['kind'], 'sent'>, string>> = {
  'opted-out': 'This customer opted out of messages. Nothing was sent.',
  empty: 'Please write something first.',
  'not-allowed': 'Only staff can write to customers. Nothing was sent.',
  'not-found': 'This belongs to no conversation here. Nothing was sent.',
};
