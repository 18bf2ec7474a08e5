import { z } from 'zod';
import type { Log } from '../../log.ts';
import { parseSlackPayload, type SlackBody } from './parse-body.ts';
import type { Retry, SlackDispatch } from './slack-dispatch.ts';

/** One envelope of a connection. */
export type Delivery = {
  readonly parsed: SlackBody;
  readonly retry: Retry;
  readonly acceptsContent: boolean;
  ack(content?: unknown): Promise<void>;
};

const envelope = z.object({
  type: z.string(),
  body: z.unknown(),
  retry_num: z.number().optional().catch(undefined),
  retry_reason: z.string().optional().catch(undefined),
  accepts_response_payload: z.boolean().optional().catch(undefined),
  ack: z.custom<Delivery['ack']>((value) => typeof value === 'function'),
});

/** https://docs.slack.dev/apis/events-api/using-socket-mode#events ; as the client library hands it on. */
export function parseDelivery(raw: unknown): Delivery {
  const { type, body, ack, ...more } = envelope.parse(raw);
  return {
    parsed: parseSlackPayload(type === 'events_api' ? 'event' : 'interaction', body),
    retry: { num: more.retry_num, reason: more.retry_reason },
    acceptsContent: more.accepts_response_payload ?? false,
    ack,
  };
}

/** What is not acknowledged is sent again, here or on another connection. Never rejects. */
export async function takeDelivery(
  delivery: Delivery,
  { dispatch, log }: { readonly dispatch: SlackDispatch['dispatch']; readonly log: Log },
): Promise<void> {
  const { parsed, retry, acceptsContent, ack } = delivery;
  let content: unknown;
  if (parsed.kind === 'event' || parsed.kind === 'interaction') {
    const done = await dispatch(parsed, retry);
    if (done.kind !== 'done') return;
    content = done.content === '' ? undefined : done.content;
  }
  try {
    await (acceptsContent && content !== undefined ? ack(content) : ack());
  } catch {
    // The connection ended meanwhile; what was committed is recognised when it comes again.
    log.info('An acknowledgement to Slack was lost', { kind: parsed.kind });
  }
}
