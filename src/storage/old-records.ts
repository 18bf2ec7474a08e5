import { sql } from 'drizzle-orm';
import type { Db } from './database.ts';

/** Least time a delivery is remembered: no provider repeats one for as long. */
const leastDays = 7;

/** Removes what nothing asks for after so many days, at most `limit` rows of each kind; how many went. */
export async function removeOldRecords(
  db: Db,
  store: string,
  { days, limit }: { readonly days: number; readonly limit: number },
): Promise<number> {
  const cutoff = sql`now() - make_interval(days => ${Math.max(days, leastDays)})`;
  const inbox = await db.execute(sql`
    delete from inbox where ctid = any(array(
      select ctid from inbox where store = ${store} and received_at < ${cutoff} limit ${limit})) returning 1`);
  const receipts = await db.execute(sql`
    delete from receipts where ctid = any(array(
      select ctid from receipts where store = ${store} and created_at < ${cutoff} limit ${limit})) returning 1`);
  const letters = await db.execute(sql`
    delete from dead_letters where ctid = any(array(
      select ctid from dead_letters where store = ${store} and ended_at < ${cutoff} limit ${limit})) returning 1`);
  return inbox.length + receipts.length + letters.length;
}
