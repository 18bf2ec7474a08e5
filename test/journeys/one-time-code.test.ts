import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

function codeIn(texts: readonly string[]): string {
  return /\b\d{6}\b/.exec(texts.at(-1) ?? '')?.[0] ?? 'no code';
}

test('who writes from another phone returns an item after a code to the phone on the order', async () => {
  const other = '+15559990001';
  const [asked] = await world.say(other, 'I want to return the blue shirt from order 1001');
  expect(asked).toContain('reply CODE');
  const [sent] = await world.say(other, 'CODE');
  expect(sent).toContain('six digits');
  const [text] = world.textsTo(jane);
  expect(text).toMatch(/^Birch & Loom: your code is \d{6}, good for 10 minutes\./);
  expect(text).not.toMatch(/1001|shirt/i);

  const [quoted] = await world.say(other, codeIn(world.textsTo(jane)));
  expect(quoted).toMatch(/\$48\.00.*YES/);
  await world.say(other, 'yes');
  expect(world.refundsOf('#1001')).toHaveLength(1);
});

test('the code stands in no table and no log line', async () => {
  const other = '+15559990002';
  await world.say(other, 'return something from order 1002');
  await world.say(other, 'please text me a code');
  const code = codeIn(world.textsTo('+15551230002').concat(world.textsTo(jane)));
  expect(code).toMatch(/^\d{6}$/);
  const tables = await world.db.execute<{ table: string }>(
    sql`select table_name as table from information_schema.tables where table_schema = 'public'`,
  );
  for (const { table } of tables) {
    const rows = await world.db.execute(sql`select * from ${sql.identifier(table)}`);
    expect(JSON.stringify(rows)).not.toContain(code);
  }
  expect(world.logLines.join('\n')).not.toContain(code);
});

test('a stranger hears the same of every order, and texts go only where a phone is', async () => {
  const before = world.textsTo(jane).length;
  const heard = new Set<string>();
  for (const [index, order] of ['1013', '987654', '1003'].entries()) {
    const other = `+1555999010${index}`;
    const [first] = await world.say(other, `I want to return something from order ${order}`);
    const [second] = await world.say(other, 'CODE');
    const [third] = await world.say(other, '123 456');
    heard.add([first, second, third].join('\n'));
  }
  expect(heard.size).toBe(1);
  expect(world.textsTo(jane)).toHaveLength(before + 1);
});
