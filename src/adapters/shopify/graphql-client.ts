import { setTimeout as sleep } from 'node:timers/promises';
import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhenResult } from 'cockatiel';
import { ExternalError } from '../../errors.ts';
import { type Exchange, exchange } from './exchange.ts';
import { type OperationKind, readAnswer } from './read-answer.ts';
import type { TokenProvider } from './token-provider.ts';

export type GraphqlClient = {
  /** May wait once, at most two seconds, when the shop is busy. */
  query<Data, Variables>(text: string, variables: Variables): Promise<Data>;
  /** Sent once; repeating is the caller's decision. */
  mutate<Data, Variables>(text: string, variables: Variables): Promise<Data>;
};

export type GraphqlClientOptions = {
  /** `https://my-store.myshopify.com`, without a path. */
  readonly apiUrl: string;
  readonly apiVersion: string;
  readonly tokens: TokenProvider;
  readonly timeoutMs?: number | undefined;
  readonly log?: { warn(fields: object, message: string): void } | undefined;
  /** For metrics: every request, under the name its document gives it. */
  readonly onCall?: ((operation: string, ms: number, outcome: CallOutcome) => void) | undefined;
};

export type CallOutcome = 'ok' | 'refused' | 'unknown';

const longestWaitMs = 2_000;
const jitterMs = 100;

export function createGraphqlClient(options: GraphqlClientOptions): GraphqlClient {
  const url = `${options.apiUrl}/admin/api/${options.apiVersion}/graphql.json`;
  const breaker = circuitBreaker(handleWhenResult(isOutage), {
    halfOpenAfter: 10_000,
    breaker: new ConsecutiveBreaker(5),
  });
  breaker.onBreak(() => options.log?.warn({ service: 'shopify' }, 'circuit opened'));

  async function post(body: string, token: string): Promise<Exchange> {
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token };
    try {
      return await breaker.execute(() => exchange({ url, headers, body, timeoutMs: options.timeoutMs }));
    } catch (cause) {
      if (!(cause instanceof BrokenCircuitError)) throw cause;
      throw new ExternalError({
        service: 'shopify',
        retryable: true,
        outcome: 'refused',
        code: 'circuit_open',
        cause,
      });
    }
  }

  /** A 401 comes before anything is run, so asking again with a fresh token is safe for mutations too. */
  async function postAuthorised(body: string): Promise<Exchange> {
    const token = await options.tokens.getToken();
    const reply = await post(body, token);
    if (reply.kind !== 'answer' || reply.status !== 401) return reply;
    options.tokens.invalidate(token);
    const fresh = await options.tokens.getToken();
    return fresh === token ? reply : post(body, fresh);
  }

  async function call<Data>(kind: OperationKind, text: string, variables: unknown): Promise<Data> {
    const operationName = nameOf(text);
    const body = JSON.stringify({ query: text, operationName, variables });
    const startedAt = performance.now();
    let outcome: CallOutcome = 'ok';
    try {
      return readAnswer(await postAuthorised(body), kind) as Data;
    } catch (error) {
      outcome = error instanceof ExternalError ? error.outcome : 'unknown';
      throw error;
    } finally {
      options.onCall?.(operationName, performance.now() - startedAt, outcome);
    }
  }

  return {
    async query(text, variables) {
      try {
        return await call('query', text, variables);
      } catch (error) {
        const waitMs = shortWait(error);
        if (waitMs === undefined) throw error;
        await sleep(waitMs);
        return call('query', text, variables);
      }
    },
    mutate: (text, variables) => call('mutation', text, variables),
  };
}

function isOutage(reply: unknown): boolean {
  const { kind, status } = reply as { readonly kind: Exchange['kind']; readonly status?: number };
  return kind === 'no-answer' || (status ?? 0) >= 500;
}

function shortWait(error: unknown): number | undefined {
  if (!(error instanceof ExternalError) || error.code !== 'THROTTLED') return undefined;
  const { retryAfterMs } = error;
  if (retryAfterMs === undefined || retryAfterMs > longestWaitMs) return undefined;
  return Math.min(longestWaitMs, retryAfterMs + Math.random() * jitterMs);
}

function nameOf(text: string): string {
  return /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? 'unnamed';
}
