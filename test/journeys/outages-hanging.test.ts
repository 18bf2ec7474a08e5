import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jane, maya, openWorld, type World } from '../support/open-world.ts';
import { factsIn } from '../support/read-scripted-request.ts';
import {
  call,
  openScriptedWorld,
  quoteLine,
  type ScriptedWorld,
  sayResult,
} from '../support/scripted-world.ts';
import { waitFor } from '../support/wait-for.ts';

const turnsAtOnce = 32;
const crowd = Array.from({ length: turnsAtOnce + 8 }, (_, index) => `+1555888${1_000 + index}`);
const hasOutcome = (world: World) => world.textsTo(jane).some((text) => text.startsWith('Done:'));

describe('a language model that hangs, for as many customers as are answered at once', () => {
  let world: ScriptedWorld;
  let release: () => void;

  beforeEach(async () => {
    world = await openScriptedWorld('responses', (config) => ({
      ...config,
      openai: config.openai && { ...config.openai, timeoutMs: 30_000 },
    }));
    world.model.add(...quoteLine('1002', 'Walnut Desk'));
    await world.say(jane, 'return the walnut desk from 1002');
    world.model.add(
      (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
      sayResult,
    );
    await world.say(jane, 'yes');
    const { promise, resolve } = Promise.withResolvers<void>();
    release = resolve;
    const held = async () => {
      await promise;
      return { text: 'Hello!' };
    };
    const before = world.model.requests.length;
    world.model.add(...crowd.map(() => held));
    await Promise.all(crowd.map((from) => world.sandbox.phones.receiveText({ from, body: 'hi' })));
    await waitFor('every place to be taken', () => world.model.requests.length === before + turnsAtOnce);
  });
  afterEach(async () => {
    release();
    await world.close();
  });

  test('holds up no approval, no refund and no text about it, and everybody is answered once it is back', async () => {
    const card = await world.card('#1002');
    expect(await world.click(card, maya, 'approve_refund')).toBe(200);
    await waitFor('the outcome', () => hasOutcome(world));
    expect(world.refundsOf('#1002')).toHaveLength(1);
    const { status } = await world.sandbox.phones.receiveText({ from: crowd[0] ?? '', body: 'anybody?' });
    expect(status).toBe(200);
    expect(crowd.flatMap((from) => world.textsTo(from))).toEqual([]);

    world.model.add({ text: 'Hello!' }, { text: 'Hello!' });
    release();
    await world.settled();
    expect(crowd.map((from) => world.textsTo(from))).toEqual(crowd.map(() => ['Hello!']));
  });

  test('holds no connection to the database while it is waited for', async () => {
    const open = await world.db.execute(sql`
      select pid from pg_stat_activity
      where datname = current_database() and state like 'idle in transaction%'`);
    expect(open).toEqual([]);
  });
});

test('a language model that never answers is waited for five times, and then by nobody', async () => {
  const world = await openScriptedWorld('responses', (config) => ({
    ...config,
    openai: config.openai && { ...config.openai, timeoutMs: 300 },
  }));
  const [first = [], others = []] = [crowd.slice(0, 5), crowd.slice(5, 12)];
  world.model.add(...first.map(() => ({ hang: true }) as const));
  for (const from of first) expect(await world.say(from, 'what is your return policy?')).toHaveLength(1);
  for (const from of others) expect(await world.say(from, 'what is your return policy?')).toHaveLength(1);
  expect(world.model.requests).toHaveLength(5);
  const metrics = await (await fetch(`${world.url}/metrics`)).text();
  expect(metrics).toContain('returns_agent_circuit_open{service="openai",why="outage"} 1');
  expect((await fetch(`${world.url}/readyz`)).status).toBe(200);
  await world.close();
});

test.each([
  ['after it submitted the return', true],
  ['before it did', false],
])('a language model that fails %s leaves one refund and one answer', async (_when, submits) => {
  const world = await openScriptedWorld();
  world.model.add(...quoteLine('1001', 'Blue Oxford Shirt'));
  await world.say(jane, 'return the blue shirt from 1001');
  if (submits) {
    world.model.add((request) =>
      call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    );
  }
  world.model.add({ status: 500 });
  const answers = await world.say(jane, 'yes');
  expect(answers).toHaveLength(2);
  expect(answers[1]).toMatch(/^Done: your refund of \$48\.00/);
  expect(world.refundsOf('#1001')).toHaveLength(1);
  world.model.assertDone();
  await world.close();
});

describe('a provider that takes a request and does not answer', () => {
  let world: World;
  let release: () => void;
  let until: Promise<void>;

  beforeEach(async () => {
    world = await openWorld();
    ({ promise: until, resolve: release } = Promise.withResolvers<void>());
    await world.say(jane, 'return the walnut desk from 1002');
  });
  afterEach(async () => {
    release();
    await world.close();
  });

  test('Slack: customers are answered meanwhile', async () => {
    world.sandbox.workspace.faults.add({
      operation: 'chat.postMessage',
      when: 'before',
      action: { kind: 'hold', until },
    });
    await world.sandbox.phones.receiveText({ from: jane, body: 'yes' });
    await waitFor('the answer', () => world.textsTo(jane).some((text) => text.includes('manager')));
    await world.sandbox.phones.receiveText({ from: crowd[0] ?? '', body: 'what is your return policy?' });
    await waitFor('the other answer', () => world.textsTo(crowd[0] ?? '').length === 1);
  });

  test('Twilio: approvals are decided and refunds are made meanwhile', async () => {
    world.sandbox.phones.faults.add({
      operation: 'messages.create',
      when: 'before',
      action: { kind: 'hold', until },
    });
    for (const from of crowd.slice(0, 12)) await world.sandbox.phones.receiveText({ from, body: 'policy?' });
    await world.sandbox.phones.receiveText({ from: jane, body: 'yes' });
    await world.click(await world.card('#1002'), maya, 'approve_refund');
    await waitFor('the refund', () => world.refundsOf('#1002').length === 1);
  });

  test('Shopify: who asks something else is answered meanwhile', async () => {
    world.sandbox.shop.faults.add({ when: 'before', action: { kind: 'hold', until } });
    for (const from of crowd.slice(0, 12)) {
      await world.sandbox.phones.receiveText({ from, body: 'where is order 1001?' });
    }
    await world.sandbox.phones.receiveText({ from: jane, body: 'what is your return policy?' });
    await waitFor('the answer', () => world.textsTo(jane).length === 2);
  });
});
