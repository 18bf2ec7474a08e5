import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { addArrivalButton, type OpenArrival } from '../../../src/adapters/slack/arrival-button.ts';
import { buildArrivalView } from '../../../src/adapters/slack/arrival-view.ts';
import { openReturnBlock } from '../../../src/adapters/slack/open-return-block.ts';
import { createSlackClient } from '../../../src/adapters/slack/slack-client.ts';
import { createWhisper } from '../../../src/adapters/slack/whisper.ts';
import { createLog } from '../../../src/log.ts';
import type { FoundReturn, TakeInAnswer, TakenIn } from '../../../src/ports/staff-desk.ts';
import { texts } from './block-limits.ts';
import { createDeafApp } from './deaf-app.ts';
import { lineId, napkins } from './open-return.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

const by = { userId: 'UMAYA', teamId: 'T1', name: 'maya' };
const hostile = '<!channel> *x* @here :a: '.repeat(200);

let slack: SlackDouble;
let found: FoundReturn;
let answer: () => Promise<TakeInAnswer>;
let asked: unknown[];
let taken: TakenIn[];
let notices: string[];
beforeEach(async () => {
  slack = await startSlackDouble();
  found = { kind: 'found', openReturn: napkins };
  answer = async () => ({ kind: 'recorded', say: 'You took in #1001-R1.' });
  asked = [];
  taken = [];
  notices = [];
});
afterEach(() => slack.close());

function start(): { readonly app: App; readonly openArrival: OpenArrival } {
  const app = createDeafApp(slack.apiUrl);
  const client = createSlackClient({ token: 'xoxb-test', apiUrl: slack.apiUrl });
  const log = createLog({ level: 'silent' });
  const added = addArrivalButton(app, {
    client,
    goodsIn: {
      findReturn: async (...given) => {
        asked.push(given);
        return found;
      },
      takeIn: (what) => {
        taken.push(what);
        return answer();
      },
    },
    whisper: createWhisper(client, log),
    showHome: async (userId, notice) => void notices.push(`${userId}: ${notice}`),
    log,
    answerWithinMs: 50,
  });
  return { app, ...added };
}

async function receive(body: object): Promise<unknown[]> {
  const acknowledged: unknown[] = [];
  await start().app.processEvent({
    body: {
      team: { id: 'T1' },
      api_app_id: 'A1',
      user: { id: 'UMAYA', team_id: 'T1', username: 'maya', name: 'maya' },
      ...body,
    },
    ack: async (response) => void acknowledged.push(response),
  });
  return acknowledged;
}

const press = (value: string = napkins.returnId, place: object = { view: { type: 'home', blocks: [] } }) =>
  receive({
    type: 'block_actions',
    trigger_id: 'trigger-1',
    actions: [{ type: 'button', action_id: 'item_arrived', block_id: 'b', value, action_ts: '1.3' }],
    ...place,
  });

function submit(pieces: readonly (string | null)[], from: 'home' | 'window' = 'home', metadata?: string) {
  const built = buildArrivalView(napkins, from);
  const values = pieces.map((value, index) => {
    const id = `pieces:${lineId(index + 1)}`;
    return [id, { [id]: { type: 'number_input', value } }];
  });
  return receive({
    type: 'view_submission',
    view: {
      id: 'V1',
      type: 'modal',
      callback_id: built.callback_id,
      private_metadata: metadata ?? built.private_metadata,
      state: { values: Object.fromEntries(values) },
    },
  });
}
const opened = () => JSON.parse(slack.callsTo('views.open')[0]?.view ?? 'null');

