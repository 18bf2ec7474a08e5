import type { Config } from '../config.ts';
import { type Db, openDatabase } from '../storage/database.ts';
import { checkReadiness } from '../storage/readiness.ts';
import { findDatabase, storeOf } from '../terminal/find-database.ts';
import { Refusal } from './refusal.ts';

export type Records = { readonly db: Db; readonly store: string; readonly url: string };

/** What the program recorded, for as long as `use` takes. Undefined where it never ran. */
export async function tryRecords<T>(
  config: Config,
  use: (records: Records) => Promise<T>,
): Promise<T | undefined> {
  const server = await findDatabase(config);
  if (!server) return undefined;
  const { db, close } = openDatabase(server.url, { connections: 2 });
  try {
    const { reasons } = await checkReadiness(db);
    if (reasons.length > 0) throw new Refusal(`The records cannot be read: ${reasons.join('; ')}.`);
    return await use({ db, store: storeOf(config), url: server.url });
  } finally {
    await close();
    await server.release();
  }
}

export async function withRecords<T>(config: Config, use: (records: Records) => Promise<T>): Promise<T> {
  const done = await tryRecords(config, async (records) => ({ result: await use(records) }));
  if (done) return done.result;
  throw new Refusal('Nothing is recorded in this directory yet: start the program once (npm start).');
}
