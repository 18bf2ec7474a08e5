import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeTurn } from '../../src/conversation/take-turn.ts';
import type { ConversationId } from '../../src/returns/ids.ts';
import { jane } from '../support/open-world.ts';
import { factsIn } from '../support/read-scripted-request.ts';
import type { ScriptedRequest, ScriptedStep } from '../support/scripted-openai.ts';
import {
  call,
  openScriptedWorld,
  quoteLine,
  type ScriptedWorld,
  sayResult,
} from '../support/scripted-world.ts';
import { waitFor } from '../support/wait-for.ts';

const marcus = '+15551230002';

let world: ScriptedWorld;
beforeEach(async () => {
  world = await openScriptedWorld('responses', (config) => ({
    ...config,
    openai: config.openai && { ...config.openai, timeoutMs: 20_000 },
    shutdownGraceMs: 400,
  }));
});
afterEach(() => world.close());

/** A model that has begun to think and says its line when it is let. */
function thinking(text: string) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const step: ScriptedStep = async () => {
    await promise;
    return { text };
  };
  return { step, speak: () => resolve() };
}
const asked = (count: number) =>
  waitFor('the model to be asked', () => world.model.requests.length === count);
const receive = (body: string, from = jane) => world.sandbox.phones.receiveText({ from, body });
function textsOfCustomer(request: ScriptedRequest | undefined): readonly string[] {
  const input: readonly { readonly role?: string; readonly content: string }[] = request?.body.input ?? [];
  return input.filter((item) => item.role === 'user').map((item) => item.content);
}

async function conversationOf(address: string): Promise<ConversationId> {
  const [row] = await world.db.execute<{ id: ConversationId }>(
    sql`select conversations.id from conversations join senders on senders.id = sender_id where address = ${address}`,
  );
  if (!row) throw new Error('Nobody wrote from there.');
  return row.id;
}

test('messages that arrive while the model works are answered together, once', async () => {
  const first = thinking('About the shirt?');
  world.model.add(first.step, { text: 'Both, gladly.' });
  await receive('I want to return a shirt');
  await asked(1);
  await receive('and the socks');
  await receive('both from 1001');
  first.speak();
  await waitFor('the answer', () => world.textsTo(jane).length > 0);
  await world.settled();
  expect(world.textsTo(jane)).toEqual(['Both, gladly.']);
  expect(textsOfCustomer(world.model.requests[1])).toEqual([
    'I want to return a shirt',
    'and the socks',
    'both from 1001',
  ]);
  world.model.assertDone();
});

test('a wrong proof is answered before what arrives meanwhile: begun again, it would count twice', async () => {
  const proof = { order_number: '1001', email: 'no@example.com', postal_code: '11111' };
  const told = thinking('That did not match.');
  world.model.add(call('prove_identity', proof), told.step, { text: 'And now?' });
  await receive('order 1001, no@example.com, 11111', '+15559996001');
  await asked(2);
  await receive('wait, I look it up', '+15559996001');
  told.speak();
  await waitFor('both answers', () => world.textsTo('+15559996001').length === 2);
  await world.settled();
  expect(world.textsTo('+15559996001')).toEqual(['That did not match.', 'And now?']);
  expect(await world.db.execute(sql`select 1 from proof_attempts`)).toHaveLength(1);
  world.model.assertDone();
});

test('somebody who never stops writing is answered all the same, and then for the rest', async () => {
  const rounds = ['one', 'two', 'three'].map((text) => thinking(text));
  world.model.add(...rounds.map(({ step }) => step), { text: 'rest' });
  await receive('message 0');
  for (const [index, { speak }] of rounds.entries()) {
    await asked(index + 1);
    await receive(`message ${index + 1}`);
    speak();
  }
  await waitFor('both answers', () => world.textsTo(jane).length === 2);
  await world.settled();
  expect(world.textsTo(jane)).toEqual(['three', 'rest']);
  world.model.assertDone();
});

test('a worker that comes back late, after another took its turn, says and changes nothing', async () => {
  const late = thinking('Said too late.');
  world.model.add(late.step, { text: 'Said in time.' });
  await receive('hello');
  await asked(1);
  await takeTurn(world.app.context, await conversationOf(jane));
  late.speak();
  await world.settled();
  expect(world.textsTo(jane)).toEqual(['Said in time.']);
  const turns = await world.db.execute(sql`select number, answered from turns`);
  expect(turns).toEqual([{ number: 2, answered: 'Said in time.' }]);
});

