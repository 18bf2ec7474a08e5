import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, inject, test } from 'vitest';
import { openDatabase } from '../../src/storage/database.ts';
import { jobNames } from '../../src/storage/jobs.ts';
import { migrateDatabase } from '../../src/storage/migrate.ts';
import { checkReadiness } from '../../src/storage/readiness.ts';
import { databaseUrl } from '../support/global-setup.ts';
import { jane, maya } from '../support/open-world.ts';
import { openProductionWorld } from '../support/production-world.ts';
import { waitFor } from '../support/wait-for.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'migrations');

type Column = {
  readonly type: string;
  readonly notNull: boolean;
  readonly default?: unknown;
  readonly identity?: unknown;
};
type Table = {
  readonly columns: Readonly<Record<string, Column>>;
  readonly checkConstraints: object;
  readonly uniqueConstraints: Readonly<Record<string, { readonly columns: readonly string[] }>>;
  readonly foreignKeys: Readonly<Record<string, { readonly columnsFrom: readonly string[] }>>;
  readonly indexes: Readonly<
    Record<
      string,
      { readonly isUnique: boolean; readonly columns: readonly { readonly expression: string }[] }
    >
  >;
};
type Snapshot = { readonly tables: Readonly<Record<string, Table>> };

const snapshots = readdirSync(join(folder, 'meta'))
  .filter((name) => name.endsWith('_snapshot.json'))
  .sort()
  .map((name) => JSON.parse(readFileSync(join(folder, 'meta', name), 'utf8')) as Snapshot);

/** What keeps code that knows only the older schema from reading or writing in the newer one. */
function breaks(older: Snapshot, newer: Snapshot): readonly string[] {
  return Object.entries(older.tables).flatMap(([name, before]) => {
    const after = newer.tables[name];
    if (!after) return [`${name} is gone`];
    const gone = Object.entries(before.columns).flatMap(([column, was]) => {
      const is = after.columns[column];
      if (!is) return [`${name}.${column} is gone`];
      if (is.type !== was.type) return [`${name}.${column} is another type`];
      if (is.notNull && !was.notNull) return [`${name}.${column} takes no null any more`];
      return was.default !== undefined && is.default === undefined
        ? [`${name}.${column} lost its default`]
        : [];
    });
    const needed = Object.entries(after.columns)
      .filter(
        ([column, is]) =>
          !(column in before.columns) && is.notNull && is.default === undefined && !is.identity,
      )
      .map(([column]) => `${name}.${column} is needed, and older code does not know it`);
    // Of a column that older code does not know it writes nothing, and nothing refuses that.
    const known = Object.keys(before.columns);
    const stricter = rulesOf(after, known)
      .filter((rule) => !rulesOf(before, known).includes(rule))
      .map((rule) => `${name} refuses more: ${rule}`);
    return [...gone, ...needed, ...stricter];
  });
}

function rulesOf(table: Table, known: readonly string[]): readonly string[] {
  const ofKnown = (columns: readonly string[]) => columns.every((column) => known.includes(column));
  return [
    ...Object.keys(table.checkConstraints),
    ...Object.entries(table.uniqueConstraints).flatMap(([rule, { columns }]) =>
      ofKnown(columns) ? [rule] : [],
    ),
    ...Object.entries(table.foreignKeys).flatMap(([rule, { columnsFrom }]) =>
      ofKnown(columnsFrom) ? [rule] : [],
    ),
    ...Object.entries(table.indexes).flatMap(([rule, { isUnique, columns }]) =>
      isUnique && ofKnown(columns.map(({ expression }) => expression)) ? [rule] : [],
    ),
  ];
}

test.each(snapshots.slice(1).map((_, index) => index + 1))(
  'code of the release before migration %i can go on reading and writing after it',
  (index) => {
    const [older, newer] = [snapshots[index - 1], snapshots[index]];
    expect(older && newer && breaks(older, newer)).toEqual([]);
  },
);

test('a schema that older code cannot live with is told from one that it can', () => {
  const column = { type: 'text', notNull: true };
  const table = {
    columns: { a: column },
    uniqueConstraints: {},
    indexes: {},
    checkConstraints: {},
    foreignKeys: {},
  };
  const from = (changed: object): readonly string[] =>
    breaks({ tables: { t: table } }, { tables: { t: { ...table, ...changed } } });
  const columns = [{ expression: 'a' }];
  expect(breaks({ tables: { t: table } }, { tables: {} })).toEqual(['t is gone']);
  expect(from({ columns: {} })).toEqual(['t.a is gone']);
  expect(from({ columns: { a: { ...column, type: 'uuid' } } })).toEqual(['t.a is another type']);
  expect(from({ columns: { a: column, b: column } })).toHaveLength(1);
  expect(
    from({ columns: { a: column, b: { ...column, default: "''" }, c: { ...column, notNull: false } } }),
  ).toEqual([]);
  expect(from({ indexes: { i: { isUnique: true, columns }, j: { isUnique: false, columns } } })).toEqual([
    't refuses more: i',
  ]);
});

