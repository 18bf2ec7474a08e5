import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { readPrivacyOptions } from '../../src/privacy-tool/read-options.ts';
import { runPrivacyTool } from '../../src/privacy-tool/run-privacy-tool.ts';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { createTestDatabase } from '../support/test-database.ts';

let world: World;
let config: Config;
const folder = mkdtempSync(join(tmpdir(), 'privacy-'));
beforeAll(async () => {
  const database = await createTestDatabase();
  world = await openWorld(
    (given) => {
      config = { ...given, databaseUrl: database.url };
      return given;
    },
    { database },
  );
  await world.say(jane, 'hello, I am Wilhelmina and can be reached at w@example.com');
});
afterAll(async () => {
  await world.close();
  rmSync(folder, { recursive: true });
});

async function run(...args: readonly string[]) {
  const read = readPrivacyOptions(args);
  if (read.kind !== 'ok') throw new Error('These are no options.');
  const said: string[] = [];
  const sink = () =>
    new Writable({
      write(chunk, _, done) {
        said.push(String(chunk));
        done();
      },
    });
  const code = await runPrivacyTool(config, read.command, { output: sink(), errors: sink() });
  return { code, text: said.join('') };
}

const file = (name: string) => join(folder, name);

test('an export holds what was written, its addresses included, and only its owner can read it', async () => {
  const { code, text } = await run('export', '--phone', jane, '--file', file('jane.json'));
  expect(code).toBe(0);
  expect(text).not.toContain('Wilhelmina');
  const held = JSON.parse(readFileSync(file('jane.json'), 'utf8')) as {
    conversations: { messages: { text: string; emails: string[] | null }[]; senders: object[] }[];
  };
  const [conversation] = held.conversations;
  expect(conversation?.messages[0]?.text).toContain('Wilhelmina');
  expect(conversation?.messages[0]?.emails).toEqual(['w@example.com']);
  expect(conversation?.senders).toMatchObject([{ phone: jane }]);
  expect(statSync(file('jane.json')).mode & 0o777).toBe(0o600);
});

test('a file that is there already is not written over', async () => {
  const { code, text } = await run('export', '--phone', jane, '--file', file('jane.json'));
  expect({ code, text }).toMatchObject({ code: 1, text: expect.stringContaining('exists already') });
});

test('an e-mail address is looked up in the shop', async () => {
  const { text } = await run('export', '--email', 'jane@example.com', '--file', file('mail.json'));
  expect(text).toMatch(/^1 conversation /);
});

test('somebody nobody knows has nothing', async () => {
  expect(await run('export', '--customer', '999', '--file', file('none.json'))).toMatchObject({ code: 0 });
  expect(readFileSync(file('none.json'), 'utf8')).toContain('"conversations": []');
});

test('nothing is erased while a refund waits, and the request stays open', async () => {
  await world.say(jane, 'return the walnut desk from order 1002');
  await world.say(jane, 'yes');
  const { code, text } = await run('erase', '--phone', jane);
  expect({ code, text }).toMatchObject({ code: 2, text: expect.stringContaining('a refund is not settled') });
  expect(await world.db.execute(sql`select 1 from messages where text like '%Wilhelmina%'`)).toHaveLength(1);
  const open = await world.db.execute(
    sql`select 1 from privacy_requests where done_at is null and kind = 'erase'`,
  );
  expect(open).toHaveLength(1);
});

test('what is erased is erased, the ledger stays, and who it was is known no more', async () => {
  await world.click(await world.card('#1002'), 'UMAYA0001', 'approve_refund');
  await world.settled();
  expect(await run('erase', '--phone', jane)).toEqual({ code: 0, text: 'Erased: 1 conversation.\n' });
  expect(await world.db.execute(sql`select 1 from messages`)).toHaveLength(0);
  expect(await world.db.execute(sql`select 1 from refunds where state = 'refunded'`)).toHaveLength(1);
  expect(await world.db.execute(sql`select 1 from senders where phone is not null`)).toHaveLength(0);
  expect(
    await world.db.execute(
      sql`select 1 from privacy_requests where done_at is not null and subject is not null`,
    ),
  ).toHaveLength(0);
});

test("a request that is done, or is nobody's, is answered with a sentence", async () => {
  const id = '0192d3c4-0000-7000-8000-123456789012';
  expect(await run('erase', '--request', id)).toEqual({ code: 1, text: 'There is no such request.\n' });
});
