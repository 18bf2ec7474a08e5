import { setTimeout as sleep } from 'node:timers/promises';
import { type CircuitOptions, createCircuit } from '../../circuit.ts';
import { ExternalError } from '../../errors.ts';
import { type Exchange, exchange } from './exchange.ts';
import { isPassing, type OperationKind, readAnswer } from './read-answer.ts';
import type { TokenProvider } from './token-provider.ts';

export type GraphqlClient = {
  /** Asked again twice when the shop is busy or away for a moment, as long as the waits stay short. */
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
  /** Of all waits of one query together: somebody waits for it, a customer or whoever clicked a button. */
  readonly longestWaitMs?: number | undefined;
  readonly onCircuit?: CircuitOptions['onChange'];
  /** For metrics: every request, under the name its document gives it. */
  readonly onCall?: ((operation: string, ms: number, outcome: CallOutcome) => void) | undefined;
};

export type CallOutcome = 'ok' | 'refused' | 'unknown';

const firstBackoffMs = 300;
const mostRepeats = 2;
const jitter = 0.25;

export function createGraphqlClient(options: GraphqlClientOptions): GraphqlClient {
  const url = `${options.apiUrl}/admin/api/${options.apiVersion}/graphql.json`;
  const circuit = createCircuit({
    service: 'shopify',
    isOutage,
    restMs: 10_000,
    onChange: options.onCircuit,
  });

  function post(body: string, token: string): Promise<Exchange> {
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token };
    return exchange({ url, headers, body, timeoutMs: options.timeoutMs });
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
      return await circuit(async () => readAnswer(await postAuthorised(body), kind) as Data);
    } catch (error) {
      outcome = error instanceof ExternalError ? error.outcome : 'unknown';
      throw error;
    } finally {
      options.onCall?.(operationName, performance.now() - startedAt, outcome);
    }
  }

  return {
    async query(text, variables) {
      for (let repeats = 0, leftMs = options.longestWaitMs ?? 5_000; ; repeats += 1) {
        try {
          return await call('query', text, variables);
        } catch (error) {
          const waitMs = waitAfter(error, repeats);
          if (waitMs === undefined || waitMs > leftMs) throw error;
          leftMs -= waitMs;
          await sleep(waitMs * (1 + Math.random() * jitter));
        }
      }
    },
    mutate: (text, variables) => call('mutation', text, variables),
  };
}

/** A shop that asks for patience, or that one query is too much for, is there. */
function isOutage({ retryable, code = '' }: ExternalError): boolean {
  return retryable && !isPassing(code) && code !== 'http_429' && code !== 'http_430';
}

function waitAfter(error: unknown, repeats: number): number | undefined {
  if (!(error instanceof ExternalError) || !error.retryable || repeats >= mostRepeats) return undefined;
  if (error.accessRefused || tooLongAlready.has(error.code ?? '')) return undefined;
  return error.retryAfterMs ?? firstBackoffMs * 3 ** repeats;
}

const tooLongAlready = new Set(['timeout', 'circuit_open']);

function nameOf(text: string): string {
  return /(?:query|mutation) (\w+)/.exec(text)?.[1] ?? 'unnamed';
}
