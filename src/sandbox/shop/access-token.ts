import { randomBytes } from 'node:crypto';
import { json, type StandInAnswer, type StandInRequest } from '../server.ts';
import type { StateFile } from '../state-file.ts';
import type { ShopState } from './shop-state.ts';

export type AppCredentials = { readonly clientId: string; readonly clientSecret: string };

const tokenLifeSeconds = 86_399;
const scope = [
  'read_customers',
  'read_orders',
  'read_products',
  'read_returns',
  'write_orders',
  'write_returns',
  'write_store_credit_account_transactions',
].join(',');

/**
 * The client credentials grant, form or JSON.
 * https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/client-credentials-grant
 */
export function issueToken(
  { state, save }: StateFile<ShopState>,
  app: AppCredentials | undefined,
  request: StandInRequest,
  now: Date,
): StandInAnswer {
  const form = readForm(request);
  if (form.grant_type !== 'client_credentials') return json(400, { error: 'unsupported_grant_type' });
  if (!app || form.client_id !== app.clientId || form.client_secret !== app.clientSecret) {
    return json(400, { error: 'invalid_client' });
  }
  const token = `shpat_${randomBytes(16).toString('hex')}`;
  const expiresAt = new Date(now.getTime() + tokenLifeSeconds * 1_000).toISOString();
  state.accessTokens = [...state.accessTokens.filter((each) => isLive(each, now)), { token, expiresAt }];
  save();
  return json(200, { access_token: token, scope, expires_in: tokenLifeSeconds });
}

export function isIssuedToken(state: ShopState, token: string, now: Date): boolean {
  return state.accessTokens.some((each) => each.token === token && isLive(each, now));
}

function isLive({ expiresAt }: { readonly expiresAt: string }, now: Date): boolean {
  return new Date(expiresAt) > now;
}

function readForm({ headers, rawBody }: StandInRequest): Readonly<Record<string, unknown>> {
  if (!headers['content-type']?.includes('json')) return Object.fromEntries(new URLSearchParams(rawBody));
  try {
    return Object(JSON.parse(rawBody));
  } catch {
    return {};
  }
}
