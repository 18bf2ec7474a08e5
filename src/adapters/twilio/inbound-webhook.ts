import type { Log } from '../../log.ts';
import { type InboundText, isAddressedToUs, parseInboundMessage } from './parse-message.ts';
import { answerWebhook, type WebhookConfig, type WebhookRequest, type WebhookResponse } from './webhook.ts';

export type InboundWebhookDeps = {
  readonly config: WebhookConfig & {
    readonly accountSid: string;
    /** Our senders as the channels write them: `+1…`, `whatsapp:+1…`. */
    readonly addresses: readonly string[];
    readonly messagingServiceSid?: string | undefined;
  };
  readonly log: Log;
  /** Resolves once the message is committed. */
  readonly receive: (message: InboundText) => Promise<'stored' | 'duplicate'>;
  /** Remembers that it was delivered, and nothing else of it. */
  readonly ignore: (messageSid: string) => Promise<unknown>;
};

/** `POST /twilio/messages`. Replies are sent later: the answer carries none. */
export function handleInboundText(
  deps: InboundWebhookDeps,
  request: WebhookRequest,
): Promise<WebhookResponse> {
  return answerWebhook(deps, request, async () => {
    const message = parseInboundMessage(request.rawBody);
    if (message.kind === 'unsupported') {
      deps.log.warn('Ignored an unsupported Twilio message', {
        why: message.why,
        messageSid: message.messageSid,
      });
    } else if (message.kind === 'reaction') {
      await deps.ignore(message.messageSid);
    } else if (!isAddressedToUs(message, deps.config)) {
      deps.log.warn('Ignored a Twilio message that is not for us', { messageSid: message.messageSid });
    } else {
      await deps.receive(message);
    }
  });
}
