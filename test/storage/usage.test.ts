import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { usageLimits } from '../../src/returns/usage-limits.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { addSpending, countUses, forgetEndedWindows, isUsedUp, spentToday } from '../../src/storage/usage.ts';
import { createTestDatabase } from '../support/test-database.ts';

const store = 'birch.myshopify.com';
const limit = 'sender-messages';
const book = { store, usageLimits: { ...usageLimits, [limit]: { most: 5, seconds: 600 } } };

let drop: () => Promise<void>;
/** Two processes: each has connections of its own. */
let one: Database;
let two: Database;
beforeAll(async () => {
  const database = await createTestDatabase();
  drop = database.drop;
  one = openDatabase(database.url, { connections: 8 });
  two = openDatabase(database.url, { connections: 8 });
});
afterAll(async () => {
  await Promise.all([one.close(), two.close()]);
  await drop();
});

async function use(subject: string, amount = 1, database = one) {
  const [counted] = await countUses(database.db, book, { limit, subject, amount });
  return counted?.verdict;
}
const pass = (seconds: number) =>
  one.db.execute(sql`update usage_counters set ends_at = ends_at - make_interval(secs => ${seconds})`);

describe('a counter', () => {
  test('lets in exactly as much as the limit, from two processes at once, and one use is the first above', async () => {
    const uses = Array.from({ length: 60 }, (_, index) => use('busy', 1, index % 2 === 0 ? one : two));
    const verdicts = Object.groupBy(await Promise.all(uses), (verdict) => verdict ?? 'none');
    expect(verdicts.within).toHaveLength(5);
    expect(verdicts['just-over']).toHaveLength(1);
    expect(verdicts.over).toHaveLength(54);
  });

  test('counts as a window that begins with the first use does, whatever is used when', async () => {
    const random = createRandom(7);
    for (let round = 0; round < 8; round++) {
      const subject = `round ${round}`;
      let now = 0;
      let window = { used: 0, endsAt: 0 };
      for (let step = 0; step < 12; step++) {
        const waited = [0, 1, 200, 560, 600][Math.floor(random() * 5)] ?? 0;
        await pass(waited);
        now += waited;
        const amount = 1 + Math.floor(random() * 3);
        // Between two steps the clock itself moves on a little: nothing waits to within seconds of the end.
        if (window.endsAt <= now) window = { used: 0, endsAt: now + 600 };
        const before = window.used;
        window.used += amount;
        const expected = window.used <= 5 ? 'within' : before <= 5 ? 'just-over' : 'over';
        expect(await use(subject, amount)).toBe(expected);
      }
    }
  });

  test('counts each sender, each limit and each store for itself', async () => {
    await use('anna', 6);
    expect(await use('bert')).toBe('within');
    const [other] = await countUses(
      one.db,
      { ...book, store: 'other.myshopify.com' },
      { limit, subject: 'anna' },
    );
    expect(other?.verdict).toBe('within');
    expect(await isUsedUp(one.db, book, { limit, subject: 'anna' })).toBe(true);
    expect(await isUsedUp(one.db, book, { limit, subject: 'bert' })).toBe(false);
  });

  test('counts nothing that was rolled back', async () => {
    await one.db
      .transaction(async (tx) => {
        await countUses(tx, book, { limit, subject: 'undone', amount: 100 });
        throw new Error('undone');
      })
      .catch(() => undefined);
    expect(await use('undone')).toBe('within');
  });

  test('two that count several limits in different order do not lock each other out', async () => {
    const a = { limit: 'sender-messages', subject: 'both' } as const;
    const b = { limit: 'sender-messages-daily', subject: 'both' } as const;
    const rounds = Array.from({ length: 40 }, (_, index) =>
      index % 2 === 0 ? countUses(one.db, book, a, b) : countUses(two.db, book, b, a),
    );
    await expect(Promise.all(rounds)).resolves.toHaveLength(40);
  });

  test('of a large limit of the store is kept in parts that make up the whole', async () => {
    const limits = {
      store: 'large',
      usageLimits: { ...usageLimits, 'store-texts-daily': { most: 8_000, seconds: 60 } },
    };
    const counted = await Promise.all(
      Array.from({ length: 32 }, () =>
        countUses(one.db, limits, { limit: 'store-texts-daily', amount: 240 }),
      ),
    );
    const over = counted.filter(([each]) => each?.verdict !== 'within');
    expect(over.length).toBeLessThan(32);
    const [sum] = await one.db.execute(
      sql`select sum(used)::int as used from usage_counters where store = 'large'`,
    );
    expect(sum).toEqual({ used: 32 * 240 });
  });

  test('is forgotten an hour after its window ended', async () => {
    await use('gone');
    await pass(30 * 3_600);
    await use('here');
    await forgetEndedWindows(one.db);
    const rows = await one.db.execute(sql`select subject from usage_counters`);
    expect(rows).toEqual([{ subject: 'here' }]);
  });
});

test("the day's spending adds up across processes, and to exactly one of them it passes the budget", async () => {
  const spent = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      (index % 2 === 0 ? one : two).db.transaction((tx) => addSpending(tx, store, 10)),
    ),
  );
  expect(await spentToday(two.db, store)).toBe(400);
  expect(spent.filter((total) => total >= 105 && total - 10 < 105)).toHaveLength(1);
  await one.db.execute(sql`update model_spending set day = day - 1`);
  expect(await spentToday(one.db, store)).toBe(0);
});

/** The same figures in every run (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
