import { sql } from 'drizzle-orm';
import { test as base, describe, expect } from 'vitest';
import { botUserId } from '../../src/sandbox/workspace-people.ts';
import { general, iris, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

// Each waits for pauses most of its time, so they run side by side, each in a world of its own.
const test = base.extend<{ world: World }>({
  // biome-ignore lint/correctness/noEmptyPattern: vitest reads the names of the fixtures from it
  world: async ({}, use) => {
    const world = await openWorld();
    await use(world);
    await world.close();
  },
});

const at = `<@${botUserId}>`;
const guest = 'UGUEST004';
const stranger = 'UOTHER007';

const textOf = (message: unknown) => JSON.stringify(message);
/** What the bot posted anywhere, cards and notes aside. */
function answersIn(world: World, channel: string, threadTs?: string) {
  const { workspace } = world.sandbox;
  const all = threadTs === undefined ? workspace.messagesIn(channel) : workspace.thread(channel, threadTs);
  return all.filter((message) => message.user === botUserId);
}
async function say(world: World, user: string, text: string, channel = general, threadTs?: string) {
  const said = await world.sandbox.workspace.say({ user, channel, text, threadTs });
  await world.settled();
  return said;
}
async function storedMessages(world: World): Promise<number> {
  return (await world.db.execute(sql`select 1 from messages where author = 'customer'`)).length;
}

describe('a mention', { concurrent: true }, () => {
  test('is answered once, in its thread, however many events and redeliveries carry it', async ({
    world,
  }) => {
    const { said, threadTs, answers } = await world.mention(iris, 'show order 1001');
    expect(said.events.map(({ status }) => status)).toEqual([200, 200]);
    const { workspace } = world.sandbox;
    const again = await Promise.all(
      said.events.flatMap(({ envelope }) => [1, 2, 3].map((retry) => workspace.redeliver(envelope, retry))),
    );
    expect(again.map(({ status }) => status)).toEqual(Array(6).fill(200));
    await world.settled();
    expect(answers).toHaveLength(1);
    expect(answersIn(world, general)).toHaveLength(1);
    expect(answersIn(world, general, threadTs)).toHaveLength(1);
    expect(await storedMessages(world)).toBe(1);
  });

  test('of an order is answered with the order as a card', async ({ world }) => {
    const { answers } = await world.mention(iris, 'show order 1001');
    const card = textOf(answers[0]?.blocks);
    expect(card).toContain('"text":"Order #1001"');
    expect(card).toContain('1 × *Blue Oxford Shirt* (M) · $48.00');
    expect(card).not.toContain('jane@');
  });

  test('shows that the bot is at it until the answer is there', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'show order 1001');
    const { workspace } = world.sandbox;
    await waitFor('the status', () => workspace.statuses().some((each) => each.status.includes('looking')));
    expect(workspace.statuses()[0]).toMatchObject({ channel: general, threadTs });
  });

  test('is answered though the status cannot be shown', async ({ world }) => {
    world.sandbox.workspace.faults.add({
      operation: 'assistant.threads.setStatus',
      when: 'before',
      action: { kind: 'status', status: 500, body: '' },
    });
    expect((await world.mention(iris, 'show order 1001')).answers).toHaveLength(1);
  });

  test('by two colleagues at once in one thread leaves neither unanswered', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'show order 1001');
    await Promise.all([
      world.sandbox.workspace.say({ user: iris, channel: general, threadTs, text: `${at} show order 1002` }),
      world.sandbox.workspace.say({ user: noah, channel: general, threadTs, text: `${at} show order 1003` }),
    ]);
    await world.settled();
    const waiting = await world.db.execute(
      sql`select author_id from messages where author = 'customer' and answered_in_turn is null`,
    );
    expect(waiting).toEqual([]);
    expect(await storedMessages(world)).toBe(3);
  });

  test('of words that carriers obey is a question like any other', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'stop');
    const { answers } = await world.mention(iris, 'show order 1001', threadTs);
    expect(answers).toHaveLength(1);
    expect(answers[0]?.text).not.toMatch(/STOP/);
  });
});

