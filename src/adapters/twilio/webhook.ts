import type { Log } from '../../log.ts';
import { isSignedByTwilio } from './verify-signature.ts';

export type WebhookRequest = {
  readonly rawBody: Buffer;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly path: string;
  readonly query: string;
};

export type WebhookResponse = {
  readonly status: 200 | 403 | 503;
  readonly contentType: string;
  readonly body: string;
};

export type WebhookConfig = {
  readonly publicUrl: string;
  readonly authTokens: readonly string[];
};

/**
 * Verifies, lets `act` do the rest, and answers. Twilio sees a 5xx only while our database cannot take the
 * message: that is what its redelivery is for.
 */
export async function answerWebhook(
  { config, log }: { readonly config: WebhookConfig; readonly log: Log },
  request: WebhookRequest,
  act: () => Promise<void>,
): Promise<WebhookResponse> {
  const signed = isSignedByTwilio({
    ...config,
    path: request.path,
    query: request.query,
    rawBody: request.rawBody,
    contentType: request.headers['content-type'],
    signature: request.headers['x-twilio-signature'],
  });
  if (!signed) {
    log.warn('Refused a Twilio webhook with a bad signature', { route: request.path });
    return { status: 403, contentType: 'text/plain', body: 'Forbidden' };
  }
  try {
    await act();
  } catch (error) {
    log.error('Could not record a Twilio webhook', { route: request.path, error });
    return { status: 503, contentType: 'text/plain', body: 'Try again later' };
  }
  return { status: 200, contentType: 'text/xml', body: '<Response/>' };
}
