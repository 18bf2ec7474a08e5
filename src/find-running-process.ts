import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';

const running = z.object({ pid: z.number().int(), url: z.url(), databaseUrl: z.string() });
export type RunningProcess = z.infer<typeof running> & { readonly isSandbox: boolean };

/** The process that serves this directory; undefined when its file is a leftover. */
export async function findRunningProcess(file: string): Promise<RunningProcess | undefined> {
  const found = running.safeParse(readJson(file));
  if (!found.success || !isAlive(found.data.pid)) return undefined;
  if (!(await answers(`${found.data.url}/healthz`))) return undefined;
  return { ...found.data, isSandbox: await answers(`${found.data.url}/sandbox/state`) };
}

function readJson(file: string): unknown {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  } catch {
    // Half written: the process is just starting or was killed while it did.
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.body?.cancel();
    return response.ok;
  } catch {
    return false;
  }
}
