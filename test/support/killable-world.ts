import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import { asEnvironment } from '../../src/sandbox/credentials.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { startKillableFleet } from './killable-fleet.ts';
import { type KillableProgram, startKillableProgram } from './killable-program.ts';
import { createManyCustomers, type ManyCustomers } from './many-customers.ts';
import { createTestDatabase } from './test-database.ts';

export type Trap =
  | {
      readonly provider: 'shop' | 'phones' | 'workspace';
      readonly operation: string;
      /** 'before': the provider never got the request. 'after': it did what was asked, and the answer is lost. */
      readonly when: 'before' | 'after';
      /** Which of them; the first unless told. Of later ones only the answer can be lost. */
      readonly nth?: number;
    }
  /** As soon as this job, and what was written with it, is committed: by a worker unless told. */
  | { readonly committed: string; readonly by?: 'web' }
  /** The program acknowledged an envelope of Socket Mode, and Slack never got it. */
  | { readonly unacknowledged: 'events_api' | 'interactive' }
  | 'now';

export type KillableWorld = {
  readonly sandbox: Sandbox;
  readonly program: KillableProgram;
  readonly customers: ManyCustomers;
  /** The program dies there, once; where it is several processes, the one that is there. */
  set(trap: Trap): Promise<void>;
  /** For refunds that were sent some seconds ago, or before the program died. */
  aMinutePasses(): Promise<void>;
  /** Nothing strikes any more, and whatever was begun has ended. */
  close(): Promise<void>;
};

/** Two people for the dearest desks; one for what is above the threshold; what is too large comes back first. */
const policy = `approvals:
  - above: 400.00
    people: 2
rules:
  - id: too-large
    when: { reason: too_large }
    then: { when: on_arrival }
`;

export type WorldKind = {
  readonly slackBy: 'http' | 'socket';
  /** 'start': all in one process. 'fleet': one web process and two workers. */
  readonly runs: 'start' | 'fleet';
};

/** A program that can be killed any number of times, and an outside world that outlives it. */
export async function openKillableWorld({ slackBy, runs }: WorldKind): Promise<KillableWorld> {
  const customers = createManyCustomers();
  const folder = mkdtempSync(join(tmpdir(), 'returns-agent-policy-'));
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, policy);
  const sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:1',
    shopCost: 'unlimited',
    createStore: customers.createStore,
    slackSocketMode: slackBy === 'socket',
  });
  const environment = (url: string, providersUrl = sandbox.url) => ({
    ...asEnvironment(credentialsFrom(sandbox, providersUrl), url, slackBy),
    POLICY_FILE: policyFile,
  });
  const database = runs === 'fleet' ? await createTestDatabase() : undefined;
  const program = database
    ? await startKillableFleet({ databaseUrl: database.url, providersUrl: sandbox.url }, environment)
    : await startKillableProgram(environment);
  sandbox.moveProgram(program.url);
  let onCommit: (job: string) => void = () => {};
  let listener: postgres.Sql | undefined;

  async function listen(): Promise<void> {
    if (listener) return;
    listener = postgres(program.databaseUrl(), { max: 1, onnotice: () => {}, fetch_types: false });
    await listener.listen('returns_agent_jobs', (job) => onCommit(job));
  }

  return {
    sandbox,
    program,
    customers,
    async aMinutePasses() {
      await listen();
      await listener?.begin(async (tx) => {
        await tx`update refunds set sending = jsonb_set(sending, '{sentAt}', to_jsonb(to_char(
            now() at time zone 'utc' - interval '2 minutes', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')))
          where (sending->>'sentAt')::timestamptz < now() - interval '3 seconds'`;
        await tx`update jobs.job set start_after = now() where name = 'execute-refund' and state = 'created'`;
      });
    },
    async set(trap) {
      if (trap === 'now') return program.kill();
      if ('committed' in trap) {
        await listen();
        onCommit = (job) => {
          if (job !== trap.committed) return;
          onCommit = () => {};
          void program.kill(trap.by ?? 'worker');
        };
        return;
      }
      const { faults, at } =
        'unacknowledged' in trap
          ? { faults: socketsOf(sandbox).faults, at: { operation: 'ack', when: 'before' as const, nth: 1 } }
          : { faults: sandbox[trap.provider].faults, at: { nth: 1, ...trap } };
      const { operation, when, nth } = at;
      let seen = 0;
      const run = () => (++seen === nth ? program.kill('web') : undefined);
      faults.add({ operation, when, times: nth, action: { kind: 'call', run } });
      if (nth === 1) faults.add({ operation, when, times: 1, action: { kind: 'drop' } });
    },
    async close() {
      onCommit = () => {};
      await listener?.end({ timeout: 1 });
      await program.stop();
      await sandbox.close();
      await database?.drop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The stand-ins, reached another way. */
function credentialsFrom({ url, credentials }: Sandbox, providersUrl: string): Sandbox['credentials'] {
  return JSON.parse(JSON.stringify(credentials).replaceAll(url, providersUrl));
}

function socketsOf({ workspace: { sockets } }: Sandbox) {
  if (!sockets) throw new Error('This workspace has no Socket Mode');
  return sockets;
}
