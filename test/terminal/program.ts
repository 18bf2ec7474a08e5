import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { vi } from 'vitest';

const src = join(import.meta.dirname, '../../src');

export type Ended = { readonly code: number | null; readonly stdout: string; readonly stderr: string };

/** A directory of its own, in which the program's commands are run as real processes. */
export function createPlace() {
  const directory = mkdtempSync(join(tmpdir(), 'terminal-test-'));
  const running: ChildProcess[] = [];

  function start(script: string, args: readonly string[], environment: Readonly<Record<string, string>>) {
    const child = spawn(process.execPath, [join(src, script), ...args], {
      cwd: directory,
      // Nothing of the environment of whoever runs the tests: a provider's variable would make it live.
      env: { PATH: process.env.PATH, HOME: directory, ...environment },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    running.push(child);
    return child;
  }

  return {
    directory,
    async run(
      script: string,
      args: readonly string[] = [],
      input = '',
      environment: Readonly<Record<string, string>> = {},
    ): Promise<Ended> {
      const child = start(script, args, environment);
      // A process that ends without reading is no fault of the writer.
      child.stdin.on('error', () => {});
      child.stdin.end(input);
      const [stdout, stderr, [code]] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, 'exit') as Promise<[number | null]>,
      ]);
      return { code, stdout, stderr };
    },
    /** `npm start`, until the place is left. */
    async serve(): Promise<void> {
      const child = start('start.ts', [], { PORT: '0' });
      child.stdout.resume();
      child.stderr.resume();
      await vi.waitUntil(() => existsSync(join(directory, '.data/running.json')), { timeout: 50_000 });
    },
    async leave(): Promise<void> {
      for (const child of running.filter(({ exitCode }) => exitCode === null)) {
        child.kill('SIGTERM');
        if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      }
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

export type Place = ReturnType<typeof createPlace>;

/** Every line and every part of it in this order. */
export function inOrder(output: string, ...parts: readonly string[]): boolean {
  let from = 0;
  for (const part of parts) {
    const at = output.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return true;
}
