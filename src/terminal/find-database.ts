import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { findRunningProcess } from '../find-running-process.ts';
import { dataDirectory, runningFile } from '../launch.ts';
import { credentialsAt, newKeys } from '../sandbox/credentials.ts';
import { startEmbeddedPostgres } from '../storage/embedded-postgres.ts';

export type FoundDatabase = { readonly url: string; release(): Promise<void> };

/**
 * The one that is configured, or this directory's own, if there is any. A server that was running is left
 * running, and so is one that a program has come to use meanwhile.
 */
export async function findDatabase({ databaseUrl }: Config): Promise<FoundDatabase | undefined> {
  if (databaseUrl) return { url: databaseUrl, release: async () => {} };
  const directory = join(dataDirectory, 'postgres');
  if (!existsSync(join(directory, 'PG_VERSION'))) return undefined;
  const { url, reused, stop } = await startEmbeddedPostgres(directory);
  return {
    url,
    release: async () => {
      if (!reused && !(await findRunningProcess(runningFile))) await stop();
    },
  };
}

export function storeOf({ shopify }: Config): string {
  return shopify?.storeDomain ?? credentialsAt('', newKeys()).shopify.storeDomain;
}
