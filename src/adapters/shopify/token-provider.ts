import { z } from 'zod';
import { ExternalError } from '../../errors.ts';
import { exchange } from './exchange.ts';

export type TokenProvider = {
  /** Throws ExternalError when the shop will not give one. */
  getToken(): Promise<string>;
  /** The shop refused this token: the next `getToken` must not return it again if it can help it. */
  invalidate(token: string): void;
};

export type ClientCredentials = {
  /** `https://my-store.myshopify.com`, without a path. */
  readonly baseUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly now: () => Date;
};

const refreshAheadMs = 5 * 60_000;
const grant = z.object({ access_token: z.string().min(1), expires_in: z.number().positive() });

export function staticToken(token: string): TokenProvider {
  return { getToken: () => Promise.resolve(token), invalidate: () => {} };
}

/**
 * Client-credentials grant: tokens live 24 hours and only in stores of the app's own organisation.
 * https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant
 */
export function clientCredentials(options: ClientCredentials): TokenProvider {
  let current: { readonly token: string; readonly expiresAt: number } | undefined;
  let refreshAt = 0;
  let pending: Promise<string> | undefined;

  async function refresh(): Promise<string> {
    const askedAt = options.now().getTime();
    try {
      const granted = await requestToken(options);
      const lifetimeMs = granted.expires_in * 1000;
      current = { token: granted.access_token, expiresAt: askedAt + lifetimeMs };
      refreshAt = current.expiresAt - Math.min(refreshAheadMs, lifetimeMs / 2);
      return current.token;
    } catch (error) {
      if (current !== undefined && options.now().getTime() < current.expiresAt) return current.token;
      throw error;
    }
  }

  return {
    getToken() {
      if (current !== undefined && options.now().getTime() < refreshAt) return Promise.resolve(current.token);
      pending ??= refresh().finally(() => {
        pending = undefined;
      });
      return pending;
    },
    invalidate(token) {
      if (current?.token === token) current = undefined;
    },
  };
}

async function requestToken(options: ClientCredentials): Promise<z.infer<typeof grant>> {
  const reply = await exchange({
    url: `${options.baseUrl}/admin/oauth/access_token`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: options.clientId,
      client_secret: options.clientSecret,
    }).toString(),
  });
  if (reply.kind === 'no-answer') throw refused({ code: reply.code, retryable: true, cause: reply.cause });
  if (reply.status === 429 || reply.status >= 500) {
    throw refused({ code: `http_${reply.status}`, retryable: true, retryAfterMs: reply.retryAfterMs });
  }
  if (reply.status !== 200) {
    throw refused({ code: 'unauthorized', retryable: false, accessRefused: true });
  }
  const parsed = grant.safeParse(reply.json);
  if (!parsed.success) throw refused({ code: 'unreadable', retryable: true });
  return parsed.data;
}

/** Nothing but the token was asked for, so nothing can have happened in the shop. */
function refused(init: {
  code: string;
  retryable: boolean;
  accessRefused?: boolean;
  retryAfterMs?: number | undefined;
  cause?: unknown;
}): ExternalError {
  return new ExternalError({ service: 'shopify', outcome: 'refused', ...init });
}
