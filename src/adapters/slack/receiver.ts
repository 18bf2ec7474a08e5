import type { Log } from '../../log.ts';
import { parseSlackBody } from './parse-body.ts';
import type { SlackDispatch } from './slack-dispatch.ts';
import { isSignedBySlack, type SlackRequest } from './verify-signature.ts';

export type SlackResponse = {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: string;
};

export type SlackReceiverOptions = {
  readonly signingSecrets: readonly string[];
  /**
   * Whether this request comes for the first time. Slack repeats events alone, and they are known by what
   * they are about; a click or a command that comes again is somebody else's copy.
   */
  readonly claimRequest?: ((signature: string) => Promise<boolean>) | undefined;
  readonly dispatch: SlackDispatch['dispatch'];
  now(): Date;
  readonly log?: Log;
};

/** Slack over HTTP: takes the raw requests of a server that is not Bolt's. */
export function createSlackReceiver(options: SlackReceiverOptions) {
  async function claim({ headers }: SlackRequest): Promise<'new' | 'again' | 'unknown'> {
    try {
      const isNew = (await options.claimRequest?.(headers['x-slack-signature'] ?? '')) ?? true;
      return isNew ? 'new' : 'again';
    } catch (error) {
      options.log?.error('Whether a request of Slack came before could not be looked up', { error });
      return 'unknown';
    }
  }

  return async function handle(request: SlackRequest): Promise<SlackResponse> {
    if (!isSignedBySlack(request, options.signingSecrets, options.now())) return answer(401);
    const parsed = parseSlackBody(request.rawBody, request.headers['content-type']);
    switch (parsed.kind) {
      case 'ssl-check':
        return answer(200);
      case 'challenge':
        return answer(200, { challenge: parsed.challenge });
      case 'unreadable':
        return answer(400);
      case 'event':
      case 'interaction': {
        const claimed = parsed.kind === 'event' ? 'new' : await claim(request);
        if (claimed !== 'new') return answer(claimed === 'again' ? 200 : 503);
        const done = await options.dispatch(parsed, readRetry(request));
        return done.kind === 'done' ? answer(200, done.content) : answer(503);
      }
    }
  };
}

function readRetry({ headers }: SlackRequest) {
  const num = Number.parseInt(headers['x-slack-retry-num'] ?? '', 10);
  return { num: Number.isNaN(num) ? undefined : num, reason: headers['x-slack-retry-reason'] };
}

function answer(status: number, content?: unknown): SlackResponse {
  if (content === undefined || content === '') return { status, headers: {}, body: '' };
  if (typeof content === 'string') {
    return { status, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: content };
  }
  return { status, headers: { 'content-type': 'application/json' }, body: JSON.stringify(content) };
}
