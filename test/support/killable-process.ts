import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type KillableProcess = {
  readonly kills: number;
  /** SIGKILL: nothing is flushed, nothing is said. A new process starts at once. */
  kill(): Promise<void>;
  hasEnded(): boolean;
  /** The end of what it wrote. */
  said(): string;
  stop(): Promise<void>;
};

/** A process that is killed never keeps what it compiled; starting is half of what these tests cost. */
const compiled = mkdtempSync(join(tmpdir(), 'returns-agent-compiled-'));
process.once('exit', () => rmSync(compiled, { recursive: true, force: true }));
spawnSync(process.execPath, [join(import.meta.dirname, 'load-program.ts')], {
  env: { NODE_COMPILE_CACHE: compiled },
});

/** One of the entries of src as a process of its own, started again whenever it is killed. */
export function startKillableProcess(
  entry: 'start' | 'web' | 'worker',
  { directory, env }: { readonly directory: string; readonly env: Readonly<Record<string, string>> },
): KillableProcess {
  const script = join(import.meta.dirname, `../../src/${entry}.ts`);
  const output: string[] = [];
  let kills = 0;
  let stopping = false;
  let dying = false;
  let child = start();

  function start(): ChildProcess {
    const started = spawn(process.execPath, [script], {
      cwd: directory,
      env: {
        PATH: '/usr/bin:/bin',
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        NODE_COMPILE_CACHE: compiled,
        ...env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [started.stdout, started.stderr])
      stream?.on('data', (data) => output.push(String(data)));
    return started;
  }
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;

  return {
    get kills() {
      return kills;
    },
    async kill() {
      if (stopping || dying || hasEnded()) return;
      dying = true;
      kills++;
      const gone = once(child, 'exit');
      child.kill('SIGKILL');
      await gone;
      child = start();
      dying = false;
    },
    hasEnded,
    said: () => output.join('').slice(-4_000),
    async stop() {
      stopping = true;
      if (hasEnded()) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/**
 * Below the ports that systems give to outgoing connections: while the program is down between two lives,
 * nobody may be handed its port.
 */
export async function findPort(): Promise<number> {
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
