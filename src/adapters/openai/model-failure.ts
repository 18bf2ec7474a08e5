import { APIConnectionTimeoutError, APIError } from 'openai';
import { ExternalError } from '../../errors.ts';

/** We hung up ourselves: says nothing about the provider. */
export const abortedCode = 'aborted';

/** Codes that only a person can do something about, whatever their HTTP status. */
const needsPerson = new Set([
  'insufficient_quota',
  'billing_hard_limit_reached',
  'billing_not_active',
  'account_deactivated',
]);

/**
 * The ExternalError for whatever the client threw. The cause is left out: the client's errors quote the
 * request, and with it the customer. The outcome is always 'refused': asking a model changes nothing.
 */
export function modelFailure(error: unknown, aborted: boolean): ExternalError {
  if (error instanceof ExternalError) return error;
  if (aborted) return failure({ retryable: true, code: abortedCode });
  if (error instanceof APIConnectionTimeoutError) {
    return failure({ retryable: true, code: 'timeout' });
  }
  if (error instanceof SyntaxError) return nonsense();
  if (!(error instanceof APIError) || error.status === undefined) {
    return failure({ retryable: true, code: 'connection' });
  }
  const code = readCode(error.code) ?? readCode(error.type) ?? `http_${error.status}`;
  const passing = error.status === 408 || error.status === 409 || error.status === 429 || error.status >= 500;
  const accessRefused =
    error.status === 401 || [error.code, error.type].some((known) => needsPerson.has(known ?? ''));
  const retryable = passing && !accessRefused;
  return failure({ retryable, code, accessRefused, retryAfterMs: readRetryAfterMs(error.headers) });
}

/** The provider answered, but with nothing a conversation could go on with. */
export function nonsense(): ExternalError {
  return failure({ retryable: true, code: 'nonsense' });
}

/** For reading an answer: whatever its shape breaks on the way is the provider's nonsense. */
export function orNonsense<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof ExternalError ? error : nonsense();
  }
}

export function failure(init: {
  readonly retryable: boolean;
  readonly code: string;
  readonly accessRefused?: boolean;
  readonly retryAfterMs?: number | undefined;
}): ExternalError {
  return new ExternalError({ service: 'openai', outcome: 'refused', ...init });
}

/** Undefined for what may be prose. */
export function readCode(value: string | null | undefined): string | undefined {
  return typeof value === 'string' && /^[\w.-]{1,64}$/.test(value) ? value : undefined;
}

function readRetryAfterMs(headers: Headers | undefined): number | undefined {
  const exact = headers?.get('retry-after-ms');
  const coarse = headers?.get('retry-after');
  if (exact && /^\d+(\.\d+)?$/.test(exact)) return Number(exact);
  if (!coarse) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(coarse) ? Number(coarse) * 1000 : Date.parse(coarse) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}
