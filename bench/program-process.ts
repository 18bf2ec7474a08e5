import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { asEnvironment } from '../src/sandbox/credentials.ts';
import type { Providers } from './providers-process.ts';

export type Program = {
  readonly pid: number;
  /** Resolves when no job runs and none is due. */
  idle(): Promise<void>;
  stop(): Promise<void>;
};

export type ProgramOptions = {
  readonly port: number;
  readonly databaseUrl: string;
  readonly credentials: Providers['credentials'];
  /** Where it runs: it keeps its state there, and must find no `.env`. */
  readonly directory: string;
};

/** `node src/start.ts` as an operator would run it; only the providers' addresses are not the real ones. */
export async function startProgram(options: ProgramOptions): Promise<Program> {
  const url = `http://127.0.0.1:${options.port}`;
  const child = spawn(process.execPath, [join(import.meta.dirname, '../src/start.ts')], {
    cwd: options.directory,
    env: environment(options, url),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('The program did not start.');
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  const readiness = async () => {
    if (hasEnded()) throw new Error('The program ended.');
    return readReadiness(url);
  };
  await until('the program is ready', 60, async () => (await readiness()) !== undefined);
  return {
    pid,
    idle: () =>
      until('everything is answered', 120, async () => {
        const ready = await readiness();
        return ready !== undefined && ready.inFlight + ready.queued === 0;
      }),
    async stop() {
      if (hasEnded()) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function environment({ port, databaseUrl, credentials }: ProgramOptions, url: string): NodeJS.ProcessEnv {
  return {
    ...asEnvironment(credentials, url),
    HOST: '127.0.0.1',
    PORT: String(port),
    DATABASE_URL: databaseUrl,
    LOG_LEVEL: 'warn',
  };
}

async function readReadiness(url: string) {
  const response = await fetch(`${url}/readyz`).catch(() => undefined);
  if (!response?.ok) return undefined;
  return (await response.json()) as { readonly inFlight: number; readonly queued: number };
}

async function until(what: string, seconds: number, isSo: () => Promise<boolean>): Promise<void> {
  for (const deadline = Date.now() + seconds * 1_000; Date.now() < deadline; await delay(100)) {
    if (await isSo()) return;
  }
  throw new Error(`Waited ${seconds} s, but not: ${what}.`);
}
