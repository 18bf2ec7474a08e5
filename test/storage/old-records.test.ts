import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { removeOldRecords } from '../../src/storage/old-records.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
let drop: () => Promise<void>;
beforeAll(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase(created.url, { connections: 1 });
});
afterAll(async () => {
  await database.close();
  await drop();
});

test('deliveries, receipts and ended dead letters go after their time, and nothing else', async () => {
  const { db } = database;
  for (const [store, days] of [
    ['one', 100],
    ['one', 80],
    ['other', 100],
  ] as const) {
    const at = sql`now() - make_interval(days => ${days})`;
    const id = `SM-${store}-${days}`;
    await db.execute(
      sql`insert into inbox (store, provider, provider_message_id, received_at) values (${store}, 'twilio', ${id}, ${at})`,
    );
    await db.execute(
      sql`insert into receipts (store, provider_id, status, rank, created_at) values (${store}, ${id}, 'sent', 2, ${at})`,
    );
    for (const endedAt of [at, sql`null`]) {
      await db.execute(sql`
        insert into dead_letters (id, store, queue, subject, data, reason, tries, state, created_at, ended_at)
        values (gen_random_uuid(), ${store}, 'refresh-card', ${id}, '{}', '{}', 5, 'done', ${at}, ${endedAt})`);
    }
  }
  expect(await removeOldRecords(db, 'one', { days: 90, limit: 100 })).toBe(3);
  expect(await removeOldRecords(db, 'one', { days: 90, limit: 100 })).toBe(0);
  const [left] = await db.execute(sql`
    select (select count(*)::int from inbox) as inbox, (select count(*)::int from receipts) as receipts,
      (select count(*)::int from dead_letters) as letters`);
  expect(left).toEqual({ inbox: 2, receipts: 2, letters: 5 });
});

test('a delivery is remembered for a week, however little is kept', async () => {
  const { db } = database;
  await db.execute(
    sql`insert into inbox (store, provider, provider_message_id, received_at) values ('third', 'twilio', 'SM1', now() - interval '6 days')`,
  );
  expect(await removeOldRecords(db, 'third', { days: 1, limit: 100 })).toBe(0);
});
