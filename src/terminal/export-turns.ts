import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Config } from '../config.ts';
import { type Db, openDatabase } from '../storage/database.ts';
import { checkReadiness } from '../storage/readiness.ts';
import { eachTurn } from '../storage/turns.ts';
import { describeTurn } from './describe-turn.ts';
import { findDatabase, storeOf } from './find-database.ts';
import type { Terminal } from './screen.ts';

/** Writes one JSON line per turn, oldest first; resolves with the exit code. */
export async function exportTurns(
  config: Config,
  since: Date | undefined,
  { output, errors }: Pick<Terminal, 'output' | 'errors'>,
): Promise<number> {
  const server = await findDatabase(config);
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

/** `npm run log -- export | head` has read what it wanted. */
function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EPIPE';
}
