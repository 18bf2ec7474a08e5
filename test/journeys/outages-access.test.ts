import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { jane, maya, openWorld, type World } from '../support/open-world.ts';
import { openScriptedWorld } from '../support/scripted-world.ts';
import { waitFor } from '../support/wait-for.ts';

const policyQuestion = 'what is your return policy?';
const others = ['+15558880001', '+15558880002', '+15558880003'];
const json = { 'content-type': 'application/json' };

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const notes = (words: string) =>
  world.sandbox.workspace.messagesIn('CSUPPORT').filter((note) => note.text.includes(words));

/** What was put off until somebody may have replaced the token is due now; a new process has no memory of it. */
async function aMinuteLater(): Promise<void> {
  await world.restart();
  await world.db.execute(sql`update jobs.job set start_after = now() where state = 'created'`);
}

async function metric(name: string): Promise<string | undefined> {
  const text = await (await fetch(`${world.url}/metrics`)).text();
  return text.split('\n').find((line) => line.startsWith(`returns_agent_${name}`));
}

describe('a token that is refused', () => {
  test('by Twilio is told to staff once; the texts wait, and arrive once when it was replaced', async () => {
    let asked = 0;
    const count = () => {
      asked += 1;
    };
    const repair = world.sandbox.phones.faults.add({
      operation: 'messages.create',
      when: 'before',
      action: { kind: 'status', status: 401, body: '{"code":20003,"status":401}', headers: json },
    });
    world.sandbox.phones.faults.add({
      operation: 'messages.create',
      when: 'after',
      action: { kind: 'call', run: count },
    });
    for (const from of [jane, ...others]) await world.say(from, policyQuestion);
    await waitFor('staff to be told', () => notes('Twilio refuses this program (20003)').length > 0);
    expect(await metric('circuit_open{service="twilio",why="access"}')).toMatch(/ 1$/);
    expect((await fetch(`${world.url}/readyz`)).status).toBe(200);

    repair();
    await aMinuteLater();
    await waitFor('all texts', () => [jane, ...others].every((to) => world.textsTo(to).length === 1));
    await world.settled();
    expect([jane, ...others].map((to) => world.textsTo(to).length)).toEqual([1, 1, 1, 1]);
    expect(asked).toBe(4);
    expect(notes('Twilio refuses')).toHaveLength(1);
    expect(notes('given up')).toEqual([]);
  });

  test('by Shopify is told to staff once; an approved refund waits, and is made once when it was replaced', async () => {
    await world.say(jane, 'return the walnut desk from 1002');
    await world.say(jane, 'yes');
    const card = await world.card('#1002');
    await world.settled();
    const repair = world.sandbox.shop.faults.add({
      operation: 'refundCreate',
      when: 'before',
      action: { kind: 'status', status: 401, body: '{"errors":"[API] Invalid API key"}', headers: json },
    });
    await world.click(card, maya, 'approve_refund');
    await waitFor('staff to be told', () => notes('Shopify refuses this program (unauthorized)').length > 0);
    await world.settled();
    const [refund] = await world.db.execute(sql`select state from refunds`);
    expect(refund?.state).not.toBe('rejected');
    expect(world.refundsOf('#1002')).toEqual([]);

    repair();
    await aMinuteLater();
    await waitFor('the outcome', () => world.textsTo(jane).some((text) => text.startsWith('Done:')));
    await world.settled();
    expect(world.refundsOf('#1002')).toHaveLength(1);
    expect(notes('Shopify refuses')).toHaveLength(1);
    expect(notes('given up')).toEqual([]);
  });

  test('by Shopify leaves customers with a plain sentence, and the shop is not asked over and over', async () => {
    let asked = 0;
    const count = () => {
      asked += 1;
    };
    world.sandbox.shop.faults.add({ when: 'before', action: { kind: 'call', run: count } });
    world.sandbox.shop.faults.add({
      when: 'before',
      action: { kind: 'status', status: 403, body: '{}', headers: json },
    });
    for (const from of [jane, ...others]) {
      const [answer] = await world.say(from, 'return the blue shirt from 1001');
      expect(answer).toMatch(/can't reach the shop's order system/);
    }
    expect(asked).toBe(1);
  });

  test('by Slack shows in the metrics and the log; the card is posted once when it was replaced', async () => {
    await world.say(jane, 'return the walnut desk from 1002');
    const repair = world.sandbox.workspace.faults.add({
      when: 'before',
      action: { kind: 'status', status: 200, body: '{"ok":false,"error":"token_revoked"}', headers: json },
    });
    await world.say(jane, 'yes');
    await waitFor('the metric', () => metric('circuit_open{service="slack",why="access"} 1'));
    expect(world.logLines.some((line) => line.includes('A provider refuses our credentials'))).toBe(true);
    repair();
    await aMinuteLater();
    await world.card('#1002');
    await world.settled();
    expect(world.sandbox.workspace.cards()).toHaveLength(1);
    await waitFor('staff to be told', () => notes('Slack refuses this program').length === 1);
  });
});

test('a key the model refuses costs nobody an answer: the guided model goes on, and staff are told once', async () => {
  await world.close();
  const scripted = await openScriptedWorld();
  world = scripted;
  scripted.model.add({ status: 401, error: { code: 'invalid_api_key' } });
  for (const from of [jane, ...others]) expect(await world.say(from, policyQuestion)).toHaveLength(1);
  expect(scripted.model.requests).toHaveLength(1);
  await waitFor('staff to be told', () => notes('The language model refuses').length === 1);
  scripted.model.assertDone();
});
