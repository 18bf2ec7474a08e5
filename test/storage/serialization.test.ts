import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Database, databaseNow, inTransaction, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

let database: Database;
let url: string;
let drop: () => Promise<void>;
beforeEach(async () => {
  ({ url, drop } = await createTestDatabase());
  database = openDatabase(url, { connections: 2 });
  await database.db.execute(sql`create table counters (value integer not null)`);
  await database.db.execute(sql`insert into counters values (0)`);
});
afterEach(async () => {
  await database.close();
  await drop();
});

const value = async () => (await database.db.execute(sql`select value from counters`))[0]?.value;
const setDefault = async (setting: string) => {
  await database.db.execute(sql.raw(`alter database ${new URL(url).pathname.slice(1)} set ${setting}`));
};

test('a transaction broken off because others changed what it had read is run again', async () => {
  let runs = 0;
  await inTransaction(database.db, async (tx) => {
    runs += 1;
    await tx.execute(sql`set transaction isolation level serializable`);
    await tx.execute(sql`select value from counters`);
    if (runs === 1) await database.db.execute(sql`update counters set value = value + 10`);
    await tx.execute(sql`update counters set value = value + 1`);
  });
  expect([runs, await value()]).toEqual([2, 11]);
});

test('one that is broken off every time ends with its error', async () => {
  let runs = 0;
  const broken = inTransaction(database.db, async (tx) => {
    runs += 1;
    await tx.execute(sql`set transaction isolation level serializable`);
    await tx.execute(sql`select value from counters`);
    await database.db.execute(sql`update counters set value = value + 10`);
    await tx.execute(sql`update counters set value = value + 1`);
  });
  await expect(broken).rejects.toMatchObject({ cause: { code: '40001' } });
  expect([runs, await value()]).toEqual([3, 30]);
});

test('no other error is tried again', async () => {
  let runs = 0;
  const failing = inTransaction(database.db, async (tx) => {
    runs += 1;
    await tx.execute(sql`insert into counters values (null)`);
  });
  await expect(failing).rejects.toThrow();
  expect(runs).toBe(1);
});

test('who waited for a row sees what was written meanwhile, whatever the server makes the default', async () => {
  await setDefault(`default_transaction_isolation = 'serializable'`);
  const own = openDatabase(url, { connections: 2 });
  const add = () =>
    own.db.transaction(async (tx) => {
      const [row] = await tx.execute<{ value: number }>(sql`select value from counters for update`);
      await tx.execute(sql`update counters set value = ${(row?.value ?? 0) + 1}`);
    });
  await Promise.all([add(), add()]);
  expect(await value()).toBe(2);
  await own.close();
});

test.each(['America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata'])(
  'the time is the same where the server lives in %s and writes dates its own way',
  async (zone) => {
    await setDefault(`timezone = '${zone}'`);
    await setDefault(`datestyle = 'SQL, DMY'`);
    const own = openDatabase(url, { connections: 1 });
    const [row] = await database.db.execute<{ seconds: string }>(
      sql`select extract(epoch from now()) as seconds`,
    );
    const apartSeconds = (await databaseNow(own.db)).getTime() / 1000 - Number(row?.seconds);
    // Which of two servers' answers came first is all that may lie between them.
    expect(Math.round(apartSeconds / 600)).toBe(0);
    await own.close();
  },
);
