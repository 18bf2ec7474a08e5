import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase } from '../support/test-database.ts';
import { type Played, simulate } from './simulate.ts';
import { openSimulatedDatabase, type SimulatedDatabase } from './simulated-database.ts';

const perTest = 20;

/** Plays the seeds of a file, some in each test, and says how to see again what failed. */
export function playSeeds(from: number, to: number): void {
  let database: SimulatedDatabase;
  let drop: () => Promise<void>;
  let alone: Played | undefined;

  beforeAll(async () => {
    const created = await createTestDatabase();
    drop = created.drop;
    database = await openSimulatedDatabase(created.url, inject('postgresSocket'));
    // Before all others, in a database nobody used.
    alone = await simulate(database, from);
  });
  afterAll(async () => {
    await database.close();
    await drop();
  });

  for (let first = from; first <= to; first += perTest) {
    const last = Math.min(to, first + perTest - 1);
    test(`the books agree after seeds ${first} to ${last}`, { timeout: 240_000 }, async () => {
      const failed: string[] = [];
      let refunds = 0;
      for (let seed = first; seed <= last; seed++) {
        const played = await simulate(database, seed);
        refunds += played.refunds;
        if (played.problems.length > 0) failed.push(describe(played));
      }
      expect(failed).toEqual([]);
      // Where nothing can be refunded any more, all books agree.
      expect(refunds).toBeGreaterThan(0);
    });
  }

  test(`seed ${from} has the same history every time, whatever was played before`, async () => {
    expect(await simulate(database, from)).toEqual(alone);
  });
}

function describe({ seed, problems }: Played): string {
  return `npm run simulate -- --seed ${seed} --trace: ${problems.join(' ')}`;
}
