import type { ConversationContext } from '../../conversation/context.ts';
import type { Keyword } from '../../conversation/keywords.ts';
import { noteReceipt } from '../../conversation/note-receipt.ts';
import { receiveMessage } from '../../conversation/receive-message.ts';
import type { Route } from '../../http/route.ts';
import { type Db, inTransaction } from '../../storage/database.ts';
import { recordInbound } from '../../storage/inbox.ts';
import { handleInboundText } from './inbound-webhook.ts';
import { textOf } from './parse-message.ts';
import { handleStatus } from './status-webhook.ts';
import { createTypingIndicator } from './typing-indicator.ts';
import type { WebhookResponse } from './webhook.ts';

export type TwilioRoutesOptions = {
  readonly publicUrl: string;
  readonly accountSid: string;
  readonly apiUrl: string;
  readonly authTokens: readonly string[];
  readonly smsFrom?: string | undefined;
  readonly whatsappFrom?: string | undefined;
  readonly messagingServiceSid?: string | undefined;
};

/**
 * Twilio's two webhooks and the use cases they call. Receipts come twice for every text and hardly ever decide
 * anything: they have few connections of their own, which do not wait for the disk.
 */
export function twilioRoutes(
  context: ConversationContext,
  receipts: Db,
  options: TwilioRoutesOptions,
): readonly Route[] {
  const { log, store } = context.refunds;
  const addresses = [options.smsFrom, options.whatsappFrom].filter((address) => address !== undefined);
  const config = { ...options, addresses };
  const [authToken = ''] = options.authTokens;
  const showTyping = createTypingIndicator({ ...options, authToken });
  return [
    {
      method: 'POST',
      path: '/twilio/messages',
      handle: async (request) =>
        asResponse(
          await handleInboundText(
            {
              config,
              log,
              // The sweep for what was never delivered would find it again otherwise.
              ignore: (providerMessageId) =>
                inTransaction(context.refunds.db, (tx) =>
                  recordInbound(tx, { store, provider: 'twilio', providerMessageId }),
                ),
              receive: async (message) => {
                const received = await receiveMessage(context, {
                  provider: 'twilio',
                  providerMessageId: message.messageSid,
                  channel: message.channel,
                  address: message.from,
                  phone: message.phone,
                  text: textOf(message),
                  media: message.media.map(({ url }) => url),
                  externalId: message.externalId,
                  repliedTo: message.repliedTo,
                  answeredKeyword: message.optOutType?.toLowerCase() as Keyword | undefined,
                });
                // Not waited for: Twilio wants its answer, and nothing hangs on it.
                if (received.isToBeAnswered && message.channel === 'whatsapp')
                  void showTyping(message.messageSid);
                return received.kind;
              },
            },
            request,
          ),
        ),
    },
    {
      method: 'POST',
      path: '/twilio/status',
      handle: async (request) =>
        asResponse(
          await handleStatus(
            {
              config,
              log,
              recordStatus: ({ messageSid: providerId, status, rank, errorCode, isWhatsapp }) =>
                noteReceipt(context, receipts, { store, providerId, status, rank, errorCode, isWhatsapp }),
            },
            request,
          ),
        ),
    },
  ];
}

function asResponse({ status, contentType, body }: WebhookResponse) {
  return { status, headers: { 'content-type': contentType }, body };
}