test('releases that migrate one new database at the same time all find it migrated', {
  timeout: 60_000,
}, async ({ onTestFinished }) => {
  const server = openDatabase(inject('postgresUrl'), { connections: 1 });
  const name = `test_${randomBytes(6).toString('hex')}`;
  await server.db.execute(sql.raw(`create database ${name}`));
  onTestFinished(async () => {
    await server.db.execute(sql.raw(`drop database ${name} with (force)`));
    await server.close();
  });
  const url = databaseUrl(inject('postgresUrl'), name);
  await Promise.all([migrateDatabase(url), migrateDatabase(url), migrateDatabase(url)]);
  const own = openDatabase(url, { connections: 1 });
  expect(await checkReadiness(own.db)).toEqual({ reasons: [], inFlight: 0, queued: 0 });
  const queues = await own.db.execute<{ name: string }>(sql`select name from jobs.queue`);
  expect(queues.map((queue) => queue.name)).toEqual(expect.arrayContaining([...jobNames]));
  await own.close();
});

test('the release before the last migration and this one serve one database together', {
  timeout: 240_000,
}, async ({ onTestFinished, skip }) => {
  const earlier = unpackEarlierRelease();
  if (!earlier) return skip('the history of this clone does not reach back to that release');
  onTestFinished(() => rmSync(earlier, { recursive: true, force: true }));
  const world = await openProductionWorld();
  onTestFinished(world.close);
  const old = { root: earlier };
  const [oldWeb, newWeb, oldWorker] = await Promise.all([
    world.start('web', old),
    world.start('web'),
    world.start('worker', old),
  ]);
  const hears = (words: string, orderName: string) =>
    waitFor(
      `"${words}" of ${orderName}`,
      () => world.textsTo(jane).some((text) => text.includes(words) && text.includes(orderName)),
      60_000,
    );
  const approve = async (orderName: string): Promise<void> => {
    const card = await waitFor(
      'the card',
      () => world.sandbox.workspace.cards().find(({ blocks }) => JSON.stringify(blocks).includes(orderName)),
      60_000,
    );
    const click = { user: maya, channel: card.channel, ts: card.ts, actionId: 'approve_refund' };
    expect((await world.sandbox.workspace.click(click)).status).toBe(200);
    await hears(`Done: your refund of`, orderName);
    expect(world.refundsOf(orderName)).toHaveLength(1);
  };
  // The old release quotes and asks for approval, the new one takes the click and pays.
  world.leadTo(oldWeb);
  await world.text(jane, 'return the walnut desk from 1002');
  await hears('YES', '#1002');
  await world.text(jane, 'yes');
  await hears('manager has to look', '#1002');
  world.leadTo(newWeb);
  const newWorker = await world.start('worker');
  oldWorker.signal('SIGTERM');
  await oldWorker.ended();
  await approve('#1002');
  // And the other way round; two refunds of one customer in a day are above the threshold together.
  await world.text(jane, 'return the blue shirt from 1001');
  await hears('YES', '#1001');
  await world.start('worker', old);
  newWorker.signal('SIGTERM');
  await newWorker.ended();
  world.leadTo(oldWeb);
  await world.text(jane, 'yes');
  await approve('#1001');
});

/** Its code, read from the history; undefined where the clone is too shallow, or is none. */
function unpackEarlierRelease(): string | undefined {
  const git = (...args: readonly string[]) =>
    execFileSync('git', args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 256 * 1024 * 1024,
    });
  const last = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .at(-1);
  try {
    const added = git('log', '-1', '--diff-filter=A', '--format=%H', '--', `migrations/${last}`)
      .toString()
      .trim();
    const archive = git('archive', `${added}^`, 'src', 'migrations', 'package.json');
    const directory = mkdtempSync(join(tmpdir(), 'returns-agent-earlier-'));
    execFileSync('tar', ['-x', '-C', directory], { input: archive });
    symlinkSync(join(root, 'node_modules'), join(directory, 'node_modules'));
    return directory;
  } catch {
    return undefined;
  }
}
