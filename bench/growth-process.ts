import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import postgres from 'postgres';
import { createApp } from '../src/app.ts';
import { readConfig } from '../src/config.ts';
import { withStandIns } from '../src/launch.ts';
import { createLog } from '../src/log.ts';
import { startSandbox } from '../src/sandbox/sandbox.ts';
import { startEmbeddedPostgres } from '../src/storage/embedded-postgres.ts';
import { migrateDatabase } from '../src/storage/migrate.ts';
import { fillDatabase } from './fill-database.ts';
import { growthActions } from './growth-actions.ts';
import { createBenchStore } from './store.ts';

/**
 * What a webhook, a turn, a click and Home cost beside a full store's rows, against none:
 * `node bench/growth-process.ts`. Prints, and fails at nothing.
 */
const { values } = parseArgs({
  options: {
    messages: { type: 'string', default: '1000000' },
    conversations: { type: 'string', default: '100000' },
    refunds: { type: 'string', default: '50000' },
    customers: { type: 'string', default: '200' },
  },
});
const size = {
  messages: Number(values.messages),
  conversations: Number(values.conversations),
  refunds: Number(values.refunds),
};
const customers = Number(values.customers);
const directory = mkdtempSync(join(tmpdir(), 'returns-agent-growth-'));
const server = await startEmbeddedPostgres(join(directory, 'postgres'));
const closers = [() => rmSync(directory, { recursive: true, force: true }), server.stop] as (() => unknown)[];
try {
  const admin = postgres(server.url, { max: 1, onnotice: () => {} });
  const databases = [];
  for (const name of ['empty', 'full']) {
    await admin.unsafe(`create database growth_${name}`);
    const url = new URL(server.url);
    url.pathname = `/growth_${name}`;
    databases.push({ name, url: url.href });
  }
  await admin.end();
  const programs = [];
  for (const { name, url } of databases) programs.push({ name, ...(await openProgram(url)) });
  const [empty, full] = programs;
  if (!empty || !full) throw new Error('Two programs are needed.');
  const filling = performance.now();
  await fillDatabase(full.sql, full.context.refunds.store, size, 5_000);
  console.log(`filled in ${Math.round((performance.now() - filling) / 1000)} s: ${JSON.stringify(size)}`);
  const before = await scans(full.sql);

  const times = new Map<string, { readonly empty: number[]; readonly full: number[] }>();
  for (let customer = 0; customer < customers; customer++) {
    // Each in turn, so that a busy moment of the machine meets both.
    for (const program of customer % 2 === 0 ? [empty, full] : [full, empty]) {
      const actions = growthActions(program.context, customer);
      for (const [action, run] of Object.entries(actions)) {
        const from = performance.now();
        await run();
        const took = performance.now() - from;
        const both = times.get(action) ?? { empty: [], full: [] };
        times.set(action, both);
        // The first ones warm up caches and plans.
        if (customer >= 10) both[program === empty ? 'empty' : 'full'].push(took);
      }
    }
  }
  console.log('| | empty p50 / p95 / p99 ms | full p50 / p95 / p99 ms | ratio of p50 | of p95 |');
  console.log('| --- | --- | --- | --- | --- |');
  for (const [action, { empty: one, full: other }] of times) {
    const ratio = (percent: number) => (at(other, percent) / at(one, percent)).toFixed(2);
    console.log(`| ${action} | ${spread(one)} | ${spread(other)} | ${ratio(50)} | ${ratio(95)} |`);
  }
  for (const program of programs) await program.close();
  const after = await scans(full.sql);
  const scanned = [...after].filter(([table, count]) => count > (before.get(table) ?? 0));
  console.log(
    'read from end to end:',
    scanned.map(([table, count]) => `${table} ${count - (before.get(table) ?? 0)}x`).join(', ') || 'nothing',
  );
  for (const program of programs) await program.sql.end();
} finally {
  for (const close of closers.reverse()) await close();
}

async function openProgram(url: string) {
  await migrateDatabase(url);
  const sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:1',
    shopCost: 'unlimited',
    createStore: (now) => createBenchStore(now, customers),
  });
  const read = readConfig({ PORT: '0', REFUND_APPROVAL_THRESHOLD: '10.00' });
  if (read.kind === 'invalid') throw new Error('The configuration is invalid.');
  const app = createApp({
    config: withStandIns(read.config, sandbox),
    databaseUrl: url,
    web: false,
    worker: false,
    log: createLog({ level: 'error' }),
  });
  await app.start();
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  const close = async () => {
    await app.stop();
    await sandbox.close();
  };
  return { context: app.context, sql, close };
}

async function scans(sql: postgres.Sql): Promise<ReadonlyMap<string, number>> {
  const rows = await sql<{ name: string; count: number }[]>`
    select relname as name, seq_scan::int as count from pg_stat_user_tables
    where schemaname = 'public' and n_live_tup > 1000`;
  return new Map(rows.map(({ name, count }) => [name, count]));
}

function spread(times: readonly number[]): string {
  return [50, 95, 99].map((percent) => at(times, percent).toFixed(1)).join(' / ');
}

/** By nearest rank. */
function at(times: readonly number[], percent: number): number {
  const sorted = times.toSorted((one, other) => one - other);
  return sorted[Math.ceil((percent / 100) * sorted.length) - 1] ?? Number.NaN;
}
