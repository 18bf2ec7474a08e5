export type Exchange =
  | {
      readonly kind: 'answer';
      readonly status: number;
      readonly retryAfterMs: number | undefined;
      /** The parsed body; undefined when it is not JSON. */
      readonly json: unknown;
    }
  /** `sent` is false only when no connection was made, so that the shop cannot have seen the request. */
  | { readonly kind: 'no-answer'; readonly sent: boolean; readonly code: string; readonly cause: unknown };

type ExchangeRequest = {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  readonly timeoutMs?: number | undefined;
};

const defaultTimeoutMs = 10_000;
const neverConnected = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
]);

/** One POST and its whole answer. Never throws: no answer is one of the answers. */
export async function exchange(request: ExchangeRequest): Promise<Exchange> {
  try {
    const response = await fetch(request.url, {
      method: 'POST',
      headers: { accept: 'application/json', ...request.headers },
      body: request.body,
      // A redirect would carry the credentials to another address.
      redirect: 'manual',
      signal: AbortSignal.timeout(request.timeoutMs ?? defaultTimeoutMs),
    });
    const text = await response.text();
    const retryAfterMs = parseRetryAfter(response.headers.get('retry-after'));
    return { kind: 'answer', status: response.status, retryAfterMs, json: parseJson(text) };
  } catch (cause) {
    const code = networkCode(cause);
    return { kind: 'no-answer', sent: !neverConnected.has(code), code, cause };
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function parseRetryAfter(header: string | null): number | undefined {
  if (header === null || header.trim() === '') return undefined;
  const seconds = Number(header);
  const ms = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, Math.ceil(ms)) : undefined;
}

/** `fetch` hides the reason one or two causes deep. */
function networkCode(error: unknown): string {
  if (!(error instanceof Error)) return 'network';
  if (error.name === 'TimeoutError') return 'timeout';
  if ('code' in error && typeof error.code === 'string') return error.code;
  return error.cause === undefined ? 'network' : networkCode(error.cause);
}
