import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { exportAudit } from '../../src/audit-tool/export-audit.ts';
import type { AuditCommand } from '../../src/audit-tool/read-options.ts';
import { runAuditTool } from '../../src/audit-tool/run-audit-tool.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { type AuditContent, auditHash, sealAudit } from '../../src/storage/audit-chain.ts';
import { recordAudit } from '../../src/storage/audit-log.ts';
import { type Database, openDatabase } from '../../src/storage/database.ts';
import { createTestDatabase } from '../support/test-database.ts';

const store = 'birch-and-loom.myshopify.com';
let database: Database;
let config: Config;
let drop: () => Promise<void>;

beforeAll(async () => {
  const created = await createTestDatabase();
  database = openDatabase(created.url, { connections: 4 });
  drop = created.drop;
  const read = readConfig({
    DATABASE_URL: created.url,
    SHOPIFY_STORE_DOMAIN: store,
    SHOPIFY_ADMIN_TOKEN: 'shpat_test',
    CHAT_API_TOKEN: 'a-token-of-the-chat',
  });
  if (read.kind === 'invalid') throw new Error('The test configuration is invalid.');
  config = read.config;
});
afterAll(async () => {
  await database.close();
  await drop();
});

beforeEach(async () => {
  await tamper('delete from audit_log');
  for (let place = 1; place <= 6; place++) await decide(place);
  while ((await sealAudit(database.db, store)) > 0);
});

const decide = (place: number) =>
  recordAudit(database.db, {
    store,
    actor: 'system',
    action: 'refund.settled',
    subject: `refund-${place}`,
    detail: { amountMinor: place * 100, note: 'größer', nested: { b: 1.5, a: null } },
  });

/** What somebody can do who owns the database, and so is not held up by its rules. */
async function tamper(...statements: readonly string[]): Promise<void> {
  await database.db.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    for (const statement of statements) await tx.execute(sql.raw(statement));
  });
}

async function run(command: AuditCommand) {
  let written = '';
  const output = new Writable({
    write(chunk: Buffer, _, done) {
      written += chunk.toString();
      done();
    },
  });
  const code = await runAuditTool(config, command, { output, errors: output });
  return { code, written };
}

const verify = (expectedHead?: string) => run({ name: 'verify', expectedHead });
const headOf = (written: string) => /Head: ([0-9a-f]{64})/.exec(written)?.[1];

