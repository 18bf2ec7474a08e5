import { type App, createApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { withStandIns } from '../../src/launch.ts';
import { createLog } from '../../src/log.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { Said } from '../../src/sandbox/workspace-events.ts';
import { botUserId } from '../../src/sandbox/workspace-people.ts';
import type { SlackMessage } from '../../src/sandbox/workspace-state.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { type DatabaseGate, openDatabaseGate } from './database-gate.ts';
import { createTestDatabase } from './test-database.ts';
import { waitFor } from './wait-for.ts';

export const jane = '+15551230001';
export const maya = 'UMAYA0001';
export const noah = 'UNOAH0002';
export const iris = 'UIRIS0003';
/** A channel with the bot in it, where nothing of its own happens. */
export const general = 'CGENERAL01';
/** What Twilio calls and signs; nothing listens there. */
export const publicUrl = 'https://returns.example.com';

export type WorldOptions = {
  /** False: requests are taken, and their jobs wait. */
  readonly worker?: boolean;
  /** Slack by Socket Mode instead of HTTP. */
  readonly socketMode?: boolean;
  /** A migrated one; by default one of its own on the run's server. */
  readonly database?: { readonly url: string; drop(): Promise<void> };
};

export type World = {
  readonly app: App;
  readonly sandbox: Sandbox;
  readonly db: Database['db'];
  readonly url: string;
  readonly logLines: readonly string[];
  /** Texts the store and waits until nothing is left to do; returns what came back since. */
  say(from: string, body: string): Promise<readonly string[]>;
  textsTo(number: string): readonly string[];
  /** Mentions the bot in #general, or in a thread there, and waits; what came into the thread since. */
  mention(user: string, text: string, threadTs?: string): Promise<StaffExchange>;
  card(orderName: string): Promise<SlackMessage>;
  click(card: SlackMessage, user: string, actionId: 'approve_refund' | 'deny_refund'): Promise<number>;
  /** Refunds the shop made on this order, beside those made by hand. */
  refundsOf(orderName: string): readonly { readonly amount: number; readonly note?: string | undefined }[];
  /** No job runs or is due. */
  settled(): Promise<void>;
  /** Between the program and its database; the test's own connection goes around it. */
  readonly databaseGate: DatabaseGate;
  /** Stops the program as a signal would, and starts another on the same database. */
  restart(): Promise<void>;
  close(): Promise<void>;
};

export type StaffExchange = {
  readonly said: Said;
  /** The thread it was said in. */
  readonly threadTs: string;
  readonly answers: readonly SlackMessage[];
};

/** The program on a database of its own, and the outside world, over real HTTP on loopback. */
export async function openWorld(
  change: (config: Config) => Config = (config) => config,
  options: WorldOptions = {},
): Promise<World> {
  const database = options.database ?? (await createTestDatabase());
  const gate = await openDatabaseGate(database.url);
  const { socketMode = false } = options;
  const sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:1',
    shopCost: 'unlimited',
    slackSocketMode: socketMode,
  });
  const read = readConfig({
    PORT: '0',
    CHAT_API_TOKEN: 'chat-token',
    LOG_LEVEL: 'debug',
    // What a test waits for must not depend on the hour it runs at.
    QUIET_HOURS: 'off',
  });
  if (read.kind === 'invalid') throw new Error('The test configuration is invalid.');
  const called = withStandIns({ ...read.config, http: { ...read.config.http, publicUrl } }, sandbox);
  const { appToken } = sandbox.credentials.slack;
  const live =
    socketMode && called.slack
      ? { ...called, slack: { ...called.slack, signingSecrets: undefined, appToken } }
      : called;
  const logLines: string[] = [];
  const startProgram = async () => {
    const app = createApp({
      config: change(live),
      databaseUrl: gate.url,
      web: true,
      worker: options.worker ?? true,
      storeName: 'Birch & Loom',
      log: createLog({ level: 'debug', destination: { write: (line) => void logLines.push(line) } }),
    });
    const { port } = await app.start();
    const url = `http://127.0.0.1:${port}`;
    sandbox.moveProgram(url, publicUrl);
    return { app, url };
  };
  let program = await startProgram();
  const own = openDatabase(database.url, { connections: 2 });

  const textsTo = (number: string) =>
    sandbox.phones
      .messagesTo(number)
      .filter((message) => message.direction === 'outbound-api')
      .map((message) => withoutIntroduction(message.body));
  const settled = async () => {
    await waitFor('the program to have nothing left to do', async () => {
      const response = await fetch(`${program.url}/readyz`);
      const ready = (await response.json()) as { inFlight: number; queued: number };
      return response.status === 200 && ready.inFlight + ready.queued === 0;
    });
    await sandbox.phones.settled();
  };
  return {
    get app() {
      return program.app;
    },
    get url() {
      return program.url;
    },
    sandbox,
    db: own.db,
    logLines,
    databaseGate: gate,
    async restart() {
      await program.app.stop();
      program = await startProgram();
    },
    textsTo,
    settled,
    async say(from, body) {
      const before = textsTo(from).length;
      const { status } = await sandbox.phones.receiveText({ from, body });
      if (status !== 200) throw new Error(`The webhook was answered with ${status}`);
      await settled();
      return textsTo(from).slice(before);
    },
    async mention(user, text, threadTs) {
      const { workspace } = sandbox;
      const said = await workspace.say({
        user,
        channel: general,
        text: `<@${botUserId}> ${text}`,
        threadTs,
      });
      await settled();
      const root = threadTs ?? said.ts;
      const answers = workspace
        .thread(general, root)
        .filter((message) => message.user === botUserId && message.ts > said.ts);
      return { said, threadTs: root, answers };
    },
    card: (orderName) =>
      waitFor(`the card of order ${orderName}`, () =>
        sandbox.workspace.cards().findLast((card) => JSON.stringify(card.blocks).includes(orderName)),
      ),
    async click(card, user, actionId) {
      const { status } = await sandbox.workspace.click({
        user,
        channel: card.channel,
        ts: card.ts,
        actionId,
      });
      return status;
    },
    refundsOf: (orderName) =>
      sandbox.shop.refunds().filter((refund) => refund.orderName === orderName && refund.idempotencyKey),
    async close() {
      await program.app.stop();
      await sandbox.close();
      await own.close();
      await gate.close();
      await database.drop();
    },
  };
}

/** Who writes and how to opt out, which the first text to everybody says; a code says the former itself. */
export function withoutIntroduction(body: string): string {
  return body
    .replace(/^(?:Birch & Loom|birch-and-loom): (?!your code)/, '')
    .replace(/ Reply STOP to opt out\.$/, '');
}
