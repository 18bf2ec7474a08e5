import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { botUserId, supportChannel } from '../../src/sandbox/workspace-people.ts';
import { general, iris, jane, maya, noah, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const guest = 'UGUEST004';
const gone = 'UGONE0006';
const stranger = 'UOTHER007';

let world: World;
beforeEach(async () => {
  world = await openWorld();
});
afterEach(() => world.close());

/** What the person who typed it, or everybody, reads below the command. */
async function command(user: string, text: string, channel = general) {
  const { status, body } = await world.sandbox.workspace.command({
    user,
    channel,
    command: '/returns',
    text,
  });
  expect(status).toBe(200);
  await world.settled();
  return body === '' ? undefined : (JSON.parse(body) as { response_type: string; text: string });
}
async function returnShirt(): Promise<string> {
  await world.say(jane, 'I want to return the blue shirt from order 1001');
  return (await world.say(jane, 'yes')).join('\n');
}
async function returnDesk() {
  await world.say(jane, 'I want to return the walnut desk from order 1002');
  await world.say(jane, 'yes');
  return world.card('#1002');
}
const notes = () =>
  world.sandbox.workspace
    .messagesIn(supportChannel)
    .filter(({ user }) => user === botUserId)
    .map(({ text }) => text);
const done = () => world.textsTo(jane).filter((text) => text.startsWith('Done:'));
async function gauges() {
  const body = await (await fetch(`${world.url}/metrics`)).text();
  return [/refunds_paused (\d+)$/m, /refunds_held (\d+)$/m].map((line) => line.exec(body)?.[1]);
}

describe('/returns pause', () => {
  test('holds every refund over a restart while the shop still talks, and resume makes each once', async () => {
    expect(await command(maya, 'pause Wrong prices on the desk')).toEqual({
      response_type: 'in_channel',
      text: 'Maya paused all refunds: Wrong prices on the desk\nNo refund is held.',
    });
    const answer = await returnShirt();
    expect(answer).not.toContain('Done:');
    expect(answer).not.toContain('being made now');
    expect(answer).toContain('put all refunds on hold');
    const card = await returnDesk();
    expect(await world.click(card, noah, 'approve_refund')).toBe(200);
    await world.settled();
    expect(JSON.stringify(await world.card('#1002'))).toContain('Approved by Noah');

    await world.restart();
    await world.settled();
    expect([...world.refundsOf('#1001'), ...world.refundsOf('#1002')]).toEqual([]);
    expect(await gauges()).toEqual(['1', '2']);
    expect((await command(iris, 'pending'))?.text).toMatch(/Refunds are paused.*Maya.*\n2 refunds are held/);

    expect(await command(noah, 'resume')).toEqual({
      response_type: 'in_channel',
      text: 'Noah resumed refunds. 2 held refunds are being made.',
    });
    await waitFor('both texts', () => done().length === 2);
    await world.restart();
    await world.settled();
    expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
    expect(world.refundsOf('#1002')).toMatchObject([{ amount: 42_000 }]);
    expect(done()).toHaveLength(2);
    expect(await gauges()).toEqual(['0', '0']);
    expect(await world.db.execute(sql`select state from refunds where state <> 'refunded'`)).toEqual([]);
  });

  test('tells everybody in the support channel, and the audit log keeps who and why', async () => {
    await command(maya, 'pause Wrong prices');
    await command(noah, 'resume');
    expect(notes()).toEqual([
      expect.stringMatching(/^Maya paused all refunds: Wrong prices\. No refund is held/),
      expect.stringMatching(/^Noah resumed refunds, which Maya had paused: Wrong prices\./),
    ]);
    expect(
      await world.db.execute(
        sql`select actor, action, detail ->> 'reason' as reason from audit_log where action like 'refunds.%' order by seq`,
      ),
    ).toEqual([
      { actor: maya, action: 'refunds.paused', reason: 'Wrong prices' },
      { actor: noah, action: 'refunds.resumed', reason: 'Wrong prices' },
    ]);
  });

  test('is one pause for ten who type it at once, and one resume', async () => {
    const paused = await Promise.all(
      Array.from({ length: 10 }, (_, n) => command(n % 2 ? maya : noah, `pause Reason ${n}`)),
    );
    expect(paused.filter((answer) => answer?.response_type === 'in_channel')).toHaveLength(1);
    await returnShirt();
    const resumed = await Promise.all(
      Array.from({ length: 10 }, (_, n) => command(n % 2 ? maya : noah, 'resume')),
    );
    expect(resumed.filter((answer) => answer?.response_type === 'in_channel')).toHaveLength(1);
    await world.settled();
    expect(notes()).toHaveLength(2);
    expect(world.refundsOf('#1001')).toHaveLength(1);
    expect(done()).toHaveLength(1);
  });

  test('does nothing without a reason', async () => {
    expect((await command(maya, 'pause'))?.text).toContain('Please say why');
    await returnShirt();
    expect(world.refundsOf('#1001')).toHaveLength(1);
  });

  test.each([
    ['a colleague who is no approver', iris, 'Only approvers'],
    ['a guest', guest, 'I only talk to the staff'],
    ['somebody who left', gone, 'I only talk to the staff'],
  ])('is refused to %s, and so is resume', async (_, user, words) => {
    expect(await command(user, 'pause Fun')).toMatchObject({
      response_type: 'ephemeral',
      text: expect.stringContaining(words),
    });
    await command(maya, 'pause Wrong prices');
    expect((await command(user, 'resume'))?.text).toContain(words);
    await returnShirt();
    expect(world.refundsOf('#1001')).toEqual([]);
  });

  test('of another workspace changes and says nothing', async () => {
    const answer = await command(stranger, 'pause Fun');
    expect(answer?.text ?? '').not.toContain('paused');
    expect(notes()).toEqual([]);
    expect(await world.db.execute(sql`select 1 from refund_pauses`)).toEqual([]);
  });

  test('says that nothing was changed while Slack cannot say who is an approver', async () => {
    await command(maya, 'pending');
    await world.restart();
    const repair = world.sandbox.workspace.faults.add({
      operation: 'users.info',
      when: 'before',
      action: { kind: 'status', status: 503 },
    });
    expect(await command(maya, 'pause Fraud')).toEqual({
      response_type: 'ephemeral',
      text: expect.stringContaining('nothing was changed'),
    });
    repair();
    expect(await world.db.execute(sql`select 1 from refund_pauses`)).toEqual([]);
    expect((await command(maya, 'pause Fraud'))?.response_type).toBe('in_channel');
  });
});

describe('/returns', () => {
  test('pending shows what waits, with a link to its card, to the one who asked', async () => {
    const card = await returnDesk();
    const answer = await command(iris, 'pending');
    expect(answer?.response_type).toBe('ephemeral');
    expect(answer?.text).toContain('$420.00');
    expect(answer?.text).toContain(
      `<https://birch-and-loom.slack.com/archives/${card.channel}/p${card.ts.replace('.', '')}|Order #1002>`,
    );
  });

  test('help says what can be typed', async () => {
    expect((await command(iris, 'help'))?.text).toContain('/returns pause');
  });

  test('a question is answered in direct messages', async () => {
    expect(await command(iris, 'show me order 1001')).toEqual({
      response_type: 'ephemeral',
      text: 'I answer you in our direct messages.',
    });
    const direct = await waitFor('the answer', () =>
      world.sandbox.workspace
        .messagesIn(directChannelOf(iris))
        .find(({ text, blocks }) => JSON.stringify([text, blocks]).includes('Blue Oxford Shirt')),
    );
    expect(direct.user).toBe(botUserId);
  });
});

function directChannelOf(user: string): string {
  return `D${user.slice(1)}`;
}