describe('verify', () => {
  test('finds nothing wrong with a log that was only added to, and says its head', async () => {
    const { code, written } = await verify();
    expect(written).toMatch(/^6 rows, each as it was sealed\.\nHead: [0-9a-f]{64}\n/);
    expect(code).toBe(0);
  });

  test('takes a head that was kept, also when rows were added since', async () => {
    const kept = headOf((await verify()).written);
    await decide(7);
    await sealAudit(database.db, store);
    const { code, written } = await verify(kept);
    expect(written).toContain('7 rows, each as it was sealed');
    expect(headOf(written)).not.toBe(kept);
    expect(code).toBe(0);
  });

  test.each([
    ['an amount', `detail = jsonb_set(detail, '{amountMinor}', '9900')`],
    ['an actor', `actor = 'U0SOMEBODY'`],
    ['an action', `action = 'refund.denied'`],
    ['a subject', `subject = null`],
    ['a time, by a microsecond', `created_at = created_at + interval '1 microsecond'`],
    ['a place among the others', 'chain_number = 100'],
    ['a hash', `hash = repeat('0', 64)`],
  ])('finds a row in which %s was changed', async (_what, change) => {
    await tamper(`update audit_log set ${change} where chain_number = 3`);
    const { code, written } = await verify();
    expect(written).toMatch(/Row (?:3|100) \([0-9a-f-]+\) is not what was sealed/);
    expect(code).toBe(1);
  });

  test('finds a row whose new content was hashed anew: the next does not follow it', async () => {
    const [row] = await sealed(3);
    const content = { ...row?.content, actor: 'customer' } as AuditContent;
    const hash = auditHash(3, row?.previousHash ?? null, content);
    await tamper(`update audit_log set actor = 'customer', hash = '${hash}' where chain_number = 3`);
    const { code, written } = await verify();
    expect(written).toContain('Row 4 does not follow the row before it.');
    expect(code).toBe(1);
  });

  test.each([
    ['the first row', 'chain_number = 1', 'Row 1 is missing.'],
    ['one in the middle', 'chain_number = 4', 'Row 4 is missing.'],
    ['several', 'chain_number in (3, 4, 5)', 'Rows 3 to 5 are missing.'],
  ])('finds that %s is missing', async (_what, where, sentence) => {
    await tamper(`delete from audit_log where ${where}`);
    const { code, written } = await verify();
    expect(written).toContain(sentence);
    expect(code).toBe(1);
  });

  test('finds that a missing row was closed up by renumbering the rows after it', async () => {
    await tamper(
      'delete from audit_log where chain_number = 4',
      'update audit_log set chain_number = -chain_number where chain_number > 4',
      'update audit_log set chain_number = -chain_number - 1 where chain_number < 0',
    );
    expect((await verify()).code).toBe(1);
  });

  test('finds a row that was inserted between others', async () => {
    await tamper(
      'update audit_log set chain_number = -chain_number where chain_number > 2',
      'update audit_log set chain_number = -chain_number + 1 where chain_number < 0',
      `insert into audit_log (id, store, actor, action, detail, chain_number, previous_hash, hash)
       select gen_random_uuid(), store, actor, action, detail, 3, hash, repeat('a', 64) from audit_log where chain_number = 2`,
    );
    const { code, written } = await verify();
    expect(written).toMatch(/Row 3 \([0-9a-f-]+\) is not what was sealed/);
    expect(code).toBe(1);
  });

  test('finds two rows that changed places', async () => {
    await tamper(
      'update audit_log set chain_number = 200 where chain_number = 2',
      'update audit_log set chain_number = 2 where chain_number = 5',
      'update audit_log set chain_number = 5 where chain_number = 200',
    );
    const { code, written } = await verify();
    expect(written).toMatch(/Row 2 .*not what was sealed/);
    expect(written).toMatch(/Row 5 .*not what was sealed/);
    expect(code).toBe(1);
  });

  test('finds the newest rows gone by the head that was kept elsewhere, and not without it', async () => {
    const kept = headOf((await verify()).written);
    await tamper('delete from audit_log where chain_number > 4');
    expect((await verify()).code).toBe(0);
    const { code, written } = await verify(kept);
    expect(written).toContain('The expected head is not in the chain');
    expect(code).toBe(1);
  });

  test('finds a log that was written anew as a whole by the head that was kept elsewhere', async () => {
    const kept = headOf((await verify()).written);
    await tamper(
      `update audit_log set detail = jsonb_set(detail, '{amountMinor}', '1') where chain_number = 1`,
      'update audit_log set chain_number = null, previous_hash = null, hash = null',
    );
    await sealAudit(database.db, store);
    expect((await verify()).code).toBe(0);
    expect((await verify(kept)).code).toBe(1);
  });

  test('finds rows that nobody seals', async () => {
    await decide(7);
    expect((await verify()).code).toBe(0);
    await tamper(
      `update audit_log set created_at = now() - interval '11 minutes' where chain_number is null`,
    );
    const { code, written } = await verify();
    expect(written).toContain('1 rows have waited for more than 10 minutes to be sealed');
    expect(code).toBe(1);
  });

  test('says nothing of another shop’s rows', async () => {
    await recordAudit(database.db, {
      store: 'other.myshopify.com',
      actor: 'system',
      action: 'refund.settled',
    });
    await sealAudit(database.db, 'other.myshopify.com');
    expect((await verify()).written).toContain('6 rows, each as it was sealed');
  });
});

