import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { waitFor } from './wait-for.ts';

export type ProductionProcess = {
  /** Of the web process. */
  readonly url: string;
  /** Undefined while it runs. */
  readonly exitCode: number | undefined;
  /** Its own clock is set, forward or back; the machine's and the others' are not. */
  setClock(offsetMs: number): Promise<void>;
  signal(signal: NodeJS.Signals): void;
  ended(): Promise<number | null>;
};

export type ProcessOptions = {
  readonly role: 'web' | 'worker';
  readonly env: Readonly<Record<string, string>>;
  readonly clockOffsetMs?: number;
  readonly timeZone?: string;
  /** Of the checkout whose code it runs; this one unless told. */
  readonly root?: string;
};

/** `npm run web` or `npm run worker`, as a process of its own. Resolves when it takes requests or jobs. */
export async function startProcess({
  role,
  env,
  clockOffsetMs = 0,
  timeZone = 'UTC',
  root = join(import.meta.dirname, '../..'),
}: ProcessOptions): Promise<ProductionProcess> {
  const directory = mkdtempSync(join(tmpdir(), `returns-agent-${role}-`));
  const script = join(root, `src/${role}.ts`);
  const child: ChildProcess = spawn(
    process.execPath,
    ['--import', join(import.meta.dirname, 'own-clock.ts'), script],
    {
      cwd: directory,
      env: {
        PATH: '/usr/bin:/bin',
        PORT: '0',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        TZ: timeZone,
        OWN_CLOCK_OFFSET_MS: String(clockOffsetMs),
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (data) => {
      said += String(data);
    });
  child.once('exit', () => rmSync(directory, { recursive: true, force: true }));
  const exitCode = () => (child.signalCode ? -1 : (child.exitCode ?? undefined));
  await waitFor(
    `the ${role} to start`,
    () => {
      if (exitCode() !== undefined) throw new Error(`The ${role} ended by itself: ${said.slice(-4_000)}`);
      return /listens on port|takes jobs/.test(said);
    },
    90_000,
  );
  return {
    url: `http://127.0.0.1:${/on port (\d+)/.exec(said)?.[1] ?? 0}`,
    get exitCode() {
      return exitCode();
    },
    async setClock(offsetMs) {
      const set = once(child, 'message');
      child.send(offsetMs);
      await set;
    },
    signal: (signal) => void child.kill(signal),
    async ended() {
      if (exitCode() === undefined) await once(child, 'exit');
      return child.exitCode;
    },
  };
}