describe('a thread', { concurrent: true }, () => {
  test('goes on without a mention once the bot talks in it', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'return the blue shirt from order 1001');
    await say(world, iris, 'yes', general, threadTs);
    expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
    const told = answersIn(world, general, threadTs).map(({ text }) => text);
    expect(told.filter((text) => text.startsWith('Done:'))).toEqual([
      'Done: the refund of *$48.00* for order *#1001* is made, to the original payment method.',
    ]);
  });

  test('the bot has no part in is left alone', async ({ world }) => {
    const root = await say(world, iris, 'who has the keys?');
    await say(world, noah, 'return the blue shirt from order 1001', general, root.ts);
    expect(answersIn(world, general)).toEqual([]);
    expect(await storedMessages(world)).toBe(0);
  });

  test('the bot has no part in asks nobody who wrote there', async ({ world }) => {
    world.sandbox.workspace.faults.add({ operation: 'users.info', when: 'before', action: { kind: 'drop' } });
    const root = await say(world, iris, 'who has the keys?');
    const reply = await say(world, noah, 'not me', general, root.ts);
    expect(reply.events.map(({ status }) => status)).toEqual([200]);
  });

  test('is left alone where colleagues speak to each other', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'show order 1001');
    await say(world, iris, `<@${noah}> what do you think?`, general, threadTs);
    await say(world, noah, '<!here> anybody?', general, threadTs);
    expect(answersIn(world, general)).toHaveLength(1);
    await say(world, noah, `${at} return the blue shirt`, general, threadTs);
    expect(answersIn(world, general)).toHaveLength(2);
  });

  test('of a customer handed to people stays internal', async ({ world }) => {
    await world.say('+15551230001', 'I want to talk to a person');
    const root = await waitFor(
      'the thread',
      () => world.sandbox.workspace.messagesIn('CSUPPORT').find((message) => message.blocks.length > 0)?.ts,
    );
    await world.settled();
    const before = world.sandbox.workspace.thread('CSUPPORT', root).length;
    await say(world, iris, 'show order 1001', 'CSUPPORT', root);
    expect(world.sandbox.workspace.thread('CSUPPORT', root)).toHaveLength(before + 1);
    await say(world, iris, `${at} show order 1001`, 'CSUPPORT', root);
    expect(world.sandbox.workspace.thread('CSUPPORT', root)).toHaveLength(before + 3);
    await say(world, iris, 'is that hers?', 'CSUPPORT', root);
    expect(world.sandbox.workspace.thread('CSUPPORT', root)).toHaveLength(before + 4);
  });
});

describe('a direct message', { concurrent: true }, () => {
  test('is answered in its thread, and the thread goes on', async ({ world }) => {
    const direct = `D${iris.slice(1)}`;
    const said = await say(world, iris, 'return the blue shirt from order 1001', botUserId);
    const [quote, ...more] = answersIn(world, direct, said.ts);
    expect(quote?.text).toContain('$48.00');
    expect(more).toEqual([]);
    await say(world, iris, 'yes', botUserId, said.ts);
    expect(world.refundsOf('#1001')).toHaveLength(1);
    expect(answersIn(world, direct, said.ts)).toHaveLength(3);
  });
});

describe('a question after /returns', { concurrent: true }, () => {
  const ask = (world: World, user: string) =>
    world.sandbox.workspace.command({ user, channel: general, command: '/returns', text: 'show order 1001' });

  test('is answered in direct messages, where it goes on', async ({ world }) => {
    expect((await ask(world, iris)).status).toBe(200);
    const direct = `D${iris.slice(1)}`;
    const [root, answer, ...more] = await waitFor('the answer', () => {
      const seen = answersIn(world, direct);
      return seen.length > 1 && seen;
    });
    expect(root?.text).toContain('show order 1001');
    expect(answer).toMatchObject({ threadTs: root?.ts, text: expect.stringContaining('#1001') });
    expect(more).toEqual([]);
    await say(world, iris, 'return the blue shirt', botUserId, root?.ts);
    expect(answersIn(world, direct, root?.ts)).toHaveLength(3);
    expect(answersIn(world, general)).toEqual([]);
  });

  test('is not answered to somebody who is not staff', async ({ world }) => {
    await ask(world, guest);
    await world.settled();
    expect(answersIn(world, `D${guest.slice(1)}`)).toEqual([]);
    expect(await storedMessages(world)).toBe(0);
  });
});

