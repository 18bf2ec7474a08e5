import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase, type Tx, together } from '../../src/storage/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url, { connections: 1 });
  await database.db.execute(sql`create table notes (words text not null)`);
});
afterAll(async () => {
  await database.close();
  await drop();
});

async function writeTwice(tx: Tx): Promise<void> {
  await tx.execute(sql`insert into notes values ('first')`).catch(() => {});
  await tx.execute(sql`select pg_sleep(0.01)`).catch(() => {});
  await tx.execute(sql`insert into notes values ('second')`);
}

test('nothing of a transaction that failed is written after it, whatever was still on its way', async () => {
  const failing = database.db.transaction((tx) =>
    together(writeTwice(tx), tx.execute(sql`insert into notes values (null)`)),
  );
  await expect(failing).rejects.toThrow();
  expect(await database.db.execute(sql`select words from notes`)).toEqual([]);
});

test('a statement given with others is run once', async () => {
  await database.db.transaction((tx) =>
    together(tx.execute(sql`insert into notes values ('once')`), tx.execute(sql`select 1`)),
  );
  expect(await database.db.execute(sql`delete from notes returning words`)).toEqual([{ words: 'once' }]);
});

test('statements side by side answer in the order they were given', async () => {
  const [one, two] = await database.db.transaction((tx) =>
    together(tx.execute(sql`select 1 as number`), tx.execute(sql`select 2 as number`)),
  );
  expect([one[0], two[0]]).toEqual([{ number: 1 }, { number: 2 }]);
});