describe('a return on its way', () => {
  test('is shown with what is missing, what it comes to, when it closes, and its label', () => {
    expect(texts(openReturnBlock(napkins)).join('\n')).toBe(
      [
        '*#1001-R1* of order #1001 · $96.00 · to the original payment, once the goods arrived',
        '2 × Linen Napkins, 1 × Blue Shirt (M)',
        'Opened <!date^1795168800^{date_short_pretty} at {time}|2026-11-20 10:00 UTC> · closes <!date^1797760800^{date_short_pretty} at {time}|2026-12-20 10:00 UTC> · label sent',
        'Item arrived',
      ].join('\n'),
    );
  });

  test('counts the lines it has no room for, and calls nobody', () => {
    const missing = Array.from({ length: 300 }, (_, n) => ({
      lineId: lineId(n),
      title: hostile,
      quantity: 1,
    }));
    const block = openReturnBlock({
      ...napkins,
      missing,
      name: hostile,
      orderName: hostile,
      hasLabel: false,
    });
    expect(block.text?.text.length).toBeLessThan(3000);
    expect(block.text?.text).toContain('and 295 more');
    expect(block.text?.text).toContain('no label');
    expect(block.text?.text).not.toMatch(/<!channel>|@here/);
  });
});

describe('Item arrived', () => {
  test('opens a window with a number per line: all that is missing', async () => {
    await press();
    expect(asked).toEqual([[by, { returnId: napkins.returnId }]]);
    const view = opened();
    expect(JSON.parse(view.private_metadata)).toEqual({
      returnId: napkins.returnId,
      refundId: napkins.refundId,
      from: 'home',
    });
    const [intro, ...inputs] = view.blocks;
    expect(intro.text.text).toMatch(/^#1001-R1 of order #1001\. /);
    expect(inputs).toMatchObject([
      {
        block_id: `pieces:${lineId(1)}`,
        label: { text: 'Linen Napkins' },
        element: { type: 'number_input', min_value: '0', max_value: '2', initial_value: '2' },
      },
      { label: { text: 'Blue Shirt (M)' }, element: { max_value: '1', initial_value: '1' } },
    ]);
  });

  test('keeps to what Slack takes with 300 lines, and says that more follow', () => {
    const missing = Array.from({ length: 300 }, (_, n) => ({
      lineId: lineId(n),
      title: hostile,
      quantity: 1,
    }));
    const view = buildArrivalView({ ...napkins, missing, name: hostile, orderName: hostile }, 'home');
    expect(view.blocks.length).toBeLessThanOrEqual(100);
    expect(view.private_metadata?.length).toBeLessThanOrEqual(3000);
    expect(texts(view.blocks).every((text) => text.length <= 2000)).toBe(true);
    expect(texts(view.blocks)[0]).toContain('210 more lines follow');
  });

  test.each([
    [{ kind: 'not-found' }, 'No return of this name is on its way. Nothing was changed.'],
    [
      { kind: 'not-allowed', why: 'not-staff' },
      'Only staff of this store can take returns in. Nothing was changed.',
    ],
    [
      { kind: 'not-allowed', why: 'requester' },
      'You asked for this refund yourself, and nobody had to approve it, so a colleague has to take the goods in. Nothing was changed.',
    ],
    [
      { kind: 'several', names: ['#1001-R1', '#1001-R2'] },
      'There are several: #1001-R1, #1001-R2. Name one of them.',
    ],
  ] satisfies [FoundReturn, string][])('says why no window opens: %j', async (given, words) => {
    found = given;
    await press();
    expect(notices).toEqual([`UMAYA: ${words}`]);
    expect(slack.callsTo('views.open')).toEqual([]);

    await press(undefined, { channel: { id: 'C1', name: 'x' }, message: { ts: '1.1' } });
    expect(texts(opened().blocks)).toEqual([words]);
  });

  test.each(['forged', '', "' or 1=1 --"])('asks nobody about the made-up value %j', async (value) => {
    await press(value);
    expect(asked).toEqual([]);
    expect(notices).toEqual(['UMAYA: No return of this name is on its way. Nothing was changed.']);
  });

  test('says so when the window did not open in time', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
    await press();
    expect(notices).toEqual([
      'UMAYA: The window did not open in time. Nothing was changed; please click again.',
    ]);
    await press(undefined, { channel: { id: 'C1', name: 'x' }, message: { ts: '1.1' } });
    expect(slack.callsTo('chat.postEphemeral')).toMatchObject([{ channel: 'C1', user: 'UMAYA' }]);
  });
});

