import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fillDatabase } from '../../bench/fill-database.ts';
import { credentialsAt, newKeys } from '../../src/sandbox/credentials.ts';
import { jane, maya, openWorld, type World } from '../support/open-world.ts';
import { createTestDatabase } from '../support/test-database.ts';

/** Every table that gets rows with use; the others have a handful. */
const growing = [
  'approval_votes',
  'approvals',
  'audit_log',
  'consents',
  'conversations',
  'customers',
  'dead_letters',
  'inbox',
  'media',
  'messages',
  'one_time_codes',
  'outbox',
  'proof_attempts',
  'proofs',
  'quotes',
  'receipts',
  'refunds',
  'return_requests',
  'returns',
  'senders',
  'staff_notes',
  'support_threads',
  'turns',
  'usage_counters',
];
const size = { messages: 40_000, conversations: 4_000, refunds: 3_000 };
const extra = 5_000;
/** Of the filled customers: one with ten messages, and the last, with all of `extra` on top. */
const usual = '+16660001234';
const talkative = '+16660004000';

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  const database = await createTestDatabase();
  const filling = postgres(database.url, { max: 1, onnotice: () => {} });
  const { storeDomain } = credentialsAt('', newKeys()).shopify;
  await fillDatabase(filling, storeDomain, size, extra);
  const name = new URL(database.url).pathname.slice(1);
  // The plans of statements that were used often, which know the tables but not who is asked about.
  await filling.unsafe(`alter database ${name} set plan_cache_mode = force_generic_plan`);
  await filling.end();
  sql = postgres(database.url, { max: 1, onnotice: () => {} });
  world = await openWorld(undefined, { database });
}, 120_000);
afterAll(async () => {
  await sql.end();
  await world.close();
});

test('no growing table is read from end to end by texts, a refund, a click, a receipt or Home', {
  timeout: 120_000,
}, async () => {
  // What runs at a start and once a day may go through everything.
  const first = await countersOfEnded();
  const before = await countersOfEnded();
  await world.say(jane, 'return the walnut desk from 1002');
  await world.say(jane, 'yes');
  await world.click(await world.card('#1002'), maya, 'approve_refund');
  await world.settled();
  await world.say(jane, 'where is my refund?');
  await world.say(jane, 'STOP');
  await world.say(jane, 'START');
  await world.say(jane, 'I want to talk to a person');
  await world.sandbox.workspace.openHome(maya, 'home');
  await world.mention(maya, 'where is order 1001?');
  const after = await countersOfEnded();
  expect(world.refundsOf('#1002')).toHaveLength(1);
  const scanned = growing.flatMap((table) => {
    const atStart = (before[table]?.scans ?? 0) - (first[table]?.scans ?? 0);
    const times = (after[table]?.scans ?? 0) - (before[table]?.scans ?? 0) - atStart;
    return times > 0 ? [`${table}, ${times} times`] : [];
  });
  expect(scanned).toEqual([]);
});

test('a turn of somebody with thousands of messages reads as many rows as another', {
  timeout: 120_000,
}, async () => {
  const [first, second] = [await rowsReadBy(usual), await rowsReadBy(talkative)];
  expect(first).toBeGreaterThan(0);
  expect(second).toBeLessThan(first + 200);
});

async function rowsReadBy(phone: string): Promise<number> {
  const before = await countersOfEnded();
  await world.say(phone, 'what is your return policy?');
  const after = await countersOfEnded();
  return growing.reduce((sum, table) => sum + (after[table]?.rows ?? 0) - (before[table]?.rows ?? 0), 0);
}

/** Connections hand in what they counted when they end. */
async function countersOfEnded() {
  await world.settled();
  await world.restart();
  return counters();
}

async function counters(): Promise<
  Readonly<Record<string, { readonly scans: number; readonly rows: number }>>
> {
  const rows = await sql`
    select relname as table, seq_scan::int as scans, (seq_tup_read + coalesce(idx_tup_fetch, 0))::int as rows
    from pg_stat_user_tables where schemaname = 'public'`;
  return Object.fromEntries(rows.map(({ table, scans, rows }) => [table, { scans, rows }]));
}
