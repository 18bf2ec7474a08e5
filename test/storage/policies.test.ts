import { readFileSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { defaultPolicy, type Policy } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import {
  findPolicy,
  listPublications,
  newestPublication,
  publishPolicy,
} from '../../src/storage/policies.ts';
import { policyVersions } from '../../src/storage/schema/policies.ts';
import { createTestDatabase } from '../support/test-database.ts';

let server: Awaited<ReturnType<typeof createTestDatabase>>;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = openDatabase(server.url, { connections: 8 });
});
afterAll(async () => {
  await database.close();
  await server.drop();
});

const of = (windowDays: number) => defaultPolicy({ windowDays });
const publish = (store: string, source: 'start' | 'command', policy: Policy, author = 'ada') =>
  publishPolicy(database.db, { store, policy, source, author });
const versions = async (store: string) =>
  (await listPublications(database.db, store, { limit: 100 })).map(({ version }) => version);

test('every rule of a policy comes back from the database under its version', async () => {
  const page = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8');
  const [, yaml = ''] = /```yaml\n([^`]+)```/.exec(page) ?? [];
  const parsed = parsePolicyFile(
    `${yaml}\napprovals: [{ above: 100, people: 2 }, { above: "500.50", approvers: [U1, S2] }]`,
    30,
  );
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  expect(parsed.policy.rules?.length).toBeGreaterThan(5);
  await publish('whole', 'command', parsed.policy);
  const found = await findPolicy(database.db, 'whole', parsed.policy.version);
  expect(found).toEqual({ kind: 'found', policy: parsed.policy });
});

test('a start with the settings of last time takes back nothing that was published since', async () => {
  await publish('start', 'start', of(30), 'default');
  await publish('start', 'command', of(45));
  expect(await publish('start', 'start', of(30), 'default')).toBeUndefined();
  expect((await newestPublication(database.db, 'start'))?.version).toBe(of(45).version);
});

test('a start with other settings than last time puts them in force', async () => {
  await publish('changed', 'start', of(30), 'default');
  await publish('changed', 'command', of(45));
  expect(await publish('changed', 'start', of(60), 'POLICY_FILE')).toMatchObject({
    version: of(60).version,
    author: 'POLICY_FILE',
    changes: ['window_days: 45 -> 60'],
  });
});

test('eight processes that start at once record their policy once', async () => {
  const stores = Array.from({ length: 20 }, (_, number) => `eight-${number}`);
  for (const store of stores) {
    const all = Array.from({ length: 8 }, () => publish(store, 'start', of(30), 'default'));
    expect((await Promise.all(all)).filter((row) => row !== undefined)).toHaveLength(1);
    expect(await versions(store)).toEqual([of(30).version]);
  }
});

test('what is in force already is not published again, an older version is', async () => {
  await publish('again', 'command', of(30));
  expect(await publish('again', 'command', of(30))).toBeUndefined();
  await publish('again', 'command', of(45));
  await publish('again', 'command', of(30));
  expect(await versions('again')).toEqual([of(30), of(45), of(30)].map(({ version }) => version));
});

test('a row whose rules were changed by hand is no policy', async () => {
  await publish('forged', 'command', of(30));
  const { version } = of(30);
  const change = (rules: unknown) =>
    database.db
      .update(policyVersions)
      .set({ rules: rules as Policy })
      .where(eq(policyVersions.store, 'forged'));
  const { version: _, ...longer } = of(900);
  await change(longer);
  expect(await findPolicy(database.db, 'forged', version)).toEqual({ kind: 'unreadable' });
  await change({ windowDays: 30 });
  expect(await findPolicy(database.db, 'forged', version)).toEqual({ kind: 'unreadable' });
  expect(await findPolicy(database.db, 'other', version)).toEqual({ kind: 'unknown' });
});
