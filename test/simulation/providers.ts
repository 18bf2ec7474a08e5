import type { Config } from '../../src/config.ts';
import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import { createPhoneNetwork } from '../../src/sandbox/phone-network.ts';
import { emptyPhoneState, type PhoneMessage } from '../../src/sandbox/phone-network-state.ts';
import type { StandInAnswer, StandInRequest } from '../../src/sandbox/server.ts';
import type { ShopRefund } from '../../src/sandbox/shop/shop-state.ts';
import { createShop, type Shop } from '../../src/sandbox/shop.ts';
import { createWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { emptyWorkspaceState, type SlackMessage } from '../../src/sandbox/workspace-state.ts';

export type Service = 'shopify' | 'twilio' | 'slack';

export type Providers = {
  readonly shop: Shop;
  /** Refunds that no person made, since the seed began. */
  refunds(): readonly ShopRefund[];
  readonly workspace: Workspace;
  /** Every text the phone network took for sending, oldest first. */
  texts(): readonly PhoneMessage[];
  /** Every message in Slack, oldest first. */
  posts(): readonly SlackMessage[];
  /** Which provider is called, and what for. */
  describe(url: URL, init: RequestInit): { readonly service: Service; readonly operation: string };
  answer(url: URL, init: RequestInit): Promise<Response>;
};

const shopUrl = 'http://shop.invalid';
const phonesUrl = 'http://phones.invalid';
const workspaceUrl = 'http://workspace.invalid';
const keys = { shop: 'shpat_sim', account: `AC${'0'.repeat(32)}`, phones: 'sim', slack: 'xoxb-sim' };
export const storeDomain = 'birch-and-loom.myshopify.com';
/** The note of what the merchant refunds. */
export const byHand = 'By hand';
const number = '+15550100100';

/** Shopify, Twilio and Slack as the sandbox has them, without a network in between. */
export function openProviders(now: Date): Providers {
  const clock = () => new Date();
  const program = {
    publicUrl: () => 'http://program.invalid',
    post: async () => ({ status: 0, body: '' }),
    moveTo: () => {},
  };
  const memory = <T>(state: T) => ({ state, save: () => {} });
  const heard = emptyPhoneState();
  const posted = emptyWorkspaceState();
  const shop = createShop({
    state: memory(createDemoStore(now)),
    now: clock,
    accessToken: keys.shop,
    cost: 'unlimited',
  });
  const madeBefore = shop.refunds().length;
  const phones = createPhoneNetwork({
    file: memory(heard),
    now: clock,
    accountSid: keys.account,
    authToken: keys.phones,
    number,
    messagingServiceSid: `MG${'0'.repeat(32)}`,
    program,
  });
  const workspace = createWorkspace({
    file: memory(posted),
    now: clock,
    teamId: 'TBIRCHLOOM',
    botToken: keys.slack,
    signingSecret: 'sim',
    program,
    baseUrl: () => workspaceUrl,
    echoesPosts: false,
  });
  const handlers = new Map<string, (request: StandInRequest) => StandInAnswer | Promise<StandInAnswer>>([
    [shopUrl, shop.handle],
    [phonesUrl, phones.handle],
    [workspaceUrl, workspace.handle],
  ]);
  return {
    shop,
    refunds: () =>
      shop
        .refunds()
        .slice(madeBefore)
        .filter(({ note }) => note !== byHand),
    workspace,
    texts: () => heard.messages,
    posts: () => posted.messages,
    describe(url, init) {
      if (url.origin === shopUrl) {
        const { operationName } = JSON.parse(String(init.body)) as { readonly operationName?: string };
        return { service: 'shopify', operation: operationName ?? 'query' };
      }
      if (url.origin === phonesUrl) return { service: 'twilio', operation: init.method ?? 'GET' };
      return { service: 'slack', operation: url.pathname.split('/').at(-1) ?? '' };
    },
    async answer(url, init) {
      const handle = handlers.get(url.origin);
      if (!handle) throw new Error(`Nobody is called ${url.origin}.`);
      const answer = await handle(await toRequest(url, init));
      if ('drop' in answer) throw new Error('A stand-in hung up.');
      return new Response(answer.body, { status: answer.status, headers: { ...answer.headers } });
    },
  };
}

async function toRequest(url: URL, init: RequestInit): Promise<StandInRequest> {
  const request = new Request(url, { ...init, signal: null });
  const rawBody = request.method === 'GET' ? '' : await request.text();
  return {
    method: request.method,
    path: `${url.pathname}${url.search}`,
    headers: Object.fromEntries(request.headers),
    rawBody,
  };
}

/** The program's settings for them. */
export function withProviders(config: Config): Config {
  return {
    ...config,
    http: { ...config.http, publicUrl: undefined },
    shopify: {
      storeDomain,
      auth: { kind: 'static', token: keys.shop },
      apiVersion: '2026-10',
      apiUrl: shopUrl,
      webhookSecrets: [],
    },
    twilio: { accountSid: keys.account, authTokens: [keys.phones], smsFrom: number, apiUrl: phonesUrl },
  };
}

export const slack = {
  apiUrl: `${workspaceUrl}/slack/api/`,
  token: keys.slack,
  approvals: 'CAPPROVALS',
  support: 'CSUPPORT',
  team: 'TBIRCHLOOM',
  managers: 'SMANAGERS1',
};
