import { WebClient } from '@slack/web-api';
import { type CircuitOptions, createCircuit } from '../../circuit.ts';
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
  readonly onCircuit?: CircuitOptions['onChange'];
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
  const circuit = createCircuit({
    service: 'slack',
    // A refusal or a rate limit, which is a channel's or a method's, is Slack at work.
    isOutage: (error) => error.retryable && error.code !== 'ratelimited',
    restMs: options.restMs ?? 10_000,
    onChange: options.onCircuit,
  });

  return {
    async call<Method extends SlackMethod>(method: Method, args: SlackArguments[Method]) {
      const { effect } = slackMethods[method];
      const startedAt = performance.now();
      const report = (outcome: SlackCall['outcome'], code?: string) =>
        options.onCall?.({ method, outcome, code, durationMs: performance.now() - startedAt });
      try {
        const answer = await circuit(() =>
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

/** The library reads whole seconds only; without them it throws what nobody can tell from a lost answer. */
async function fetchWithRetryAfter(url: string | URL | Request, init?: RequestInit): Promise<Response> {
  const response = await fetch(url, init);
  const asked = response.headers.get('retry-after') ?? '';
  if (response.status !== 429 || /^\d+$/.test(asked)) return response;
  await response.body?.cancel();
  const untilDate = Math.ceil((Date.parse(asked) - Date.now()) / 1000);
  const seconds = Number.isFinite(untilDate) ? Math.max(0, untilDate) : 30;
  return new Response('', { status: 429, headers: { 'retry-after': String(seconds) } });
}
