import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

const stranger = '+15559990001';

test('a stranger gets the same words for an unknown order and for somebody else’s', async () => {
  const [foreign] = await world.say(stranger, 'I want to return the blue shirt from order 1001');
  const [unknown] = await world.say('+15559990002', 'I want to return the blue shirt from order 987654');
  expect(foreign).toBe(unknown);
  expect(foreign).not.toMatch(/shirt|\$|48/i);
});

test('a stranger who knows number, e-mail and postal code of an order can return it', async () => {
  await world.say(stranger, 'I want to return something from order 1013');
  const order = world.sandbox.shop.orders().find(({ name }) => name === '#1013');
  const { email } = order ?? {};
  const [shown] = await world.say(stranger, `my email is ${email} and my postal code is V6B 1A1`);
  expect(shown).not.toMatch(/couldn't find/);
  const [attempts] = await world.db.execute(sql`select count(*)::int as proven from proofs`);
  expect(attempts).toEqual({ proven: 1 });
});

test('five wrong proofs lock the sender out, and staff are told', async () => {
  for (let i = 0; i < 5; i++) {
    await world.say(stranger, `order 1013, email wrong${i}@example.com, postal code V6B 1A1`);
  }
  await world.say(stranger, 'order 1013, email still-wrong@example.com, postal code V6B 1A1');
  const order = world.sandbox.shop.orders().find(({ name }) => name === '#1013');
  await world.say(stranger, `order 1013, email ${order?.email}, postal code V6B 1A1`);
  const [proven] = await world.db.execute(sql`select count(*)::int as proven from proofs`);
  expect(proven).toEqual({ proven: 0 });
  const locked = await world.db.execute(sql`select actor from audit_log where action = 'identity.locked'`);
  expect([...locked]).toEqual([{ actor: 'system' }]);
  expect(JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'))).toContain('wrong proofs');
});

test('a customer who says no gets nothing refunded', async () => {
  await world.say(jane, 'return the blue shirt from 1001');
  const [answer] = await world.say(jane, 'no, I changed my mind');
  expect(answer).toBeDefined();
  expect(world.refundsOf('#1001')).toEqual([]);
});

test('a yes with a condition, a maybe and a question move nothing', async () => {
  await world.say(jane, 'return the blue shirt from 1001');
  for (const body of ['yes but only if you pay the shipping', 'maybe', 'how long will it take?']) {
    await world.say(jane, body);
    expect(world.refundsOf('#1001')).toEqual([]);
  }
});

test('a customer who asks for a person gets a thread, and the bot keeps silent until it is handed back', async () => {
  const [answer] = await world.say(jane, 'I want to talk to a human');
  expect(answer).toMatch(/team|person|someone/i);
  const [thread] = world.sandbox.workspace.messagesIn('CSUPPORT');
  expect(JSON.stringify(thread)).not.toContain(jane);

  expect(await world.say(jane, 'the desk came broken')).toEqual([]);
  expect(JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'))).toContain('the desk came broken');

  const withButton = world.sandbox.workspace
    .messagesIn('CSUPPORT')
    .find((message) => JSON.stringify(message.blocks).includes('hand_back'));
  await world.sandbox.workspace.click({
    user: 'UIRIS0003',
    channel: 'CSUPPORT',
    ts: withButton?.ts ?? '',
    actionId: 'hand_back',
  });
  expect(await world.say(jane, 'what is your return policy?')).toHaveLength(1);
});

test('who texts STOP hears nothing more, not even how an approval ended; START brings them back', async () => {
  await world.say(jane, 'return the walnut desk from 1002');
  await world.say(jane, 'yes');
  const card = await world.card('#1002');
  const before = world.textsTo(jane).length;
  await world.say(jane, 'STOP');
  await world.click(card, 'UMAYA0001', 'approve_refund');
  await world.settled();
  expect(world.refundsOf('#1002')).toHaveLength(1);
  expect(world.textsTo(jane)).toHaveLength(before);
  expect(JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'))).toContain('opted out');

  expect(await world.say(jane, 'START')).toHaveLength(1);
  expect(await world.say(jane, 'what is your return policy?')).toHaveLength(1);
});

test('what was decided is sealed into the chain of the audit log by the running worker', async () => {
  await world.say(jane, 'STOP');
  await waitFor('a sealed row of the STOP', async () => {
    const rows = await world.db.execute(
      sql`select 1 from audit_log where action = 'consent.withdrawn' and hash is not null`,
    );
    return rows.length === 1;
  });
});

test('a keyword that Twilio has answered already is obeyed and not answered again', async () => {
  await world.sandbox.phones.receiveText({ from: jane, body: 'HELP', extra: { OptOutType: 'HELP' } });
  await world.settled();
  expect(world.textsTo(jane)).toEqual([]);
  expect(await world.say(jane, 'HELP')).toHaveLength(1);
});

test.each([
  ['the window has closed', 'return the vase from 1003', /30 days|window|days/i],
  ['it was on final sale', 'return the rattan chair from 1004', /final sale/i],
  ['the order was cancelled', 'return everything from 1009', /cancel/i],
])('a return is denied with its reason when %s', async (_why, ask, reason) => {
  const [answer] = await world.say(jane, ask);
  expect(answer).toMatch(reason);
  await world.say(jane, 'yes');
  expect(world.sandbox.shop.refunds().filter((refund) => refund.idempotencyKey)).toEqual([]);
});

test.each(['1001', '#1001', 'order no. 1001', '＃１００１'])(
  'the order number is understood as "%s"',
  async (number) => {
    const [answer] = await world.say(jane, `return the blue shirt from ${number}`);
    expect(answer).toContain('$48.00');
  },
);
