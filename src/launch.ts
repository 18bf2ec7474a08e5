import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadPolicy, PolicyFileError } from './app/load-policy.ts';
import { type App, createApp } from './app.ts';
import { describeProblems } from './config/describe-problems.ts';
import { type Config, isStartedByNpm, readConfig, readEnvironment } from './config.ts';
import { findRunningProcess } from './find-running-process.ts';
import type { Route } from './http/route.ts';
import { demoStoreName } from './sandbox/demo-store.ts';
import { type Sandbox, startSandbox } from './sandbox/sandbox.ts';
import { openDatabase } from './storage/database.ts';
import { startEmbeddedPostgres } from './storage/embedded-postgres.ts';
import { reclaimJobs } from './storage/jobs.ts';
import { migrateDatabase } from './storage/migrate.ts';

export const dataDirectory = '.data';
/** Says that a process serves this directory, and where: the terminal chat joins it. */
export const runningFile = join(dataDirectory, 'running.json');

/** The configuration, or one message with every problem and exit code 1. */
export function configOrExit(): Config {
  const environment = readEnvironment();
  const read = readConfig(environment);
  if (read.kind === 'invalid') {
    // The policy is read all the same, so that its mistakes need no second start to be seen.
    const path = environment.POLICY_FILE?.trim();
    const policy = findPolicyProblems({ policyFile: path || undefined, windowDays: 0 });
    return exitWith([describeProblems(read.problems), ...policy].join('\n\n'));
  }
  const [problem] = findPolicyProblems(read.config.returns);
  return problem === undefined ? read.config : exitWith(problem);
}

function findPolicyProblems(returns: Parameters<typeof loadPolicy>[0]['returns']): readonly string[] {
  try {
    loadPolicy({ returns });
    return [];
  } catch (error) {
    if (error instanceof PolicyFileError) return [error.message];
    throw error;
  }
}