describe('nothing is started by', { concurrent: true }, () => {
  test('an edit, also one that adds a mention, and a deletion', async ({ world }) => {
    const { workspace } = world.sandbox;
    const { said } = await world.mention(iris, 'show order 1001');
    await workspace.edit({ user: iris, channel: general, ts: said.ts, text: `${at} show order 1002` });
    const plain = await say(world, iris, 'return the blue shirt from order 1001');
    await workspace.edit({ user: iris, channel: general, ts: plain.ts, text: `${at} show order 1003` });
    const sent = await workspace.remove({ user: iris, channel: general, ts: said.ts });
    expect(sent.events.map(({ status }) => status)).toEqual([200]);
    await world.settled();
    expect(answersIn(world, general)).toHaveLength(1);
    expect(await storedMessages(world)).toBe(1);
  });

  test('a bot, somebody who left, and somebody of another company', async ({ world }) => {
    for (const user of ['UDEPLOY08', 'UGONE0006', stranger]) {
      const { events } = await say(world, user, `${at} show order 1001`);
      expect(events.map(({ status }) => status)).toEqual([200, 200]);
    }
    expect(answersIn(world, general)).toEqual([]);
    expect(await storedMessages(world)).toBe(0);
    expect(textOf(world.sandbox.workspace.ephemerals())).not.toContain(stranger);
  });

  test('a guest, who is told once that the bot talks to staff only', async ({ world }) => {
    const { events } = await say(world, guest, `${at} show order 1001`);
    for (const { envelope } of events) await world.sandbox.workspace.redeliver(envelope, 1);
    await world.settled();
    expect(answersIn(world, general)).toEqual([]);
    expect(world.sandbox.workspace.ephemerals()).toMatchObject([
      { ephemeralFor: guest, text: expect.stringContaining('staff') },
    ]);
    const { threadTs } = await world.mention(iris, 'show order 1001');
    await say(world, guest, 'and order 1002?', general, threadTs);
    expect(answersIn(world, general)).toHaveLength(1);
    expect(world.sandbox.workspace.ephemerals()).toHaveLength(1);
  });

  test('an event of another workspace', async ({ world }) => {
    const { said } = await world.mention(iris, 'show order 1001');
    const [{ envelope } = { envelope: {} }] = said.events;
    const { event } = envelope as { event: object };
    const foreign = { ...event, ts: '1795000000.000001', user_team: 'T0ELSE', team: 'T0ELSE' };
    await world.sandbox.workspace.redeliver({ ...envelope, event: foreign }, 1);
    await world.sandbox.workspace.redeliver(
      {
        ...envelope,
        context_team_id: 'T0ELSE',
        team_id: 'T0ELSE',
        event: { ...event, ts: '1795000000.000002' },
      },
      1,
    );
    await world.settled();
    expect(await storedMessages(world)).toBe(1);
  });
});

base('is answered only to those SLACK_STAFF names, when it names anybody', async () => {
  const world = await openWorld((config) => ({
    ...config,
    ...(config.slack && { slack: { ...config.slack, staff: [noah, 'SMANAGERS1'] } }),
  }));
  expect((await world.mention(iris, 'show order 1001')).answers).toEqual([]);
  expect((await world.mention(noah, 'show order 1001')).answers).toHaveLength(1);
  expect((await world.mention(maya, 'show order 1001')).answers).toHaveLength(1);
  await world.close();
});

describe('a return on a customer’s behalf', { concurrent: true }, () => {
  test('waits for somebody who did not take part in asking, and the outcome is told in the thread', async ({
    world,
  }) => {
    const { threadTs } = await world.mention(maya, 'return the walnut desk from order 1002');
    await say(world, iris, 'yes', general, threadTs);
    const card = await world.card('#1002');
    expect(textOf(card.blocks)).toContain('J. D. · ...0001');
    expect(world.refundsOf('#1002')).toEqual([]);

    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    await waitFor('an answer to the click', () =>
      world.sandbox.workspace.ephemerals().some(({ ephemeralFor }) => ephemeralFor === maya),
    );

    await world.click(card, noah, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
    const done = answersIn(world, general, threadTs).filter(({ text }) => text.startsWith('Done:'));
    expect(done).toHaveLength(1);
    expect(done[0]?.text).toContain('$420.00');
  });

  test('goes on over a restart between every two steps', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'return the walnut desk from order 1002');
    await world.restart();
    await say(world, iris, 'yes', general, threadTs);
    const card = await world.card('#1002');
    await world.restart();
    await world.click(card, iris, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toEqual([]);
    await world.restart();
    await world.click(card, maya, 'approve_refund');
    await world.settled();
    expect(world.refundsOf('#1002')).toHaveLength(1);
    const told = answersIn(world, general, threadTs).map(({ text }) => text);
    expect(told.filter((text) => text.startsWith('Done:'))).toHaveLength(1);
    expect(told).toHaveLength(3);
  });

  test('that is denied is told in the thread, with who and why', async ({ world }) => {
    const { threadTs } = await world.mention(iris, 'return the walnut desk from order 1002');
    await say(world, iris, 'yes', general, threadTs);
    const { workspace } = world.sandbox;
    await world.click(await world.card('#1002'), noah, 'deny_refund');
    const modal = await waitFor('the modal', () => workspace.openModals()[0]);
    await workspace.submitModal({ user: noah, viewId: modal.id, values: { reason: 'It was assembled' } });
    await world.settled();
    expect(answersIn(world, general, threadTs).at(-1)?.text).toBe(
      'Noah did not approve the refund of *$420.00* for order *#1002*. Reason: It was assembled',
    );
  });

  test('is not made without a yes in its own thread', async ({ world }) => {
    await world.mention(iris, 'return the blue shirt from order 1001');
    await world.mention(iris, 'yes');
    expect(world.refundsOf('#1001')).toEqual([]);
  });
});

