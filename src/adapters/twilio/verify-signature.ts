import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
// The deep path: the package's entry loads its whole REST client, 200 ms and axios.
import { validateRequest } from 'twilio/lib/webhooks/webhooks.js';
import { type RawParam, readForm, readRawParams } from './form.ts';

export type SignedRequest = {
  /** The configured base the provider calls, e.g. `https://returns.example.com`; never the Host header. */
  readonly publicUrl: string;
  readonly path: string;
  /** As received, still encoded, with or without the `?`. */
  readonly query: string;
  readonly rawBody: Buffer;
  readonly contentType: string | undefined;
  /** The `X-Twilio-Signature` header. */
  readonly signature: string | undefined;
  /** Two while rotating. */
  readonly authTokens: readonly string[];
};

/**
 * Forms are signed over the URL and every parameter received; any other body by its SHA-256, which the
 * signed URL carries. https://www.twilio.com/docs/usage/security#validating-requests
 */
export function isSignedByTwilio(request: SignedRequest): boolean {
  const { signature, authTokens } = request;
  if (!signature) return false;
  const url = signedUrl(request);
  if (!URL.canParse(url)) return false;
  const tokens = authTokens.filter((token) => token !== '');
  if (!isForm(request.contentType)) {
    return (
      carriesBodyDigest(url, request.rawBody) &&
      tokens.some((token) => validateRequest(token, signature, url, {}))
    );
  }
  const params = groupedParams(readForm(request.rawBody));
  const rawParams = readRawParams(request.rawBody);
  return tokens.some(
    (token) =>
      validateRequest(token, signature, url, params) || matchesBytes(token, signature, url, rawParams),
  );
}

function signedUrl({ publicUrl, path, query }: SignedRequest): string {
  const bareQuery = query.replace(/^\?/, '');
  return `${publicUrl.replace(/\/+$/, '')}${path}${bareQuery === '' ? '' : `?${bareQuery}`}`;
}

function isForm(contentType: string | undefined): boolean {
  return /^\s*application\/x-www-form-urlencoded\s*(?:;|$)/i.test(contentType ?? '');
}

function carriesBodyDigest(url: string, rawBody: Buffer): boolean {
  const claimed = new URL(url).searchParams.get('bodySHA256') ?? '';
  return sameText(claimed.toLowerCase(), createHash('sha256').update(rawBody).digest('hex'));
}

function groupedParams(form: URLSearchParams): Record<string, string | string[]> {
  const params: Record<string, string | string[]> = Object.create(null);
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name);
    params[name] = values.length === 1 ? (values[0] ?? '') : values;
  }
  return params;
}

/** For bodies with bytes that are no UTF-8, which any reading as text would change. */
function matchesBytes(token: string, signature: string, url: string, params: readonly RawParam[]): boolean {
  const distinct = new Map(params.map((param) => [`${param.name}\0${param.value}`, param]));
  const signedParams = [...distinct.values()]
    .sort((a, b) => compareText(a.name, b.name) || compareText(a.value, b.value))
    .map(({ name, value }) => name + value)
    .join('');
  return portVariants(url).some((variant) => {
    const hmac = createHmac('sha1', token).update(variant, 'utf8').update(signedParams, 'latin1');
    return sameText(signature, hmac.digest('base64'));
  });
}

/** Twilio signs with and without the port, whichever the address had. */
function portVariants(url: string): readonly string[] {
  const [, scheme = '', host = '', rest = ''] =
    /^(https?:\/\/)([^/?#]*?)(?::\d+)?([/?#].*)?$/is.exec(url) ?? [];
  const port = scheme.toLowerCase() === 'https://' ? 443 : 80;
  return [url, `${scheme}${host}${rest}`, `${scheme}${host}:${port}${rest}`];
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