describe('export', () => {
  test('leaves out nothing that is sealed while it is written, and writes it once', async () => {
    await decide(7);
    const subjects: unknown[] = [];
    for await (const line of exportAudit(database.db, store)) {
      subjects.push((JSON.parse(line) as { content: AuditContent }).content.subject);
      if (subjects.length === 1) expect(await sealAudit(database.db, store)).toBe(1);
    }
    expect(subjects).toEqual([1, 2, 3, 4, 5, 6, 7].map((place) => `refund-${place}`));
  });

  test('holds all that nobody sealed yet, however much it is', async () => {
    await database.db.execute(sql`
      insert into audit_log (id, store, actor, action, detail)
      select gen_random_uuid(), ${store}, 'system', 'refund.settled', '{}' from generate_series(1, 1200)`);
    const { written } = await run({ name: 'export' });
    expect(written.trim().split('\n')).toHaveLength(1206);
  });

  test('writes a line for every row, in the order of the chain, from which each hash can be computed', async () => {
    await decide(7);
    const { code, written } = await run({ name: 'export' });
    expect(code).toBe(0);
    const lines = written
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines.map(({ chainNumber }) => chainNumber)).toEqual([1, 2, 3, 4, 5, 6, null]);
    for (const { chainNumber, previousHash, hash, content } of lines.slice(0, 6)) {
      expect(auditHash(chainNumber, previousHash, content)).toBe(hash);
    }
    expect(lines[2].content).toMatchObject({ subject: 'refund-3', detail: { amountMinor: 300 } });
  });

  test('a hash is the SHA-256 of number, hash before and content as JSON with sorted keys', () => {
    const content = {
      id: '0190f3a0-0000-7000-8000-000000000001',
      seq: 1,
      store,
      at: '2026-11-24T08:00:00.000001Z',
      conversationId: null,
      actor: 'system',
      action: 'refund.settled',
      subject: null,
      detail: { b: 1, a: 'x' },
    };
    expect(auditHash(1, null, content)).toBe(
      '6c4953a5d632a7bb1a066e493eae9876b40c27702a1ac91668a32d2f3b6a110a',
    );
  });
});

describe('the table', () => {
  test.each([
    ['a sealed row is changed', `update audit_log set actor = 'x' where chain_number = 1`],
    ['a sealed row loses its seal', 'update audit_log set chain_number = null where chain_number = 1'],
    [
      'a row is changed while it is sealed',
      `update audit_log set actor = 'x', chain_number = 9, hash = 'y' where chain_number is null`,
    ],
    ['an unsealed row is changed', `update audit_log set actor = 'x' where chain_number is null`],
    ['a row is removed', 'delete from audit_log where chain_number = 1'],
    ['all rows are removed', 'truncate audit_log'],
    [
      'a row comes sealed',
      `insert into audit_log (id, store, actor, action, detail, chain_number, hash) values (gen_random_uuid(), 's', 'a', 'b', '{}', 99, 'c')`,
    ],
    ['a consent is changed', `update consents set kind = 'start'`],
    ['a consent is removed', 'delete from consents'],
  ])('refuses it when %s', async (_what, statement) => {
    await decide(7);
    await expect(database.db.execute(sql.raw(statement))).rejects.toMatchObject({
      cause: { message: expect.stringMatching(/only added/) },
    });
  });

  test('several who seal at once make one chain', async () => {
    for (let place = 7; place <= 30; place++) await decide(place);
    await Promise.all([1, 2, 3, 4].map(() => sealAudit(database.db, store)));
    while ((await sealAudit(database.db, store)) > 0);
    expect((await verify()).written).toContain('30 rows, each as it was sealed');
  });

  test('a row that was committed after later ones were sealed is sealed all the same', async () => {
    const held = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    const slow = database.db.transaction(async (tx) => {
      await recordAudit(tx, { store, actor: 'system', action: 'refund.slow' });
      begun.resolve();
      await held.promise;
    });
    await begun.promise;
    await decide(7);
    await sealAudit(database.db, store);
    held.resolve();
    await slow;
    await sealAudit(database.db, store);
    const { code, written } = await verify();
    expect(written).toContain('8 rows, each as it was sealed');
    expect(code).toBe(0);
  });
});

async function sealed(place: number) {
  const { written } = await run({ name: 'export' });
  return written
    .trim()
    .split('\n')
    .map(
      (line) =>
        JSON.parse(line) as { chainNumber: number; previousHash: string | null; content: AuditContent },
    )
    .filter(({ chainNumber }) => chainNumber === place);
}
