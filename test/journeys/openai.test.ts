import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { jane } from '../support/open-world.ts';
import { factsIn, lastResult, resultsIn } from '../support/read-scripted-request.ts';
import type { ScriptedStep } from '../support/scripted-openai.ts';
import {
  call,
  checkLine,
  openScriptedWorld,
  quoteLine,
  type ScriptedWorld,
  sayResult,
} from '../support/scripted-world.ts';

const marcus = '+15551230002';
const stranger = '+15559990001';
const policyQuestion = 'what is your return policy?';

describe.each(['responses', 'chat'] as const)('a language model over %s', (api) => {
  let world: ScriptedWorld;
  beforeAll(async () => {
    world = await openScriptedWorld(api);
  });
  afterEach(() => world.model.assertDone());
  afterAll(() => world.close());

  const requests = (since: number) => world.model.requests.slice(since);
  const submitOpenQuote: ScriptedStep = (request) =>
    call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id });

  test('quotes a return, submits it after the yes, and the program tells the outcome', async () => {
    world.model.add(...quoteLine('1001', 'Blue Oxford Shirt'));
    const [quote] = await world.say(jane, 'I want to return the blue shirt from order 1001');
    expect(quote).toContain('$48.00');
    expect(world.refundsOf('#1001')).toEqual([]);

    world.model.add(submitOpenQuote, sayResult);
    const answers = await world.say(jane, 'yes');
    expect(answers).toHaveLength(2);
    expect(answers[1]).toMatch(/^Done: your refund of \$48\.00/);
    expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
  });

  test('is told in the facts which quote waits for a yes, and which refunds there were', async () => {
    world.model.add(...quoteLine('1004', 'Chair Cushion'));
    await world.say(jane, 'return the cushion from 1004');
    world.model.add({ text: 'Reply YES to go ahead, or NO to leave it.' });
    await world.say(jane, 'hm');
    const facts = factsIn(world.model.requests.at(-1));
    expect(facts.open_quotes).toMatchObject([
      { order_number: '#1004', amount: '$29.00', shown: true, items: [{ title: 'Chair Cushion' }] },
    ]);
    expect(facts.refunds).toEqual([{ order_number: '#1001', amount: '$48.00', state: 'refunded' }]);
    expect(facts).toMatchObject({ store_name: 'Birch & Loom', channel: 'sms', phone_known: true });
  });

  test('proves an identity by an e-mail address it never reads, and is told no number of anybody', async () => {
    const since = world.model.requests.length;
    const proof = (email: string) =>
      call('prove_identity', { order_number: '1001', email, postal_code: '97205' });
    world.model.add(proof('[e-mail 2]'), { text: 'Which item is it?' });
    await world.say(
      stranger,
      'order 1001, not old@example.org but JANE@example.com, 97205, call +1 555 999 0001, card 4242 4242 4242 4242',
    );
    expect(lastResult(world.model.requests.at(-1)).status).toBe('verified');
    const sent = requests(since)
      .map(({ body }) => JSON.stringify(body))
      .join('');
    expect(sent).toContain('not [e-mail 1] but [e-mail 2], 97205, call [phone number], card [card number]');
    for (const secret of [/example\.(?:com|org)/i, /999 ?0001/, /4242/]) expect(sent).not.toMatch(secret);
  });

  test('cannot submit in the turn that made the quote', async () => {
    const submitAtOnce: ScriptedStep = (request) =>
      call('submit_return', { quote_id: lastResult(request).quote_id });
    const [find, check] = quoteLine('10010', 'Cork Coasters');
    if (find && check) world.model.add(find, check, submitAtOnce, sayResult);
    await world.say(marcus, 'yes yes yes return the coasters from 10010 at once');
    expect(lastResult(world.model.requests.at(-1)).status).toBe('not_confirmed');
    expect(world.refundsOf('#10010')).toEqual([]);
  });

  test.each(['how long will it take?', 'ok but add the kettle', 'maybe'])(
    'cannot take "%s" for a yes',
    async (body) => {
      world.model.add(...quoteLine('10010', 'Cork Coasters'));
      await world.say(marcus, 'return the coasters from 10010');
      world.model.add(submitOpenQuote, sayResult);
      await world.say(marcus, body);
      expect(lastResult(world.model.requests.at(-1)).status).toBe('not_confirmed');
      expect(world.refundsOf('#10010')).toEqual([]);
    },
  );

  test('that did not say the amount is asked to, and the yes after that counts', async () => {
    world.model.add(...quoteLine('1015', 'Speckled Mug').slice(0, 2), { text: 'That can go back. Shall I?' });
    await world.say(jane, 'return one mug from 1015');
    world.model.add(submitOpenQuote, sayResult);
    const [again] = await world.say(jane, 'yes');
    expect(world.refundsOf('#1015')).toEqual([]);
    expect(again).toContain('$18.00');
    world.model.add(submitOpenQuote, sayResult);
    await world.say(jane, 'yes');
    expect(world.refundsOf('#1015')).toMatchObject([{ amount: 1800 }]);
  });

  test.each([
    ['claims a refund that never happened', 'Good news: your refund has been issued!'],
    ['names an amount no tool gave', 'I can give you $52.99 for that.'],
    ['repeats an amount only the customer named', 'Sure, $7777 it is.'],
    ['promises a date nobody gave', 'You will have it by March 3.'],
  ])('is not heard when it %s: the guided model answers instead', async (_what, text) => {
    world.model.add({ text });
    const [answer, ...more] = await world.say(marcus, `${policyQuestion} I want $7777`);
    expect(more).toEqual([]);
    expect(answer).toBeDefined();
    expect(answer).not.toBe(text);
    expect(answer).not.toMatch(/issued|52\.99|7777|March/);
  });

  test('has several calls of one step answered, each by its own result', async () => {
    const since = world.model.requests.length;
    world.model.add(
      {
        calls: [
          { name: 'find_order', arguments: { order_number: '1010' } },
          { name: 'find_order', arguments: { order_number: null } },
          { name: 'find_order', arguments: { order_number: '10010' } },
        ],
      },
      { text: 'Which of them is it about?' },
    );
    expect(await world.say(marcus, 'my orders please')).toEqual(['Which of them is it about?']);
    expect(resultsIn(requests(since)[1]).map(({ status }) => status)).toEqual(['found', 'choose', 'found']);
  });

  test('gets a result for a tool that does not exist and for arguments that make no sense', async () => {
    const since = world.model.requests.length;
    world.model.add(
      call('delete_everything', { order_number: '1010' }),
      call('check_return', '{"order_number": "1010", "items": [{"line'),
      call('check_return', {
        order_number: '1010',
        items: [],
        reason: 'other',
        wish: 'refund',
        amount: 5200,
      }),
      call('submit_return', { quote_id: 'the usual one' }),
      call('submit_return', { quote_id: '00000000-0000-4000-8000-000000000000' }),
      { text: 'Could you tell me which item you mean?' },
    );
    expect(await world.say(marcus, 'something about 1010')).toEqual([
      'Could you tell me which item you mean?',
    ]);
    expect(resultsIn(requests(since).at(-1)).map(({ status }) => status)).toEqual([
      'bad_call',
      'bad_call',
      'bad_call',
      'not_found',
      'not_found',
    ]);
    expect(resultsIn(requests(since)[1])[0]?.problem).toContain('submit_return');
  });

  test('sees nothing of an order its sender has not proven, whatever it calls', async () => {
    const since = world.model.requests.length;
    const items = [{ line_id: '1', quantity: 1, exchange_for: null }];
    world.model.add(
      call('find_order', { order_number: '1010' }),
      call('find_order', { order_number: null }),
      call('check_return', { order_number: '1010', items, reason: 'other', wish: 'refund' }),
      call('prove_identity', {
        order_number: '1010',
        email: 'jane@example.com',
        postal_code: '60614',
      }),
      sayResult,
    );
    const [answer] = await world.say(stranger, 'I am Marcus, return the kettle from 1010');
    expect(resultsIn(requests(since).at(-1)).map(({ status }) => status)).toEqual([
      'not_found',
      'not_found',
      'not_found',
      'not_verified',
    ]);
    expect(JSON.stringify(requests(since))).not.toMatch(/Enamel|52\.00|Marcus Reed|marcus@/);
    expect(answer).toMatch(/couldn't find that order/);
  });

  test('never sees phone numbers, e-mail addresses or names from the shop', async () => {
    const sent = JSON.stringify(world.model.requests.map(({ body }) => body));
    expect(sent).not.toContain('1555123');
    expect(sent).not.toContain('Jane Doe');
    expect(sent).not.toMatch(/sam\.field|marcus@example/);
  });

  test('that calls tools without end is stopped, and a person takes over', async () => {
    const since = world.model.requests.length;
    const again = call('find_order', { order_number: '1018' });
    world.model.add(...Array.from({ length: 8 }, () => again));
    const [answer] = await world.say('+15551230007', 'the pan');
    expect(requests(since)).toHaveLength(8);
    expect(answer).toMatch(/asked someone from our team/);
    await world.settled();
    const threads = JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));
    expect(threads).toContain('The agent could not answer.');
    expect(await world.say('+15551230007', 'hello?')).toEqual([]);
  });

  test.each<[string, ScriptedStep]>([
    ['fails', { status: 500 }],
    ['answers with garbage', { status: 200, body: '<html>not the API</html>' }],
    ['answers with nothing', {}],
    ['never answers', { hang: true }],
  ])('that %s is replaced by the guided model in the same turn', async (_what, step) => {
    world.model.add({ text: 'Hello!' });
    await world.say(marcus, 'hi');
    world.model.add(step);
    const answers = await world.say(marcus, policyQuestion);
    expect(answers).toHaveLength(1);
    expect(answers[0]).toMatch(/30 days/);
    const [turn] = await world.db.execute(sql`select model, outcome from turns order by id desc limit 1`);
    expect(turn).toEqual({ model: 'guided', outcome: 'replied' });
  });

  test('that is busy for a moment is asked again when it said', async () => {
    world.model.add({ status: 429, headers: { 'retry-after': '1' } }, { text: 'Hello!' });
    const startedAt = performance.now();
    expect(await world.say(marcus, 'hi')).toEqual(['Hello!']);
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(999);
  });

  test('that fails in the middle leaves what it found to the guided model', async () => {
    world.model.add({ text: 'Hello!' });
    await world.say(jane, 'hi');
    world.model.add(call('find_order', { order_number: '1007' }), checkLine('Canvas Tote'), { status: 500 });
    const [answer] = await world.say(jane, 'return the tote from 1007');
    expect(answer).toContain('$32.00');
    const [{ quotes } = {}] = await world.db.execute<{ quotes: number }>(
      sql`select count(*)::int as quotes from quotes where quote->>'orderName' = '#1007'`,
    );
    expect(quotes).toBe(1);
  });
});

test('past the daily budget the language model is not asked any more', async () => {
  const world = await openScriptedWorld('responses', (config) => ({
    ...config,
    dailyModelBudgetUsd: 0.000_1,
  }));
  world.model.add({ text: 'Hello!', usage: { input: 1000, cached: 0, output: 10 } });
  expect(await world.say(jane, 'hi')).toEqual(['Hello!']);
  expect(await world.say(jane, policyQuestion)).toHaveLength(1);
  expect(world.model.requests).toHaveLength(1);
  world.model.assertDone();
  const turns = await world.db.execute(sql`select model, cost_micro_usd as cost from turns order by id`);
  expect(turns).toEqual([
    { model: 'gpt-6-luna', cost: 130 },
    { model: 'guided', cost: 0 },
  ]);
  await world.close();
});
