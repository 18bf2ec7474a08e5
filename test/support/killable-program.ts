import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { waitFor } from './wait-for.ts';

export type KillableProgram = {
  readonly url: string;
  readonly directory: string;
  readonly kills: number;
  /** SIGKILL: nothing is flushed, nothing is said. A new process starts at once. */
  kill(): Promise<void>;
  /** Resolves when the program takes requests; rejects as soon as it has ended by itself. */
  ready(): Promise<void>;
  isIdle(): Promise<boolean>;
  /** Of the server the program started, which outlives it. */
  databaseUrl(): string;
  stop(): Promise<void>;
};

/**
 * Against a hang only. A start is a node process, a PostgreSQL server and migrations, two seconds on a free
 * core: how long it takes is the machine's affair, and no promise of the program's.
 */
const startWithinMs = 90_000;

/** `npm start` as a process of its own, in a directory of its own, started again whenever it is killed. */
export async function startKillableProgram(
  env: (url: string) => Readonly<Record<string, string>>,
): Promise<KillableProgram> {
  const directory = mkdtempSync(join(tmpdir(), 'returns-agent-kill-'));
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const script = join(import.meta.dirname, '../../src/start.ts');
  const output: string[] = [];
  let kills = 0;
  let stopping = false;
  let child = start();

  function start(): ChildProcess {
    const started = spawn(process.execPath, [script], {
      cwd: directory,
      env: { PATH: '/usr/bin:/bin', PORT: String(port), HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...env(url) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (data) => output.push(String(data)));
    return started;
  }
  const readiness = async () => {
    try {
      const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
      const { inFlight, queued } = (await response.json()) as { inFlight: number; queued: number };
      return { isReady: response.status === 200, isIdle: response.status === 200 && inFlight + queued === 0 };
    } catch {
      return { isReady: false, isIdle: false };
    }
  };
  return {
    url,
    directory,
    get kills() {
      return kills;
    },
    async kill() {
      if (stopping) return;
      kills++;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      child = start();
    },
    async ready() {
      try {
        await waitFor(
          'the program to be ready',
          async () => {
            if (hasEnded(child)) throw new Error('The program ended by itself');
            return (await readiness()).isReady;
          },
          startWithinMs,
        );
      } catch (cause) {
        throw new Error(`${String(cause)}; it said: ${output.join('').slice(-4_000)}`, { cause });
      }
    },
    isIdle: async () => (await readiness()).isIdle,
    databaseUrl() {
      const running = readFileSync(join(directory, '.data/running.json'), 'utf8');
      return (JSON.parse(running) as { readonly databaseUrl: string }).databaseUrl;
    },
    async stop() {
      stopping = true;
      if (!hasEnded(child)) {
        const gone = once(child, 'exit');
        child.kill('SIGTERM');
        await gone;
      }
      await stopLeftOverServer(directory);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A program that was killed leaves its database server running; the last one to go stops it. */
async function stopLeftOverServer(directory: string): Promise<void> {
  const data = join(directory, '.data/postgres');
  const isRunning = (): boolean => {
    try {
      return readFileSync(join(data, 'postmaster.pid'), 'utf8') !== '';
    } catch {
      return false;
    }
  };
  if (isRunning()) await (await startEmbeddedPostgres(data)).stop();
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

/**
 * Below the ports that systems give to outgoing connections: while the program is down between two lives,
 * nobody may be handed its port.
 */
async function findPort(): Promise<number> {
  for (;;) {
    const port = randomInt(15_000, 30_000);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer();
    probe.once('error', () => resolve(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