describe('the window', () => {
  test('takes in what was written, and Home says so', async () => {
    expect(await submit(['1', '0'])).toEqual([undefined]);
    expect(taken).toEqual([
      {
        returnId: napkins.returnId,
        refundId: napkins.refundId,
        lines: [{ lineId: lineId(1), quantity: 1 }],
        by,
      },
    ]);
    expect(notices).toEqual(['UMAYA: You took in #1001-R1.']);
  });

  test('that was opened from a command says in itself what happened', async () => {
    const [acknowledged] = await submit(['2', '1'], 'window');
    expect(acknowledged).toMatchObject({ response_action: 'update' });
    expect(texts(acknowledged)).toContain('You took in #1001-R1.');
    expect(notices).toEqual([]);
  });

  test.each([
    [['x', '1'], { [`pieces:${lineId(1)}`]: 'Write a whole number.' }],
    [['1', '-1'], { [`pieces:${lineId(2)}`]: 'Write a whole number.' }],
    [['1.5', '1e3'], expect.objectContaining({ [`pieces:${lineId(1)}`]: 'Write a whole number.' })],
    [['0', null], { [`pieces:${lineId(1)}`]: 'Write how many pieces are here.' }],
  ])('asks again for %j', async (pieces, errors) => {
    expect(await submit(pieces)).toEqual([{ response_action: 'errors', errors }]);
    expect([...taken, ...notices]).toEqual([]);
  });

  test('stays open where writing something else helps', async () => {
    answer = async () => ({ kind: 'bad-lines', say: 'Only 1 Blue Shirt is missing.' });
    expect(await submit(['2', '2'])).toEqual([
      {
        response_action: 'errors',
        errors: { [`pieces:${lineId(1)}`]: 'Only 1 Blue Shirt is missing.' },
      },
    ]);
    expect(notices).toEqual([]);
  });

  test.each([
    [{ kind: 'already' }, /was taken in since this window was opened, and counts once/],
    [{ kind: 'not-open' }, /not open any more/],
    [{ kind: 'not-found' }, /not a return I opened/],
    [{ kind: 'not-allowed', why: 'requester' }, /a colleague has to take the goods in/],
    [{ kind: 'recorded', say: '<!channel> took it' }, /^UMAYA: &lt;!channel&gt; took it$/],
  ] satisfies [TakeInAnswer, RegExp][])('closes and says what it came to: %j', async (given, words) => {
    answer = async () => given;
    expect(await submit(['1', '1'])).toEqual([undefined]);
    expect(notices).toHaveLength(1);
    expect(notices[0]).toMatch(words);
  });

  test('stays open when nobody could tell whether it was recorded', async () => {
    answer = () => Promise.reject(new Error('down'));
    const [acknowledged] = await submit(['1', '1']);
    expect(acknowledged).toMatchObject({ response_action: 'errors' });
    expect(JSON.stringify(acknowledged)).toContain('it cannot count twice');
  });

  test('is answered in time while the work goes on, and Home says what came of it', async () => {
    const held = Promise.withResolvers<TakeInAnswer>();
    answer = () => {
      setTimeout(() => held.resolve({ kind: 'recorded', say: 'You took in #1001-R1.' }), 100);
      return held.promise;
    };
    const [acknowledged] = await submit(['1', '1']);
    expect(JSON.stringify(acknowledged)).toContain('takes longer than usual');
    expect(notices).toEqual(['UMAYA: You took in #1001-R1.']);
  });

  test.each(['', 'x', '{}', '{"returnId":"1","refundId":"2"}'])(
    'takes in nothing for the made-up target %j',
    async (metadata) => {
      await submit(['1', '1'], 'home', metadata);
      expect([...taken, ...notices]).toEqual([]);
    },
  );
});
