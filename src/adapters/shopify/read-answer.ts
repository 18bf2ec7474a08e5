import { z } from 'zod';
import { ExternalError } from '../../errors.ts';
import type { Exchange } from './exchange.ts';

export type OperationKind = 'query' | 'mutation';

const cost = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({ currentlyAvailable: z.number(), restoreRate: z.number().positive() }),
});
const topLevelError = z.object({
  message: z.string().catch(''),
  extensions: z.object({ code: z.string().optional() }).nullish().catch(undefined),
});
const envelope = z.object({
  data: z.record(z.string(), z.unknown()).nullish(),
  errors: z.array(topLevelError).optional(),
  extensions: z
    .object({ cost: cost.optional().catch(undefined) })
    .nullish()
    .catch(undefined),
});
type Envelope = z.infer<typeof envelope>;

type Failure = {
  readonly code: string;
  readonly retryable: boolean;
  readonly retryAfterMs?: number | undefined;
  readonly mayHaveActed: boolean;
  readonly accessRefused?: boolean;
  readonly cause?: unknown;
};

/** Shopify answers these before it runs anything. */
const notRun = new Set(['THROTTLED', 'ACCESS_DENIED', 'MAX_COST_EXCEEDED', 'SHOP_INACTIVE']);
const passing = new Set(['THROTTLED', 'INTERNAL_SERVER_ERROR', 'TIMEOUT', 'IDEMPOTENCY_CONCURRENT_REQUEST']);

/**
 * The data of an answer, or an ExternalError that says whether the shop may have acted. Whatever is not
 * known to have been refused counts as "may have acted" for a mutation.
 */
export function readAnswer(reply: Exchange, kind: OperationKind): Readonly<Record<string, unknown>> {
  if (reply.kind === 'no-answer') {
    throw failure(kind, { code: reply.code, retryable: true, mayHaveActed: reply.sent, cause: reply.cause });
  }
  if (reply.status !== 200) throw failure(kind, httpFailure(reply.status, reply.retryAfterMs));
  const parsed = envelope.safeParse(reply.json);
  if (!parsed.success) throw failure(kind, { code: 'unreadable', retryable: true, mayHaveActed: true });
  const { data, errors } = parsed.data;
  if (errors !== undefined && errors.length > 0) throw failure(kind, graphqlFailure(parsed.data));
  if (!data) throw failure(kind, { code: 'unreadable', retryable: true, mayHaveActed: true });
  return data;
}

/** The three codes of https://shopify.dev/docs/api/usage/implementing-idempotency, wherever they stand. */
export function idempotencyCode(text: string): string | undefined {
  return /IDEMPOTENCY_(?:CONCURRENT_REQUEST|PREVIOUS_ATTEMPT_FAILED|KEY_PARAMETER_MISMATCH)/.exec(text)?.[0];
}

export function isPassing(code: string): boolean {
  return passing.has(code);
}

function httpFailure(status: number, retryAfterMs: number | undefined): Failure {
  const code = `http_${status}`;
  if (status === 401 || status === 403) {
    return { code: 'unauthorized', retryable: false, mayHaveActed: false, accessRefused: true };
  }
  // Frozen for an unpaid bill, and locked.
  if (status === 402 || status === 423) {
    return { code, retryable: false, mayHaveActed: false, accessRefused: true };
  }
  if (status === 429 || status === 430) return { code, retryable: true, retryAfterMs, mayHaveActed: false };
  if (status >= 500 || status === 408) return { code, retryable: true, retryAfterMs, mayHaveActed: true };
  // A 2xx that is not 200 is no answer of this API: nobody knows what it stands for.
  return { code, retryable: false, mayHaveActed: status < 300 };
}

function graphqlFailure(answer: Envelope): Failure {
  const errors = answer.errors ?? [];
  const codes = errors.map(
    (error) => idempotencyCode(`${error.extensions?.code} ${error.message}`) ?? error.extensions?.code,
  );
  const code = codes.find((candidate) => candidate !== undefined) ?? 'graphql_error';
  const somethingRan = Object.values(answer.data ?? {}).some((value) => value !== null);
  return {
    code,
    retryable: codes.every((each) => each !== undefined && passing.has(each)),
    retryAfterMs: code === 'THROTTLED' ? restoreTimeMs(answer) : undefined,
    accessRefused: code === 'SHOP_INACTIVE',
    mayHaveActed: somethingRan || !codes.every((each) => each !== undefined && notRun.has(each)),
  };
}

function restoreTimeMs(answer: Envelope): number | undefined {
  const known = answer.extensions?.cost;
  if (!known) return undefined;
  const missing = known.requestedQueryCost - known.throttleStatus.currentlyAvailable;
  return Math.max(0, Math.ceil((missing / known.throttleStatus.restoreRate) * 1000));
}

function failure(kind: OperationKind, { mayHaveActed, ...rest }: Failure): ExternalError {
  const outcome = kind === 'mutation' && mayHaveActed ? 'unknown' : 'refused';
  return new ExternalError({ service: 'shopify', outcome, ...rest });
}
