import { listOf, matching, secret, storeDomain, webAddress } from './formats.ts';
import { type ConfigProblem, type Given, problemOf, type ValuesOf, type VariableTable } from './variable.ts';

const appSettings = 'Shopify Dev Dashboard (dev.shopify.com/dashboard) → Apps → your app → Settings';

export const shopifyVariables = {
  SHOPIFY_STORE_DOMAIN: {
    meaning: 'The store.',
    expected: 'my-store or my-store.myshopify.com, not the domain customers see',
    whereToGet: 'Shopify admin → Settings → Domains, the one that ends in .myshopify.com',
    format: storeDomain,
  },
  SHOPIFY_ADMIN_TOKEN: {
    meaning: 'A static Admin API token; either this or the client id and secret.',
    expected: 'a token, usually starting with shpat_ (not the secret key, shpss_)',
    whereToGet: 'an admin-created custom app made before 2026; otherwise use client id and secret',
    isSecret: true,
    format: secret(/^shpss_/),
  },
  SHOPIFY_CLIENT_ID: {
    meaning: "The app's client id, for the client-credentials grant.",
    expected: 'the client id',
    whereToGet: appSettings,
    format: secret(/^shp[a-z]{2,3}_/),
  },
  SHOPIFY_CLIENT_SECRET: {
    meaning: "The app's client secret.",
    expected: 'the client secret',
    whereToGet: appSettings,
    isSecret: true,
    format: secret(/^shpat_/),
  },
  SHOPIFY_WEBHOOK_SECRET: {
    meaning: "Verifies Shopify's webhooks; two, comma-separated, while rotating.",
    whenUnset: 'the client secret',
    expected: 'the secret webhooks are signed with',
    whereToGet: `${appSettings} (client secret), or Settings → Notifications → Webhooks for hand-made ones`,
    isSecret: true,
    format: listOf(secret()),
  },
  SHOPIFY_API_VERSION: {
    meaning: 'The version of the Admin API.',
    default: '2026-10',
    expected: 'a version such as 2026-10, or unstable',
    whereToGet: 'leave it: the program is made for its default',
    format: matching(/^\d{4}-(01|04|07|10)$|^unstable$/),
  },
  SHOPIFY_API_URL: {
    meaning: 'Where the Admin API is; for a local stand-in.',
    whenUnset: '`https://{store}`',
    expected: 'an address that starts with http:// or https://, without /admin/api',
    whereToGet: 'leave it unset',
    format: webAddress,
  },
} as const satisfies VariableTable;

export type ShopifyConfig = {
  readonly storeDomain: string;
  readonly auth:
    | { readonly kind: 'static'; readonly token: string }
    | { readonly kind: 'client-credentials'; readonly clientId: string; readonly clientSecret: string };
  readonly apiVersion: string;
  readonly apiUrl: string;
  /** Empty: no webhook can be verified, all are refused. */
  readonly webhookSecrets: readonly string[];
};

/** The rules between the variables, for a live start. */
export function findShopifyProblems(given: Given): readonly ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const report = (variable: keyof typeof shopifyVariables, problem: string): void => {
    problems.push(problemOf(shopifyVariables, variable, problem));
  };
  if (!given.SHOPIFY_STORE_DOMAIN) report('SHOPIFY_STORE_DOMAIN', 'is missing: a live start needs a store');
  if (given.SHOPIFY_ADMIN_TOKEN) return problems;
  if (given.SHOPIFY_CLIENT_ID && !given.SHOPIFY_CLIENT_SECRET) {
    report('SHOPIFY_CLIENT_SECRET', 'is missing: SHOPIFY_CLIENT_ID is set, and the two go together');
  } else if (given.SHOPIFY_CLIENT_SECRET && !given.SHOPIFY_CLIENT_ID) {
    report('SHOPIFY_CLIENT_ID', 'is missing: SHOPIFY_CLIENT_SECRET is set, and the two go together');
  } else if (!given.SHOPIFY_CLIENT_ID) {
    const why = 'is missing: a live start needs it and SHOPIFY_CLIENT_SECRET, or SHOPIFY_ADMIN_TOKEN alone';
    report('SHOPIFY_CLIENT_ID', why);
  }
  return problems;
}

export function readShopify(values: ValuesOf<typeof shopifyVariables>): ShopifyConfig | undefined {
  const { SHOPIFY_STORE_DOMAIN: store, SHOPIFY_CLIENT_ID: clientId } = values;
  const { SHOPIFY_ADMIN_TOKEN: token, SHOPIFY_CLIENT_SECRET: clientSecret } = values;
  if (!store) return undefined;
  const rest = {
    storeDomain: store,
    apiVersion: values.SHOPIFY_API_VERSION,
    apiUrl: values.SHOPIFY_API_URL ?? `https://${store}`,
    webhookSecrets: values.SHOPIFY_WEBHOOK_SECRET ?? (clientSecret ? [clientSecret] : []),
  };
  if (token) return { ...rest, auth: { kind: 'static', token } };
  if (!clientId || !clientSecret) return undefined;
  return { ...rest, auth: { kind: 'client-credentials', clientId, clientSecret } };
}
