import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { handOff } from '../../src/conversation/hand-off.ts';
import { replyToCustomer } from '../../src/conversation/reply-to-customer.ts';
import { takeTurn } from '../../src/conversation/take-turn.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import type { OpenModal, SlackMessage } from '../../src/sandbox/workspace-state.ts';
import { lockConversation } from '../../src/storage/conversations.ts';
import { iris, jane, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

const support = 'CSUPPORT';
const guest = 'UGUEST004';
let world: World;
let caller = 0;

beforeAll(async () => {
  world = await openWorld();
});
afterEach(() => world.sandbox.workspace.faults.clear());
afterAll(() => world.close());

type Thread = { readonly id: ConversationId; readonly from: string; readonly root: SlackMessage };

const slack = () => world.sandbox.workspace;
const newNumber = () => `+1555888${String(++caller).padStart(4, '0')}`;

async function conversationOf(address: string): Promise<ConversationId> {
  const [row] = await world.db.execute<{ id: ConversationId }>(
    sql`select c.id from conversations c join senders s on s.id = c.sender_id where s.address = ${address}`,
  );
  if (!row) throw new Error('Nobody wrote from there.');
  return row.id;
}
const rootsOf = (from: string) =>
  slack()
    .messagesIn(support)
    .filter(
      (message) => !message.threadTs && JSON.stringify(message.blocks).includes(`...${from.slice(-4)}`),
    );
async function handedOff(from = newNumber(), ...texts: readonly string[]): Promise<Thread> {
  for (const text of texts) await world.say(from, text);
  await world.say(from, 'I want to talk to a human');
  const root = rootsOf(from).at(-1);
  if (!root) throw new Error('No thread was opened.');
  return { id: await conversationOf(from), from, root };
}
const inThread = ({ root }: Thread) => JSON.stringify(slack().thread(support, root.ts));
const press = ({ root }: Thread, actionId: string, user = iris) =>
  slack().click({ user, channel: support, ts: root.ts, actionId });
/** The modal opens after the click was acknowledged. */
function modalFor({ id }: Thread, user = iris): Promise<OpenModal> {
  return waitFor('the modal', () =>
    slack()
      .openModals()
      .findLast((modal) => modal.user === user && JSON.stringify(modal.view).includes(id)),
  );
}
async function openReply(thread: Thread, user = iris): Promise<OpenModal> {
  await press(thread, 'reply_to_customer', user);
  return modalFor(thread, user);
}
async function submit({ id, user }: OpenModal, text: string): Promise<OpenModal | undefined> {
  await slack().submitModal({ user, viewId: id, values: { reply: text } });
  await world.settled();
  const left = slack()
    .openModals()
    .find((modal) => modal.id === id);
  slack().closeModal(user, id);
  return left;
}
const reply = async (thread: Thread, text: string, user = iris) =>
  submit(await openReply(thread, user), text);
async function handBack(thread: Thread): Promise<void> {
  await press(thread, 'hand_back');
  await world.settled();
}
const owner = async ({ id }: Thread) =>
  (await world.db.execute(sql`select owner from conversations where id = ${id}`))[0]?.owner;
const row = async ({ id }: Thread) =>
  (
    await world.db.execute(
      sql`select taken_by, closed_at is not null as closed from support_threads where conversation_id = ${id}`,
    )
  ).at(-1);
const audited = async ({ id }: Thread) =>
  (
    await world.db.execute<{ action: string; actor: string; detail: object }>(
      sql`select action, actor, detail from audit_log
          where conversation_id = ${id} and action like 'conversation.%' order by seq`,
    )
  ).map((entry) => `${entry.action} ${entry.actor}`);

describe('a hand-off', () => {
  test('opens a thread with the reason, a summary, what the bot knows, the transcript and two buttons', async () => {
    await world.say(jane, 'return the blue shirt from 1001');
    const thread = await handedOff(jane);
    const root = JSON.stringify(thread.root.blocks);
    expect(root).toContain('The customer asked for a person.');
    expect(root).toContain('The customer wrote last: “I want to talk to a human”');
    expect(root).toContain('A quote of $48.00 for order #1001');
    expect(root).toContain('waits for the customer’s yes');
    expect(root).toContain('reply_to_customer');
    expect(root).toContain('hand_back');
    expect(inThread(thread)).toContain('*Customer:* return the blue shirt from 1001');
    expect(inThread(thread)).not.toContain(jane);
    expect(await row(thread)).toEqual({ taken_by: null, closed: false });
  });

  test('asks no model: the words are fixed, and the turn costs nothing', async () => {
    const thread = await handedOff();
    const [turn] = await world.db.execute(
      sql`select model, outcome, cost_micro_usd from turns where conversation_id = ${thread.id}`,
    );
    expect(turn).toEqual({ model: 'rules', outcome: 'handed-off', cost_micro_usd: 0 });
  });

  test.each([
    ['threatens legal action', 'My lawyer will hear about this', 'legal action', /team/],
    ['speaks of harm', 'I want to kill myself', 'harm', /emergency number/],
  ])('always follows when the customer %s', async (_why, text, reason, answer) => {
    const from = newNumber();
    const [said] = await world.say(from, text);
    expect(said).toMatch(answer);
    expect(JSON.stringify(rootsOf(from)[0]?.blocks)).toContain(reason);
  });

  test('always follows the second contradiction, and the count begins anew after the hand back', async () => {
    const from = newNumber();
    await world.say(from, 'hello');
    await world.say(from, "that's wrong");
    expect(rootsOf(from)).toEqual([]);
    await world.say(from, 'what is your policy?');
    const [said] = await world.say(from, 'no, I said something else');
    expect(said).toContain('misunderstanding');
    const [root] = rootsOf(from);
    if (!root) throw new Error('No thread was opened.');
    const thread = { id: await conversationOf(from), from, root };
    await handBack(thread);
    await world.say(from, "that's not right");
    expect(rootsOf(from)).toHaveLength(1);
    expect(await owner(thread)).toBe('agent');
  });

  test('always follows the fifth wrong proof', async () => {
    const from = newNumber();
    const answers: string[] = [];
    for (let i = 0; i < 5; i++) {
      answers.push(
        ...(await world.say(from, `order 1013, email wrong${i}@example.com, postal code V6B 1A1`)),
      );
      expect(rootsOf(from)).toHaveLength(i < 4 ? 0 : 1);
    }
    expect(answers.at(-1)).toContain('too many tries');
    expect(JSON.stringify(rootsOf(from)[0]?.blocks)).toContain('5 wrong proofs');
  });

  test('follows the fifth wrong proof even when the turn that counted it was lost', async () => {
    const from = newNumber();
    await world.say(from, 'hello');
    await world.db.execute(
      sql`update senders set proofs_locked_until = now() + interval '24 hours' where address = ${from}`,
    );
    await world.say(from, 'are you there?');
    expect(JSON.stringify(rootsOf(from)[0]?.blocks)).toContain('5 wrong proofs');
    await handBack({ id: await conversationOf(from), from, root: rootsOf(from)[0] as SlackMessage });
    expect(await world.say(from, 'what is your policy?')).toHaveLength(1);
    expect(rootsOf(from)).toHaveLength(1);
  });
});

describe('in a support thread', () => {
  test('what staff write stays there, and the first of them has taken it', async () => {
    const thread = await handedOff();
    await world.db.execute(
      sql`update conversations set last_activity_at = now() - interval '5 hours' where id = ${thread.id}`,
    );
    const before = world.textsTo(thread.from).length;
    await slack().say({ user: guest, channel: support, threadTs: thread.root.ts, text: 'I am a guest' });
    await world.settled();
    expect(await row(thread)).toEqual({ taken_by: null, closed: false });
    await slack().say({ user: iris, channel: support, threadTs: thread.root.ts, text: 'I have this one' });
    await world.settled();
    expect(await row(thread)).toEqual({ taken_by: iris, closed: false });
    const [{ fresh } = {}] = await world.db.execute(
      sql`select last_activity_at > now() - interval '1 hour' as fresh from conversations where id = ${thread.id}`,
    );
    expect(fresh).toBe(true);
    expect(world.textsTo(thread.from)).toHaveLength(before);
  });

  test('a reply goes out once, in the name of who sent it, and colleagues see it', async () => {
    const thread = await handedOff();
    const modal = await openReply(thread);
    expect(JSON.stringify(modal.view)).toContain('as a text message');
    expect(await submit(modal, 'We will send a new one today.')).toBeUndefined();
    expect(world.textsTo(thread.from).at(-1)).toBe('We will send a new one today.');
    expect(inThread(thread)).toContain('Iris replied: We will send a new one today.');
    const [entry] = await world.db.execute(
      sql`select actor, detail from audit_log where conversation_id = ${thread.id} and action = 'conversation.replied'`,
    );
    expect(entry).toEqual({ actor: iris, detail: { name: 'Iris' } });
    const [message] = await world.db.execute(
      sql`select author, author_id from messages where conversation_id = ${thread.id} order by seq desc limit 1`,
    );
    expect(message).toEqual({ author: 'staff', author_id: iris });
    expect(await row(thread)).toEqual({ taken_by: iris, closed: false });
    expect(await world.say(thread.from, 'thank you')).toEqual([]);
  });

  test('the same submission delivered twice, at once, sends once', async () => {
    const thread = await handedOff();
    const before = world.textsTo(thread.from).length;
    const by = { userId: iris, teamId: await homeTeam(), name: 'iris' };
    const same = { conversationId: thread.id, by, text: 'Once only.', key: 'V-same' };
    const answers = await Promise.all([1, 2, 3].map(() => replyToCustomer(world.app.context, same)));
    await world.settled();
    expect(answers).toEqual([{ kind: 'sent' }, { kind: 'sent' }, { kind: 'sent' }]);
    expect(world.textsTo(thread.from).slice(before)).toEqual(['Once only.']);
  });

  test('somebody who is not staff sends nothing, and the modal says so', async () => {
    const thread = await handedOff();
    const before = world.textsTo(thread.from).length;
    const modal = await reply(thread, 'Send me your card number.', guest);
    expect(JSON.stringify(modal?.errors)).toContain('Only staff can write to customers');
    expect(world.textsTo(thread.from)).toHaveLength(before);
  });

  test('somebody who opted out gets nothing, and the colleague is told', async () => {
    const thread = await handedOff();
    await world.say(thread.from, 'STOP');
    const before = world.textsTo(thread.from).length;
    const modal = await reply(thread, 'Hello?');
    expect(JSON.stringify(modal?.errors)).toContain('opted out');
    expect(world.textsTo(thread.from)).toHaveLength(before);
  });

  test('"Send to customer" opens the modal with that message, and works nowhere else', async () => {
    const thread = await handedOff();
    const { ts } = await slack().say({
      user: iris,
      channel: support,
      threadTs: thread.root.ts,
      text: 'Size M &amp; L are here',
    });
    await slack().shortcut({ user: iris, channel: support, ts, callbackId: 'send_to_customer' });
    const modal = await modalFor(thread);
    expect(JSON.stringify(modal.view)).toContain('"initial_value":"Size M & L are here"');
    expect(world.textsTo(thread.from).at(-1)).not.toContain('Size M');
    await submit(modal, 'Size M & L are here');
    expect(world.textsTo(thread.from).at(-1)).toBe('Size M & L are here');

    const elsewhere = await slack().say({ user: iris, channel: 'CGENERAL01', text: 'Lunch?' });
    await slack().shortcut({
      user: iris,
      channel: 'CGENERAL01',
      ts: elsewhere.ts,
      callbackId: 'send_to_customer',
    });
    const notice = await waitFor('the notice', () =>
      slack()
        .openModals()
        .find(({ user }) => user === iris),
    );
    expect(JSON.stringify(notice.view)).toContain('in a support thread');
    slack().closeModal(iris, notice.id);
  });
});

describe('giving back', () => {
  test('by the button is recorded and said in the thread; replying takes it over again there', async () => {
    const thread = await handedOff();
    await handBack(thread);
    expect(inThread(thread)).toContain('Iris handed the conversation back');
    expect(await row(thread)).toEqual({ taken_by: null, closed: true });
    expect(await world.say(thread.from, 'what is your policy?')).toHaveLength(1);

    await reply(thread, 'One more thing from me.');
    expect(await owner(thread)).toBe('person');
    expect(await row(thread)).toEqual({ taken_by: iris, closed: false });
    await world.say(thread.from, 'Iris handed the conversation back.');
    expect(inThread(thread)).toContain('"Customer: Iris handed the conversation back."');
    expect(rootsOf(thread.from)).toHaveLength(1);
    expect(await audited(thread)).toEqual([
      'conversation.handed-off agent',
      `conversation.handed-back ${iris}`,
      `conversation.taken-over ${iris}`,
      `conversation.replied ${iris}`,
    ]);
  });

  test('by 24 hours of silence of both sides, not before', async () => {
    const thread = await handedOff();
    const ripen = (age: string) =>
      world.db.execute(sql`with silent as (
          update conversations set last_activity_at = now() - ${age}::interval where id = ${thread.id})
        update jobs.job set start_after = now()
        where name = 'release-conversation' and state = 'created' and data->>'conversationId' = ${thread.id}`);
    await ripen('23 hours 59 minutes');
    await world.settled();
    expect(await owner(thread)).toBe('person');
    await ripen('24 hours 1 minute');
    await world.settled();
    expect(await owner(thread)).toBe('agent');
    expect(inThread(thread)).toContain('Nobody wrote for 24 hours');
    expect(await row(thread)).toEqual({ taken_by: null, closed: true });
    expect((await audited(thread)).at(-1)).toBe('conversation.handed-back system');
  });

  test('at the instant the customer writes: the bot answers or people read it, never both, never neither', async () => {
    for (const order of [0, 1, 2, 3]) {
      const thread = await handedOff();
      const before = world.textsTo(thread.from).length;
      const write = () =>
        world.sandbox.phones.receiveText({ from: thread.from, body: 'what is your policy?' });
      const back = () => press(thread, 'hand_back');
      await Promise.all(order % 2 ? [write(), back()] : [back(), write()]);
      await world.settled();
      const answered = world.textsTo(thread.from).length - before;
      const read = slack()
        .thread(support, thread.root.ts)
        .filter(({ text }) => text === 'Customer: what is your policy?').length;
      expect([answered, read].sort()).toEqual([0, 1]);
      expect(await owner(thread)).toBe('agent');
    }
  });

  test('at the instant a colleague replies: the reply goes out once, whoever has the conversation after it', async () => {
    const thread = await handedOff();
    const before = world.textsTo(thread.from).length;
    const modal = await openReply(thread);
    await Promise.all([press(thread, 'hand_back'), submit(modal, 'On its way.')]);
    await world.settled();
    expect(world.textsTo(thread.from).slice(before)).toEqual(['On its way.']);
    const entries = await audited(thread);
    const last = entries.at(-1)?.startsWith('conversation.handed-back') ? 'agent' : 'person';
    expect(await owner(thread)).toBe(last);
    expect(await row(thread)).toMatchObject({ closed: last === 'agent' });
  });
});

describe('when something is down', () => {
  test('a hand-off waits for Slack and is posted once, across a restart', async () => {
    slack().faults.add({
      operation: 'chat.postMessage',
      when: 'before',
      action: { kind: 'status', status: 503, body: '' },
    });
    const from = newNumber();
    expect(await world.sandbox.phones.receiveText({ from, body: 'human please' })).toMatchObject({
      status: 200,
    });
    await waitFor('the answer', () => world.textsTo(from).length === 1);
    await world.restart();
    slack().faults.clear();
    slack().faults.add({ operation: 'chat.postMessage', when: 'after', times: 1, action: { kind: 'drop' } });
    await waitFor('the thread', () => rootsOf(from).length > 0, 40_000);
    const thread = { id: await conversationOf(from), from, root: rootsOf(from)[0] as SlackMessage };
    await waitFor('its row', () => row(thread), 40_000);
    expect(rootsOf(from)).toHaveLength(1);
    expect(slack().thread(support, thread.root.ts)).toHaveLength(2);
    await reply(thread, 'Here I am.');
    expect(world.textsTo(from).at(-1)).toBe('Here I am.');
  });

  test('an archived channel loses nothing: the thread and what came after are posted when it is back', async () => {
    slack().admin.archive(support);
    const from = newNumber();
    await world.sandbox.phones.receiveText({ from, body: 'human please' });
    await waitFor('the refusal', () =>
      world.logLines.some((line) => line.includes('is_archived') && line.includes('support channel')),
    );
    await world.sandbox.phones.receiveText({ from, body: 'is anybody there?' });
    slack().admin.unarchive(support);
    await waitFor('the thread', () => rootsOf(from).length > 0, 40_000);
    const thread = { id: await conversationOf(from), from, root: rootsOf(from)[0] as SlackMessage };
    await waitFor('the note', () => inThread(thread).includes('is anybody there?'), 40_000);
    expect(rootsOf(from)).toHaveLength(1);
  });

  test('a reply that was committed before a restart goes out after it, once', async () => {
    const thread = await handedOff();
    const before = world.textsTo(thread.from).length;
    world.sandbox.phones.faults.add({
      operation: 'messages.create',
      when: 'before',
      times: 2,
      action: { kind: 'status', status: 503, body: '' },
    });
    const modal = await openReply(thread);
    await slack().submitModal({ user: iris, viewId: modal.id, values: { reply: 'Still here.' } });
    await world.restart();
    await waitFor('the reply', () => world.textsTo(thread.from).length > before, 40_000);
    await world.settled();
    expect(world.textsTo(thread.from).slice(before)).toEqual(['Still here.']);
  });

  test('a turn that still runs when a colleague takes over says nothing', async () => {
    const thread = await handedOff();
    await handBack(thread);
    await world.db.transaction(async (tx) => {
      await tx.execute(sql`insert into messages (id, store, conversation_id, author, text)
        select gen_random_uuid(), store, id, 'customer', 'what is your policy?' from conversations where id = ${thread.id}`);
    });
    const before = world.textsTo(thread.from).length;
    const by = { userId: iris, teamId: await homeTeam(), name: 'iris' };
    const reached = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const { context } = world.app;
    const [guided] = context.models;
    const slow = {
      ...guided,
      respond: async (request: Parameters<typeof guided.respond>[0]) => {
        reached.resolve();
        await release.promise;
        return guided.respond(request);
      },
    };
    const turn = takeTurn({ ...context, models: [slow] }, thread.id);
    await reached.promise;
    const sent = { conversationId: thread.id, by, text: 'I have got this.', key: 'V-takes-over' };
    expect(await replyToCustomer(context, sent)).toEqual({ kind: 'sent' });
    release.resolve();
    await turn;
    await world.settled();
    expect(world.textsTo(thread.from).slice(before)).toEqual(['I have got this.']);
    expect(await owner(thread)).toBe('person');
  });
});

describe('without a support channel', () => {
  test('nobody is promised, and the bot goes on', async () => {
    const bare = await openWorld((config) => ({
      ...config,
      slack: config.slack && { ...config.slack, supportChannel: undefined },
    }));
    try {
      const [said] = await bare.say(jane, 'human please');
      expect(said).toContain('cannot hand this to a person');
      expect(await bare.say(jane, 'what is your policy?')).toHaveLength(1);
    } finally {
      await bare.close();
    }
  });
});

describe('a thread nobody takes', () => {
  test('is pointed out in the channel four times at doubling intervals, and not once it is taken', async () => {
    const hasty = await openWorld((config) => ({
      ...config,
      slack: config.slack && { ...config.slack, supportReminderSeconds: 900 },
    }));
    try {
      await hasty.say(jane, 'human please');
      const { workspace } = hasty.sandbox;
      const age = async (seconds: number) => {
        await hasty.db.execute(
          sql`update support_threads set created_at = now() - make_interval(secs => ${seconds})`,
        );
        await hasty.db.execute(
          sql`update jobs.job set start_after = now() where name = 'point-out-thread' and state = 'created'`,
        );
        await hasty.settled();
        return workspace.messagesIn(support).filter(({ text }) => text.startsWith('Nobody has taken')).length;
      };
      await hasty.db.execute(sql`update conversations set owned_since = now() - interval '16 minutes'`);
      expect(await age(890)).toBe(0);
      expect(await age(910)).toBe(1);
      expect(await age(920)).toBe(1);
      expect(await age(3 * 900 + 1)).toBe(2);
      expect(await age(7 * 900 + 1)).toBe(3);
      const [root, said] = workspace
        .messagesIn(support)
        .filter(({ text, threadTs }) => !threadTs || text.startsWith('Nobody has taken'));
      expect(said?.threadTs).toBe(root?.ts);
      expect(said?.text).toContain('waiting for 16 minutes');
      expect(await age(15 * 900 + 1)).toBe(4);
      expect(await age(100 * 900)).toBe(4);

      await hasty.say('+15558889999', 'human please');
      const second = workspace.messagesIn(support).findLast((message) => !message.threadTs);
      await workspace.say({ user: iris, channel: support, threadTs: second?.ts ?? '', text: 'Mine' });
      expect(await age(15 * 900 + 1)).toBe(4);
    } finally {
      await hasty.close();
    }
  });
});

test('colleagues who ask for a person are not handed to their own team', async () => {
  const { ts } = await slack().say({ user: iris, channel: 'CGENERAL01', text: '<@UBOT00005> human please' });
  await world.settled();
  const [row] = await world.db.execute(
    sql`select owner from conversations where party = 'staff' order by created_at desc limit 1`,
  );
  expect(row).toEqual({ owner: 'agent' });
  expect(slack().thread('CGENERAL01', ts).length).toBeGreaterThan(0);
});

test('a conversation that is with people already is not handed off twice', async () => {
  const thread = await handedOff();
  await world.db.transaction(async (tx) => {
    await handOff(tx, world.app.context, await lockConversation(tx, thread.id), 'again');
  });
  await world.settled();
  expect(rootsOf(thread.from)).toHaveLength(1);
});

async function homeTeam(): Promise<string> {
  const { staff } = world.app.context;
  if (!staff) throw new Error('Slack is not configured.');
  return staff.directory.homeTeamId();
}
