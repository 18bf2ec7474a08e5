import { Writable } from 'node:stream';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Config } from '../../src/config.ts';
import { sweepInbound } from '../../src/conversation/sweep-inbound.ts';
import { readDeadLettersOptions } from '../../src/dead-letters-tool/read-options.ts';
import { runDeadLettersTool } from '../../src/dead-letters-tool/run-dead-letters-tool.ts';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { waitFor } from '../support/wait-for.ts';

const marcus = '+15551230002';
const lena = '+15551230003';
let world: World;
let config: Config;
let databaseUrl: string;

beforeAll(async () => {
  const database = await createTestDatabase();
  databaseUrl = database.url;
  world = await openWorld(
    (given) => {
      config = given;
      return given;
    },
    { database },
  );
  await world.db.execute(sql`update jobs.queue set retry_delay = 0, retry_backoff = false`);
  await world.db.execute(sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'broken by the test: %', new; end $$`);
});
afterAll(() => world.close());

test('a message that fails every time is set aside, its sender and people are told, and the queue goes on', async () => {
  await world.db.execute(sql`create trigger poison before insert on turns for each row
    when (new.asked::text like '%Zanzibar%') execute function refuse()`);
  await world.sandbox.phones.receiveText({ from: jane, body: 'Where is Zanzibar?' });
  expect(await world.say(marcus, 'hello')).toHaveLength(1);
  await waitFor('the sentence', () => world.textsTo(jane).length === 1);
  expect(world.textsTo(jane)[0]).toMatch(/something went wrong on our side\. Someone from our team/);
  const [letter] = await world.db.execute(sql`select queue, tries, state, reason from dead_letters`);
  expect(letter).toEqual({
    queue: 'take-turn',
    tries: 5,
    state: 'set-aside',
    reason: { name: 'Error', code: 'P0001', place: expect.stringMatching(/^src\/storage\/turns\.ts:\d+$/) },
  });
  await waitFor('staff to have a thread', () =>
    JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT')).includes('dead letter 1'),
  );
  await world.settled();
});

test('the list says why without a word of the customer', async () => {
  const { code, output } = await run('list');
  expect(code).toBe(0);
  expect(output).toMatch(
    /^ {3}1 {2}\S+ \S+ UTC {2}take-turn {2}Error P0001 at src\/storage\/turns\.ts:\d+; waits/,
  );
  const everything = output + (await run('show', '1')).output + world.logLines.join('\n');
  expect(everything).toContain('Given up once');
  expect(everything).not.toMatch(/Zanzibar|5551230001/);
});

test('while a person has the conversation it is not tried again', async () => {
  expect(await run('retry', '1')).toMatchObject({
    code: 1,
    errors: expect.stringContaining('A person has the conversation'),
  });
});

test('tried again once the cause is gone, it is answered, and the letter is closed', async () => {
  await world.db.execute(sql`drop trigger poison on turns`);
  await world.db.execute(sql`update conversations set owner = 'agent', support_thread = null`);
  expect((await run('retry', '1')).code).toBe(0);
  await waitFor('the answer', () => world.textsTo(jane).length === 2);
  await waitFor('the letter to be closed', async () => (await states()).includes('done'));
  expect((await run('list')).output).toBe('No dead letters: every job is done or still being tried.\n');
  expect(await run('retry', '1')).toMatchObject({ code: 1, errors: 'Dead letter 1 was done meanwhile.\n' });
});

test('a refund that fails every time is told to people, not dropped in passing, and made once when retried', async () => {
  await world.db.execute(sql`create trigger poison before update on refunds for each row
    when (new.state = 'sending') execute function refuse()`);
  await world.say(jane, 'I want to return the blue shirt from order #1001');
  await world.say(jane, 'yes please');
  await waitFor('the dead letter', async () => (await states()).includes('set-aside'));
  await waitFor('people to be told', () =>
    JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT')).includes('dead-letters -- show 2'),
  );
  const shown = (await run('show', '2')).output;
  expect(shown).toMatch(/About: a refund of \$48\.00 on order #1001, approved\n/);
  expect(shown).toMatch(/State: tried again /);
  expect(await run('drop', '2', '--reason', 'no')).toMatchObject({
    code: 1,
    errors: expect.stringMatching(/about money.*Add --yes/),
  });
  await world.db.execute(sql`drop trigger poison on refunds`);
  expect(await run('retry', '--all')).toMatchObject({ code: 0, output: expect.stringContaining('letter 2') });
  await waitFor('the refund', () => world.refundsOf('#1001').length === 1);
  await waitFor('the letter to be closed', async () => (await states()).every((state) => state === 'done'));
  expect(world.refundsOf('#1001')).toHaveLength(1);
});

test('what is dropped is not tried again, and who dropped it and why is kept', async () => {
  await world.db.execute(sql`create trigger poison before update on refunds for each row
    when (new.state = 'sending') execute function refuse()`);
  await world.say(marcus, 'I want to return the enamel kettle from order #1010');
  await world.say(marcus, 'yes please');
  await waitFor('the dead letter', async () => (await states()).includes('set-aside'));
  expect(await run('drop', '3', '--reason', 'refunded by hand', '--yes')).toMatchObject({ code: 0 });
  await world.db.execute(sql`drop trigger poison on refunds`);
  const left = await world.db.execute(
    sql`select 1 from jobs.job where name = 'execute-refund' and state in ('created', 'retry', 'active')`,
  );
  expect(left).toEqual([]);
  const [kept] = await world.db.execute(
    sql`select actor, detail from audit_log where action = 'dead-letter.dropped'`,
  );
  expect(kept).toMatchObject({ actor: 'operator', detail: { letter: 3, reason: 'refunded by hand' } });
  expect(await run('drop', '3', '--reason', 'again', '--yes')).toMatchObject({
    code: 1,
    errors: 'Dead letter 3 was dropped already.\n',
  });
});

test('a text that was lost and cannot be taken in keeps none behind it, and people are told', async () => {
  await world.db.execute(sql`create trigger poison before insert on messages for each row
    when (new.text like '%Zanzibar%') execute function refuse()`);
  const sentAt = new Date(Date.now() - 10 * 60_000);
  for (const body of ['Zanzibar?', 'What is your return policy?', 'Zanzibar!']) {
    await world.sandbox.phones.receiveText({ from: lena, body, sentAt, isLost: true });
  }
  await sweepInbound(world.app.context, { since: new Date(Date.now() - 3_600_000).toISOString() });
  await waitFor('the answer', () => world.textsTo(lena).length === 1);
  const told = await world.db.execute(
    sql`select text from staff_notes where text like '%fail to take it in%'`,
  );
  expect(told).toHaveLength(2);
  await world.db.execute(sql`drop trigger poison on messages`);
});

test('an ID that nothing has gets a sentence', async () => {
  expect(await run('show', '99')).toEqual({
    code: 1,
    output: '',
    errors: 'There is no dead letter 99; npm run dead-letters -- list shows them.\n',
  });
});

async function states(): Promise<readonly unknown[]> {
  return (await world.db.execute(sql`select state from dead_letters order by seq`)).map(({ state }) => state);
}

/** As `npm run dead-letters --` on this world's database. */
async function run(...args: readonly string[]) {
  const read = readDeadLettersOptions(args);
  if (read.kind !== 'ok') throw new Error(`These are no options: ${args.join(' ')}`);
  const [output, errors] = [openSink(), openSink()];
  const code = await runDeadLettersTool({ ...config, databaseUrl }, read.command, {
    output: output.stream,
    errors: errors.stream,
  });
  return { code, output: output.text(), errors: errors.text() };
}

function openSink() {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      written += chunk.toString();
      done();
    },
  });
  return { stream, text: () => written };
}