describe('while Slack is away', { concurrent: true }, () => {
  const down = { kind: 'status', status: 503, body: 'no healthy upstream' } as const;

  test('a mention whose author it cannot name is asked for again, and answered once', async ({ world }) => {
    const { workspace } = world.sandbox;
    const repair = workspace.faults.add({ operation: 'users.info', when: 'before', action: down });
    const { events } = await say(world, iris, `${at} show order 1001`);
    expect(events.map(({ status }) => status)).toEqual([503, 503]);
    expect(await storedMessages(world)).toBe(0);
    repair();
    for (const { envelope } of events) await workspace.redeliver(envelope, 1);
    await world.settled();
    expect(answersIn(world, general)).toHaveLength(1);
  });

  test('an answer waits, also over a restart, and is posted once', async ({ world }) => {
    const { workspace } = world.sandbox;
    const repair = workspace.faults.add({ operation: 'chat.postMessage', when: 'before', action: down });
    await workspace.say({ user: iris, channel: general, text: `${at} show order 1001` });
    await waitFor('a first attempt', async () => {
      const [row] = await world.db.execute(sql`select attempts from outbox`);
      return Number(row?.attempts) > 0;
    });
    await world.restart();
    repair();
    await waitFor('the answer', () => answersIn(world, general).length > 0);
    await world.settled();
    expect(answersIn(world, general)).toHaveLength(1);
  });

  test('an answer posted too fast for Slack is posted later, once', async ({ world }) => {
    const { workspace } = world.sandbox;
    workspace.faults.add({
      operation: 'chat.postMessage',
      when: 'before',
      times: 2,
      action: { kind: 'throttle' },
    });
    await workspace.say({ user: iris, channel: general, text: `${at} show order 1001` });
    await waitFor('the answer', () => answersIn(world, general).length > 0);
    await world.settled();
    expect(answersIn(world, general)).toHaveLength(1);
  });

  test('an answer that was posted although Slack did not say so is not posted again', async ({ world }) => {
    const { workspace } = world.sandbox;
    workspace.faults.add({
      operation: 'chat.postMessage',
      when: 'after',
      times: 1,
      action: { kind: 'drop' },
    });
    await workspace.say({ user: iris, channel: general, text: `${at} show order 1001` });
    await waitFor('the answer to be settled', async () => {
      const [row] = await world.db.execute(sql`select state from outbox`);
      return row?.state === 'sent';
    });
    expect(answersIn(world, general)).toHaveLength(1);
  });

  test('an answer into a channel archived meanwhile is given up, and staff are told', async ({ world }) => {
    const { workspace } = world.sandbox;
    const repair = workspace.faults.add({ operation: 'chat.postMessage', when: 'before', action: down });
    await workspace.say({ user: iris, channel: general, text: `${at} show order 1001` });
    await waitFor('a first attempt', async () => {
      const [row] = await world.db.execute(sql`select attempts from outbox`);
      return Number(row?.attempts) > 0;
    });
    workspace.admin.archive(general);
    repair();
    const note = await waitFor(
      'a note',
      () => textOf(workspace.messagesIn('CSUPPORT')).match(/An answer[^"]*/)?.[0],
    );
    expect(note).toContain('archived');
  });
});
