import { join } from 'node:path';
import { type Changes, createChanges } from './changes.ts';
import { type ControlRequest, createControl } from './control.ts';
import { credentialsAt, newKeys, type SandboxCredentials, smsFrom, storeDomain } from './credentials.ts';
import { createDemoStore } from './demo-store.ts';
import { createPhoneNetwork, type PhoneNetwork } from './phone-network.ts';
import { contentPath, typingPath } from './phone-network-content.ts';
import { mediaStorePrefix } from './phone-network-media.ts';
import { emptyPhoneState } from './phone-network-state.ts';
import { createProgram } from './program.ts';
import { type Answer, type SandboxServer, startServer } from './server.ts';
import type { ShopState } from './shop/shop-state.ts';
import { createShop, type Shop, type ShopOptions } from './shop.ts';
import { openStateFile, type StateFile } from './state-file.ts';
import { createWorkspace, type Workspace } from './workspace.ts';
import { createSockets } from './workspace-sockets.ts';
import { emptyWorkspaceState } from './workspace-state.ts';

export type SandboxOptions = {
  /** Where the program listens. */
  readonly appUrl: string;
  /** What the providers call it, and Twilio signs; `appUrl` unless told. */
  readonly publicUrl?: string;
  /** Without it nothing outlives the process. */
  readonly dataDir?: string;
  readonly now?: () => Date;
  /** 0 takes a free port, with a `dataDir` the same one every time. */
  readonly port?: number;
  readonly host?: string;
  readonly createStore?: (now: Date) => ShopState;
  readonly shopCost?: ShopOptions['cost'];
  readonly slackLimitsRate?: boolean;
  /** On unless told: the bot hears its own posts. */
  readonly slackEchoesPosts?: boolean;
  /** The app connects, instead of being called over HTTP. */
  readonly slackSocketMode?: boolean;
  /** How long an event over Socket Mode may stay unacknowledged before it is sent again. */
  readonly slackAckWithinMs?: number;
};

export type Sandbox = {
  readonly url: string;
  readonly credentials: SandboxCredentials;
  readonly shop: Shop;
  readonly phones: PhoneNetwork;
  readonly workspace: Workspace;
  /** `/` and `/sandbox/*`, for a server that wants to offer them under its own address. */
  handleControl(request: ControlRequest): Promise<Answer>;
  /** The program listens somewhere else now. */
  moveProgram(appUrl: string, publicUrl?: string): void;
  close(): Promise<void>;
};

/** Shopify, Twilio and Slack on loopback, for one store with a few customers and three colleagues. */
export async function startSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { now = () => new Date(), host = '127.0.0.1' } = options;
  const changes = createChanges();
  const house = openStateFile(pathOf(options, 'sandbox'), () => ({ port: 0, keys: newKeys() }));
  // What an earlier version kept lacks the keys that came since.
  const keys = { ...newKeys(), ...house.state.keys };
  house.state.keys = keys;
  const sockets = options.slackSocketMode
    ? createSockets({ ackWithinMs: options.slackAckWithinMs })
    : undefined;
  const program = createProgram(options.appUrl, options.publicUrl);
  let url = '';

  const shop = createShop({
    state: keep(options, changes, 'shop', () => (options.createStore ?? createDemoStore)(now())),
    now,
    accessToken: keys.shopify,
    cost: options.shopCost,
    webhooks: { program, secret: keys.shopifyWebhook, storeDomain },
  });
  const phones = createPhoneNetwork({
    file: keep(options, changes, 'phones', emptyPhoneState),
    now,
    accountSid: keys.twilioAccount,
    authToken: keys.twilio,
    number: smsFrom,
    messagingServiceSid: keys.twilioService,
    program,
  });
  const workspace = createWorkspace({
    file: keep(options, changes, 'workspace', emptyWorkspaceState),
    now,
    teamId: 'TBIRCHLOOM',
    botToken: keys.slack,
    appToken: keys.slackApp,
    sockets,
    signingSecret: keys.slackSigning,
    program,
    baseUrl: () => `${url}/slack`,
    limitsRate: options.slackLimitsRate ?? false,
    echoesPosts: options.slackEchoesPosts ?? true,
  });
  const handleControl = createControl({ shop, phones, workspace, smsFrom }, changes);

  const routes = [
    { prefix: '/admin/', handle: shop.handle },
    { prefix: '/2010-04-01/', handle: phones.handle },
    { prefix: mediaStorePrefix, handle: phones.handle },
    { prefix: contentPath, handle: phones.handle },
    { prefix: typingPath, handle: phones.handle },
    { prefix: '/slack/', handle: workspace.handle },
    { prefix: '/', handle: handleControl },
  ];
  const upgrade = sockets?.upgrade;
  const server = options.port
    ? await startServer({ host, port: options.port, routes, upgrade })
    : await startAgain({ host, port: house.state.port, routes, upgrade });
  url = `http://${host}:${server.port}`;
  house.state.port = server.port;
  house.save();

  return {
    url,
    credentials: credentialsAt(url, keys),
    shop,
    phones,
    workspace,
    handleControl,
    moveProgram: program.moveTo,
    async close() {
      sockets?.drop();
      await server.close();
      await phones.settled();
    },
  };
}

function keep<T>(options: SandboxOptions, changes: Changes, name: string, initial: () => T): StateFile<T> {
  const file = openStateFile(pathOf(options, name), initial);
  file.save();
  return changes.watch(file);
}

function pathOf({ dataDir }: SandboxOptions, name: string): string | undefined {
  return dataDir === undefined ? undefined : join(dataDir, `${name}.json`);
}

/** The port of last time may be taken by now; then any other will do. */
async function startAgain(input: Parameters<typeof startServer>[0]): Promise<SandboxServer> {
  try {
    return await startServer(input);
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!taken || input.port === 0) throw error;
    return startServer({ ...input, port: 0 });
  }
}
