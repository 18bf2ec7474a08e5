import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

export type StateFile<T> = {
  /** Changed in place by its owner; durable once `save` has returned. */
  readonly state: T;
  save(): void;
};

/**
 * JSON on disk that survives the death of the process at any instant: a reader sees the state before a
 * save or after it, never half of it. Without a path the state lives in memory only.
 */
export function openStateFile<T>(path: string | undefined, initial: () => T): StateFile<T> {
  if (path === undefined) return { state: initial(), save: () => {} };
  mkdirSync(dirname(path), { recursive: true });
  const state = read<T>(path) ?? initial();
  return { state, save: () => replace(path, JSON.stringify(state)) };
}

function read<T>(path: string): T | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as T;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

function replace(path: string, json: string): void {
  const next = `${path}.next`;
  const file = openSync(next, 'w');
  try {
    writeFileSync(file, json);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(next, path);
}
