import type { ApprovalDesk } from '../../ports/approval-desk.ts';
import type { ApprovalId } from '../../returns/ids.ts';
import { buildReminder } from './approval-reminder.ts';
import { referenceTo } from './card-reference.ts';
import { findMessage } from './find-message.ts';
import { sendCard } from './send-card.ts';
import type { SlackClient } from './slack-client.ts';

export type ApprovalDeskOptions = { readonly client: SlackClient; readonly channel: string };

export function createApprovalDesk({ client, channel }: ApprovalDeskOptions): ApprovalDesk {
  return {
    async findCard(approvalId, since) {
      const { event_type, event_payload } = metadataOf(approvalId);
      const ts = await findMessage(client, { channel, since, eventType: event_type, payload: event_payload });
      return ts === undefined ? undefined : { channel, ts };
    },

    async postCard(card) {
      const posted = await sendCard(card, (message) =>
        client.call('chat.postMessage', {
          channel,
          ...message,
          metadata: metadataOf(card.approvalId),
          unfurl_links: false,
          unfurl_media: false,
        }),
      );
      return referenceTo(posted);
    },

    /**
     * A card that was deleted or cannot be changed is refused with Slack's code (`message_not_found`,
     * `cant_update_message`): whether people still need a fresh copy is the caller's to know.
     */
    async replaceCard(reference, card) {
      await sendCard(card, (message) =>
        client.call('chat.update', {
          channel: reference.channel,
          ts: reference.ts,
          ...message,
          metadata: metadataOf(card.approvalId),
        }),
      );
    },

    /** In the card's thread and, so that somebody sees it, in the channel. */
    async remind(reference, reminder) {
      await client.call('chat.postMessage', {
        channel: reference.channel,
        thread_ts: reference.ts,
        reply_broadcast: true,
        ...buildReminder(reminder),
        metadata: {
          event_type: 'return_approval_reminder',
          event_payload: { approval_id: reminder.approvalId },
        },
        unfurl_links: false,
        unfurl_media: false,
      });
    },
  };
}

function metadataOf(approvalId: ApprovalId) {
  return { event_type: 'return_approval', event_payload: { approval_id: approvalId } };
}
