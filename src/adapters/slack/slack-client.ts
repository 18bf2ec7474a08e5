import { WebClient } from '@slack/web-api';
import { ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { ExternalError } from '../../errors.ts';
import { silentLogger } from './silent-logger.ts';
import { toExternalError } from './slack-error.ts';
import { type SlackAnswers, type SlackArguments, type SlackMethod, slackMethods } from './slack-methods.ts';

export type SlackClient = {
  /** One attempt: repeating is the caller's decision. Throws ExternalError. */
  call<Method extends SlackMethod>(
    method: Method,
    args: SlackArguments[Method],
  ): Promise<SlackAnswers[Method]>;
};

export type SlackClientOptions = {
  readonly token: string;
  readonly apiUrl: string;
  readonly timeoutMs?: number | undefined;
  /** How long nothing is asked after five failures in a row. */
  readonly restMs?: number;
  readonly onCall?: ((call: SlackCall) => void) | undefined;
};

export type SlackCall = {
  readonly method: SlackMethod;
  readonly outcome: 'ok' | 'refused' | 'unknown';
  readonly code: string | undefined;
  readonly durationMs: number;
};

export function createSlackClient(options: SlackClientOptions): SlackClient {
  // The library would retry ten times in half an hour without a timeout and post twice after a lost answer.
  // Slack takes about one message a second per channel and says when it was too many: no pace is kept here,
  // for other processes post there too; the job is put off for as long as Slack asks.
  const web = new WebClient(options.token, {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    timeout: options.timeoutMs ?? 8000,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    fetch: fetchWithRetryAfter,
    logger: silentLogger,
  });
  const breaker = circuitBreaker(handleWhen(isOutage), {
    breaker: new ConsecutiveBreaker(5),
    halfOpenAfter: options.restMs ?? 10_000,
  });

  return {
    async call<Method extends SlackMethod>(method: Method, args: SlackArguments[Method]) {
      const { effect } = slackMethods[method];
      const startedAt = performance.now();
      const report = (outcome: SlackCall['outcome'], code?: string) =>
        options.onCall?.({ method, outcome, code, durationMs: performance.now() - startedAt });
      try {
        const answer = await breaker.execute(() =>
          web.apiCall(method, { ...args }).catch((error: unknown) => {
            throw toExternalError(error, effect);
          }),
        );
        report('ok');
        return answer;
      } catch (error) {
        const failure = toExternalError(error, effect);
        report(failure.outcome, failure.code);
        throw failure;
      }
    },
  };
}

/** A refusal or a rate limit is Slack at work; only its absence opens the circuit. */
function isOutage(error: unknown): boolean {
  return error instanceof ExternalError && error.retryable && error.code !== 'ratelimited';
}

/** Without the header the library throws an error nobody can tell from a lost answer. */
async function fetchWithRetryAfter(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  if (response.status !== 429 || /^\d+$/.test(response.headers.get('retry-after') ?? '')) return response;
  await response.body?.cancel();
  return new Response('', { status: 429, headers: { 'retry-after': '30' } });
}
