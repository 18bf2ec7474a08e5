import type { Log } from '../../log.ts';
import { type InboundStatus, parseStatus } from './parse-status.ts';
import { answerWebhook, type WebhookConfig, type WebhookRequest, type WebhookResponse } from './webhook.ts';

export type StatusWebhookDeps = {
  readonly config: WebhookConfig & { readonly accountSid: string };
  readonly log: Log;
  /** Keeps the highest rank; resolves once committed. */
  readonly recordStatus: (status: Extract<InboundStatus, { kind: 'status' }>) => Promise<unknown>;
};

/** `POST /twilio/status`. */
export function handleStatus(deps: StatusWebhookDeps, request: WebhookRequest): Promise<WebhookResponse> {
  return answerWebhook(deps, request, async () => {
    const status = parseStatus(request.rawBody);
    if (status.kind === 'unsupported') {
      deps.log.warn('Ignored an unsupported Twilio receipt', { why: status.why });
    } else if (status.accountSid !== undefined && status.accountSid !== deps.config.accountSid) {
      deps.log.warn('Ignored a Twilio receipt that is not for us', { messageSid: status.messageSid });
    } else {
      await deps.recordStatus(status);
    }
  });
}