test('a job that is delivered again finds nothing to do and asks nobody', async () => {
  world.model.add({ text: 'Hello!' });
  await world.say(jane, 'hello');
  await Promise.all([1, 2, 3].map(async () => takeTurn(world.app.context, await conversationOf(jane))));
  await world.settled();
  expect(world.textsTo(jane)).toEqual(['Hello!']);
  expect(world.model.requests).toHaveLength(1);
});

test('an outcome that arrives while the model still words its reply is told after the reply', async () => {
  world.model.add(...quoteLine('1001', 'Blue Oxford Shirt'));
  await world.say(jane, 'return the blue shirt from 1001');
  const late = thinking('I am on it.');
  world.model.add(
    (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    late.step,
  );
  await receive('yes');
  await waitFor('the refund to have ended', async () => {
    const [row] = await world.db.execute(sql`select state from refunds`);
    return row?.state === 'refunded';
  });
  expect(world.textsTo(jane)).toHaveLength(1);
  late.speak();
  await waitFor('the outcome', () => world.textsTo(jane).length === 3);
  expect(world.textsTo(jane)[1]).toBe('I am on it.');
  expect(world.textsTo(jane)[2]).toMatch(/^Done:/);
});

test('words that arrive after a yes was acted on get an answer of their own', async () => {
  world.model.add(...quoteLine('1001', 'Blue Oxford Shirt'));
  await world.say(jane, 'return the blue shirt from 1001');
  const late = thinking('I am on it.');
  world.model.add(
    (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    late.step,
    {
      text: 'You are welcome.',
    },
  );
  await receive('yes');
  await asked(5);
  await receive('thanks!');
  late.speak();
  await waitFor('all answers', () => world.textsTo(jane).includes('You are welcome.'));
  await world.settled();
  expect(world.refundsOf('#1001')).toHaveLength(1);
  expect(world.textsTo(jane).filter((text) => text === 'I am on it.')).toHaveLength(1);
});

test('a turn that fails every time ends in a sentence and with a person; everybody else is served', async () => {
  world.model.add({ text: 'Hello!' });
  await world.say(jane, 'hello');
  await world.db.execute(sql`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'broken by the test'; end $$`);
  await world.db.execute(
    sql.raw(`create trigger broken before insert on turns for each row
      when (new.conversation_id = '${await conversationOf(jane)}') execute function refuse()`),
  );
  world.model.add(...Array.from({ length: 6 }, () => ({ text: 'Never heard.' })));
  await receive('are you there?');
  // Five attempts with growing pauses; the test does not wait for the pauses.
  await waitFor(
    'the sentence',
    async () => {
      await world.db.execute(
        sql`update jobs.job set start_after = now() where name = 'take-turn' and state = 'retry'`,
      );
      return world.textsTo(jane).length === 2;
    },
    25_000,
  );
  expect(world.textsTo(jane)[1]).toMatch(/something went wrong on our side/);
  await waitFor('staff to have a thread', () =>
    JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT')).includes('failed on this conversation'),
  );
  expect(await world.say(jane, 'and now?')).toEqual([]);
  expect(await world.say(marcus, 'hello')).toHaveLength(1);
});

test('stopping within the grace time lets the turn finish', async () => {
  const slow = thinking('Just in time.');
  world.model.add(slow.step);
  await receive('hello');
  await asked(1);
  const restarted = world.restart();
  slow.speak();
  await restarted;
  await waitFor('the answer', () => world.textsTo(jane).length === 1);
  expect(world.textsTo(jane)).toEqual(['Just in time.']);
  world.model.assertDone();
});

test('stopping in the middle of a turn loses nothing: the next process answers, once', {
  timeout: 60_000,
}, async () => {
  world.model.add(...quoteLine('1001', 'Blue Oxford Shirt'));
  await world.say(jane, 'return the blue shirt from 1001');
  const stuck = thinking('Said by the old process.');
  world.model.add(stuck.step);
  await receive('what is your return policy?');
  await asked(4);
  world.model.add({ text: 'Said by the new one.' });
  await world.restart();
  stuck.speak();
  await waitFor('the answer', () => world.textsTo(jane).length === 2, 40_000);
  await world.settled();
  expect(world.textsTo(jane)[1]).toBe('Said by the new one.');
  world.model.add(
    (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    sayResult,
  );
  await world.say(jane, 'yes');
  await waitFor('the refund', () => world.refundsOf('#1001').length === 1);
});
