import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { findRunningProcess } from '../find-running-process.ts';
import { dataDirectory, runningFile } from '../launch.ts';
import { credentialsAt, newKeys } from '../sandbox/credentials.ts';
import { type Db, openDatabase } from '../storage/database.ts';
import { startEmbeddedPostgres } from '../storage/embedded-postgres.ts';
import { checkReadiness } from '../storage/readiness.ts';
import { eachTurn } from '../storage/turns.ts';
import { describeTurn } from './describe-turn.ts';
import type { Terminal } from './screen.ts';

/** Writes one JSON line per turn, oldest first; resolves with the exit code. */
export async function exportTurns(
  config: Config,
  since: Date | undefined,
  { output, errors }: Pick<Terminal, 'output' | 'errors'>,
): Promise<number> {
  const server = await findServer(config);
  if (!server) {
    errors.write('Nothing is recorded in this directory yet.\n');
    return 0;
  }
  const { db, close } = openDatabase(server.url, { connections: 1 });
  try {
    const { reasons } = await checkReadiness(db);
    if (reasons.length > 0) {
      errors.write(`The log cannot be read: ${reasons.join('; ')}.\n`);
      return 1;
    }
    await pipeline(Readable.from(lines(db, storeOf(config), since)), output, { end: false });
    return 0;
  } catch (error) {
    if (isClosedPipe(error)) return 0;
    throw error;
  } finally {
    await close();
    await server.release();
  }
}

async function* lines(db: Db, store: string, since: Date | undefined): AsyncGenerator<string> {
  for await (const turn of eachTurn(db, store, since)) yield `${JSON.stringify(describeTurn(turn))}\n`;
}

/** A server that was running is left running, and so is one that a program has come to use meanwhile. */
async function findServer({ databaseUrl }: Config) {
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

function storeOf({ shopify }: Config): string {
  return shopify?.storeDomain ?? credentialsAt('', newKeys()).shopify.storeDomain;
}

/** `npm run log -- export | head` has read what it wanted. */
function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