function exitWith(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

export type Launched = {
  readonly app: App;
  readonly sandbox: Sandbox | undefined;
  readonly url: string;
  stop(): Promise<void>;
};

/** Everything in one process: the database if none is given, the stand-ins in the sandbox, web and worker. */
export async function launch(config: Config): Promise<Launched> {
  await refuseSecondProcess();
  const database = await provideDatabase(config);
  await migrateDatabase(database.url);
  if (database.isOurs) await reclaim(database.url);

  const sandbox = config.mode === 'sandbox' ? await startStandIns(config) : undefined;
  const live = sandbox ? withStandIns(config, sandbox) : config;
  const app = createApp({
    config: live,
    databaseUrl: database.url,
    web: true,
    worker: true,
    ...(sandbox && { routes: sandboxRoutes(sandbox), storeName: demoStoreName }),
  });
  const { port } = await app.start();
  const url = `http://${config.http.host === '0.0.0.0' ? '127.0.0.1' : config.http.host}:${port}`;
  sandbox?.moveProgram(url, live.http.publicUrl);
  mkdirSync(dataDirectory, { recursive: true });
  writeFileSync(runningFile, JSON.stringify({ pid: process.pid, url, databaseUrl: database.url }), {
    mode: 0o600,
  });
  return {
    app,
    sandbox,
    url,
    async stop() {
      rmSync(runningFile, { force: true });
      await app.stop();
      await sandbox?.close();
      await database.stop();
    },
  };
}

/** For `web` and `worker`: they share one database and real providers; the sandbox lives in `npm start`. */
export async function productionOrExit(command: 'web' | 'worker') {
  const config = configOrExit();
  if (config.mode === 'sandbox') {
    return exitWith(
      `npm run ${command} needs real providers: set them as .env.example describes. Without any, npm start runs the sandbox.`,
    );
  }
  return { config, databaseUrl: (await provideDatabase(config)).url };
}

/** Two at once would share one database directory, and each would take the other's jobs for a dead one's. */
async function refuseSecondProcess(): Promise<void> {
  const other = await findRunningProcess(runningFile);
  if (!other) return;
  exitWith(
    `Another process (pid ${other.pid}) already serves this directory, at ${other.url}. Stop it first, or start from another directory.`,
  );
}

export async function provideDatabase({ databaseUrl }: Config) {
  if (databaseUrl) return { url: databaseUrl, isOurs: false, stop: async () => {} };
  const server = await startEmbeddedPostgres(join(dataDirectory, 'postgres'));
  return { url: server.url, isOurs: true, stop: server.stop };
}

async function reclaim(url: string): Promise<void> {
  const database = openDatabase(url, { connections: 1 });
  await reclaimJobs(database.db);
  await database.close();
}

function startStandIns({ http }: Config): Promise<Sandbox> {
  return startSandbox({
    appUrl: `http://${http.host}:${http.port}`,
    dataDir: join(dataDirectory, 'sandbox'),
  });
}

/** The program does not know that it is in a sandbox: only addresses and credentials differ. */
export function withStandIns(
  config: Config,
  { credentials: { shopify, twilio, slack } }: Pick<Sandbox, 'credentials'>,
): Config {
  return {
    ...config,
    http: {
      ...config.http,
      publicUrl: config.http.publicUrl ?? `http://${config.http.host}:${config.http.port}`,
    },
    shopify: {
      storeDomain: shopify.storeDomain,
      auth: { kind: 'static', token: shopify.adminToken },
      apiVersion: '2026-10',
      apiUrl: shopify.apiUrl,
      webhookSecrets: [shopify.webhookSecret],
    },
    twilio: {
      accountSid: twilio.accountSid,
      authTokens: [twilio.authToken],
      smsFrom: twilio.smsFrom,
      whatsappFrom: twilio.whatsappFrom,
      apiUrl: twilio.apiUrl,
    },
    slack: {
      botToken: slack.botToken,
      signingSecrets: [slack.signingSecret],
      apiUrl: slack.apiUrl,
      approvalsChannel: slack.approvalsChannel,
      supportChannel: slack.supportChannel,
      approvers: slack.approvers,
      staff: [],
      supportReminderSeconds: 900,
    },
  };
}

/** The page and its controls under the program's own address, so that there is one address to open. */
function sandboxRoutes(sandbox: Sandbox): readonly Route[] {
  const handle: Route['handle'] = (request) => sandbox.handleControl(request);
  return [
    ...['/', '/page.js', '/page.css', '/sandbox/*'].map((path) => ({ method: 'GET', path, handle }) as const),
    { method: 'POST', path: '/sandbox/*', handle },
  ];
}

/** Runs until SIGINT or SIGTERM, then stops within the grace time; a second signal ends at once. */
export function stopOnSignal(stop: () => Promise<void>, graceMs: number): void {
  let stopping = false;
  const stopOnce = (): void => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(1), graceMs + 5_000).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  const onSignal = (): void => {
    if (stopping) process.exit(1);
    stopOnce();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  if (isStartedByNpm()) whenOrphaned(stopOnce);
}

/**
 * npm passes a signal to the shell it runs scripts in, and not every shell passes it on; killed outright, it
 * passes nothing. The program would go on alone and hold its port. One started without npm may outlive what
 * started it.
 */
function whenOrphaned(act: () => void): void {
  const starters = findStarters();
  const timer = setInterval(() => {
    if (findStarters() === starters) return;
    clearInterval(timer);
    act();
  }, 250);
  timer.unref();
}

/** The parent, and where that is the shell npm runs scripts in and /proc tells, the shell's parent. */
function findStarters(): string {
  const parent = process.ppid;
  try {
    const isShell = readFileSync(`/proc/${parent}/cmdline`, 'utf8').split('\0')[1] === '-c';
    const stat = readFileSync(`/proc/${parent}/stat`, 'utf8');
    // The name of the process comes before it, in parentheses, and may hold anything.
    return isShell ? `${parent} ${stat.slice(stat.lastIndexOf(')')).split(' ')[2]}` : `${parent}`;
  } catch {
    return `${parent}`;
  }
}
