import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { findPort, type KillableProcess, startKillableProcess } from './killable-process.ts';
import { waitFor } from './wait-for.ts';

export type KillableProgram = {
  readonly url: string;
  readonly kills: number;
  /** One of its processes: whoever made the request that is being answered, where that can be known. */
  kill(role?: 'web' | 'worker'): Promise<void>;
  /** Resolves when the program takes requests; rejects as soon as it has ended by itself. */
  ready(): Promise<void>;
  isIdle(): Promise<boolean>;
  databaseUrl(): string;
  stop(): Promise<void>;
};

/**
 * Against a hang only. A start is a node process, a PostgreSQL server and migrations, two seconds on a free
 * core: how long it takes is the machine's affair, and no promise of the program's.
 */
const startWithinMs = 180_000;

/** `npm start` as a process of its own, in a directory of its own: all in one, with its own database server. */
export async function startKillableProgram(
  env: (url: string) => Readonly<Record<string, string>>,
): Promise<KillableProgram> {
  const directory = mkdtempSync(join(tmpdir(), 'returns-agent-kill-'));
  const port = await findPort();
  const url = `http://127.0.0.1:${port}`;
  const only = startKillableProcess('start', { directory, env: { ...env(url), PORT: String(port) } });
  return {
    url,
    get kills() {
      return only.kills;
    },
    kill: () => only.kill(),
    ready: () => untilReady(url, [only]),
    isIdle: async () => (await readinessOf(url)).isIdle,
    databaseUrl() {
      const running = readFileSync(join(directory, '.data/running.json'), 'utf8');
      return (JSON.parse(running) as { readonly databaseUrl: string }).databaseUrl;
    },
    async stop() {
      await only.stop();
      await stopLeftOverServer(directory);
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export async function untilReady(url: string, processes: readonly KillableProcess[]): Promise<void> {
  try {
    await waitFor(
      'the program to be ready',
      async () => {
        if (processes.some((one) => one.hasEnded())) throw new Error('The program ended by itself');
        return (await readinessOf(url)).isReady;
      },
      startWithinMs,
    );
  } catch (cause) {
    const said = processes.map((one) => one.said()).join('\n');
    throw new Error(`${String(cause)}; it said: ${said}`, { cause });
  }
}

export async function readinessOf(url: string) {
  try {
    const response = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(2_000) });
    const { inFlight, queued } = (await response.json()) as { inFlight: number; queued: number };
    return { isReady: response.status === 200, isIdle: response.status === 200 && inFlight + queued === 0 };
  } catch {
    return { isReady: false, isIdle: false };
  }
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
