import {
  WebAPIHTTPError,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebAPIRequestError,
} from '@slack/web-api';
import { ExternalError, type ExternalErrorInit } from '../../errors.ts';

/** What a failed call means: whether Slack may have acted, and whether asking again can help. */
export function toExternalError(error: unknown, effect: 'reads' | 'writes'): ExternalError {
  if (error instanceof ExternalError) return error;
  const lost = { retryable: true, outcome: effect === 'writes' ? 'unknown' : 'refused' } as const;
  return new ExternalError({ service: 'slack', cause: error, ...judge(error, lost) });
}

type Judgement = Omit<ExternalErrorInit, 'service' | 'cause'>;

function judge(error: unknown, lost: Judgement): Judgement {
  if (error instanceof WebAPIRateLimitedError) {
    return { ...refusedForNow, code: 'ratelimited', retryAfterMs: error.retryAfter * 1000 };
  }
  if (error instanceof WebAPIPlatformError) return judgePlatformCode(error.data.error, lost);
  if (error instanceof WebAPIHTTPError) {
    const code = `http_${error.statusCode}`;
    const said = error.statusCode >= 400 && error.statusCode < 500 && error.statusCode !== 408;
    return said ? { retryable: false, outcome: 'refused', code } : { ...lost, code };
  }
  if (error instanceof WebAPIRequestError) {
    const code = networkCode(error.original);
    return neverSent.has(code ?? '') ? { ...refusedForNow, code } : { ...lost, code };
  }
  // Cut off inside the answer, which the library does not wrap.
  return { ...lost, code: networkCode(error) };
}

const refusedForNow = { retryable: true, outcome: 'refused' } as const;

/** The connection was never made, so nothing was asked. */
const neverSent = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** Slack says of the first two that part of the operation may have succeeded. */
const halfDone = new Set(['fatal_error', 'internal_error']);
const passing = new Set(['ratelimited', 'rate_limited', 'request_timeout', 'service_unavailable']);

function judgePlatformCode(code: unknown, lost: Judgement): Judgement {
  // The library puts the whole body here when it was not JSON: somebody between us and Slack answered.
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{1,63}$/.test(code)) return lost;
  if (halfDone.has(code)) return { ...lost, code };
  return { retryable: passing.has(code), outcome: 'refused', code, accessRefused: deadToken.has(code) };
}

const deadToken = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'token_expired',
  'token_revoked',
]);

function networkCode(error: unknown): string | undefined {
  for (
    let cause: unknown = error, depth = 0;
    cause instanceof Error && depth < 4;
    cause = cause.cause, depth += 1
  ) {
    if (cause.name === 'TimeoutError') return 'timeout';
    if ('code' in cause && typeof cause.code === 'string') return cause.code;
  }
  return undefined;
}
