import type { App, MessageShortcut } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { CustomerReplies } from './reply-button.ts';
import { buildNoticeView, buildReplyView, readableText } from './reply-view.ts';
import type { SlackClient } from './slack-client.ts';
import { sendToCustomerCallbackId } from './slack-events.ts';

type ShortcutOptions = {
  readonly client: SlackClient;
  readonly replies: Pick<CustomerReplies, 'findTarget'>;
  readonly log: Log;
};

/** "Send to customer" on a message: nothing leaves before the person saw it again and pressed Send. */
export function addSendToCustomerShortcut(app: App, { client, replies, log }: ShortcutOptions): void {
  app.shortcut<MessageShortcut>(
    { callback_id: sendToCustomerCallbackId, type: 'message_action' },
    async ({ body, ack }) => {
      await ack();
      const { message, channel } = body;
      const ts = asText(message.thread_ts) ?? message.ts;
      try {
        const target = await replies.findTarget({ thread: { channel: channel.id, ts } });
        const view =
          target === undefined
            ? buildNoticeView(onlyThere)
            : buildReplyView(target, readableText(message.text ?? ''));
        await client.call('views.open', { trigger_id: body.trigger_id, view });
      } catch (error) {
        log.warn('slack modal did not open', { error });
      }
    },
  );
}

const onlyThere =
  'This works for messages in a support thread, where a customer was handed to people. Nothing was sent.';

function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
