import { ExternalError } from '../../errors.ts';
import { meaningOfTwilioError } from './error-codes.ts';

export type TwilioCredentials = {
  readonly accountSid: string;
  readonly authToken: string;
  /** `https://api.twilio.com` or a stand-in. */
  readonly apiUrl: string;
  readonly timeoutMs: number;
};

export type TwilioAnswer =
  | { readonly kind: 'ok'; readonly body: Readonly<Record<string, unknown>> }
  /** Understood and declined: repeating it cannot help. */
  | { readonly kind: 'declined'; readonly code: string };

/**
 * One request to the Messages resource. fetch instead of the twilio client: its errors carry the
 * credentials, the text and the number, hide Retry-After, and its timeout measures silence, not the call.
 */
export async function askTwilio(
  credentials: TwilioCredentials,
  path: string,
  body?: URLSearchParams | { readonly json: object },
): Promise<TwilioAnswer> {
  const { accountSid, authToken, apiUrl, timeoutMs } = credentials;
  const url = new URL(path, apiUrl);
  if (url.origin !== new URL(apiUrl).origin) throw failure({ outcome: 'refused', code: 'foreign_address' });
  let status: number;
  let retryAfterMs: number | undefined;
  let text: string;
  try {
    const response = await fetch(url, {
      method: body ? 'POST' : 'GET',
      headers: {
        authorization: `Basic ${Buffer.from(`${accountSid}:${authToken}`).toString('base64')}`,
        ...(body && 'json' in body && { 'content-type': 'application/json' }),
      },
      ...(body ? { body: 'json' in body ? JSON.stringify(body.json) : body } : {}),
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    status = response.status;
    retryAfterMs = readRetryAfterMs(response.headers.get('retry-after'));
    text = await response.text();
  } catch (error) {
    throw networkFailure(error);
  }
  const read = readJsonObject(text);
  const code = readCode(read) ?? `http_${status}`;
  if (status >= 200 && status < 300) {
    if (read) return { kind: 'ok', body: read };
    throw failure({ outcome: 'unknown', retryable: true, code: 'nonsense' });
  }
  const meaning = meaningOfTwilioError(code);
  if (status === 429 || (status < 500 && meaning === 'retry-later')) {
    throw failure({ outcome: 'refused', retryable: true, code, retryAfterMs });
  }
  if (status >= 500 || status === 408) {
    throw failure({ outcome: 'unknown', retryable: true, code, retryAfterMs });
  }
  // A bare 401, 403 or 404 is about the account, as is a redirect about the address; neither about a text.
  if (meaning === 'operator' || (!meaning && status !== 400 && status !== 422)) {
    throw failure({ outcome: 'refused', code, accessRefused: status === 401 || status === 403 });
  }
  return { kind: 'declined', code };
}

function networkFailure(error: unknown): ExternalError {
  const cause = error instanceof Error ? error.cause : undefined;
  const code = hasCode(cause) ? cause.code : undefined;
  if (error instanceof Error && error.name === 'TimeoutError') {
    return failure({ outcome: 'unknown', retryable: true, code: 'timeout' });
  }
  const neverConnected = code !== undefined && (unconnected.has(code) || /CERT|TLS|SSL/.test(code));
  return failure({
    outcome: neverConnected ? 'refused' : 'unknown',
    retryable: true,
    code: code ?? 'connection',
  });
}

/** Failures before a byte of the request can have arrived. */
const unconnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function failure(init: {
  readonly outcome: 'refused' | 'unknown';
  readonly retryable?: boolean;
  readonly code: string;
  readonly accessRefused?: boolean;
  readonly retryAfterMs?: number | undefined;
}): ExternalError {
  return new ExternalError({ service: 'twilio', retryable: false, ...init });
}

function readRetryAfterMs(header: string | null): number | undefined {
  if (header === null) return undefined;
  const ms = /^\d+(\.\d+)?$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

function readJsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function readCode(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  const code = body?.code;
  return typeof code === 'number' || typeof code === 'string'
    ? /^\d{1,10}$/.exec(String(code))?.[0]
    : undefined;
}

function hasCode(value: unknown): value is { readonly code: string } {
  return typeof value === 'object' && value !== null && 'code' in value && typeof value.code === 'string';
}
