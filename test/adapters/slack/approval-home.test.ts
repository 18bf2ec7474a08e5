import { afterEach, beforeEach, expect, test } from 'vitest';
import { addApprovalButtons } from '../../../src/adapters/slack/approval-buttons.ts';
import { approvalButtons } from '../../../src/adapters/slack/approval-card.ts';
import { createSlackClient } from '../../../src/adapters/slack/slack-client.ts';
import { createWhisper } from '../../../src/adapters/slack/whisper.ts';
import { createLog } from '../../../src/log.ts';
import type { ApprovalClick, DecisionAnswer } from '../../../src/ports/approval-desk.ts';
import { createDeafApp } from './deaf-app.ts';
import { approvalId } from './sample-card.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

const other = '019a0000-0000-7000-8000-000000000002' as typeof approvalId;
const user = { id: 'UMAYA', team_id: 'T1', username: 'maya', name: 'maya' };
const home = {
  type: 'home',
  blocks: [
    { type: 'divider' },
    approvalButtons({ approvalId: other, amount: '$9.00', orderName: '#1', canBeLowered: true }),
    approvalButtons({ approvalId, amount: '$240.00', orderName: '#1001', canBeLowered: true }),
  ],
};

let slack: SlackDouble;
let clicks: ApprovalClick[];
let notices: string[];
let answer: DecisionAnswer;

beforeEach(async () => {
  slack = await startSlackDouble();
  clicks = [];
  notices = [];
  answer = { kind: 'accepted', state: 'approved' };
});
afterEach(() => slack.close());

async function receive(body: object, showHome = note): Promise<unknown[]> {
  const app = createDeafApp(slack.apiUrl);
  const client = createSlackClient({ token: 'xoxb-test', apiUrl: slack.apiUrl });
  const log = createLog({ level: 'silent' });
  addApprovalButtons(app, {
    client,
    channel: 'CAPPROVALS',
    decide: async (click) => {
      clicks.push(click);
      return answer;
    },
    whisper: createWhisper(client, log),
    showHome,
    log,
  });
  const acknowledged: unknown[] = [];
  await app.processEvent({
    body: { team: { id: 'T1' }, api_app_id: 'A1', user, ...body },
    ack: async (response) => {
      acknowledged.push(response);
    },
  });
  return acknowledged;
}

async function note(userId: string, notice = ''): Promise<void> {
  notices.push(`${userId}: ${notice}`);
}

function press(actionId: string, value: string = approvalId, place: object = { view: home }) {
  return {
    type: 'block_actions',
    trigger_id: 'trigger-1',
    actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.3' }],
    ...place,
  };
}

function submit(callbackId: string, field: string, value: string, target: object) {
  return {
    type: 'view_submission',
    view: {
      type: 'modal',
      callback_id: callbackId,
      private_metadata: JSON.stringify(target),
      state: { values: { [field]: { [field]: { type: 'plain_text_input', value } } } },
    },
  };
}

test('an approval in App Home is decided, and answered there', async () => {
  await receive(press('approve_refund'));
  expect(clicks).toEqual([
    { approvalId, decision: 'approve', by: { userId: 'UMAYA', teamId: 'T1', name: 'maya' } },
  ]);
  expect(notices).toEqual(['UMAYA: You approved the refund.']);
  expect(slack.callsTo('chat.postEphemeral')).toEqual([]);
});

test('a click in App Home that decides nothing is answered there too', async () => {
  answer = { kind: 'already-decided', state: 'denied', by: 'Noah' };
  await receive(press('approve_refund'));
  expect(notices).toEqual(['UMAYA: Already denied by Noah.']);
});

test.each(['approve_refund', 'lower_refund', 'deny_refund'])(
  'a forged value of %s decides nothing',
  async (id) => {
    await receive(press(id, 'forged'));
    expect(notices).toEqual(['UMAYA: This is not an approval I posted here. Nothing was changed.']);
    expect([...clicks, ...slack.callsTo('views.open')]).toEqual([]);
  },
);

test.each([
  ['a modal', { view: { ...home, type: 'modal' } }],
  ['nowhere', {}],
  ['a home and another channel', { view: home, channel: { id: 'CELSEWHERE', name: 'x' } }],
])('a click in %s decides nothing', async (_name, place) => {
  await receive(press('approve_refund', approvalId, place));
  expect([...clicks, ...notices]).toEqual([]);
});

test('a modal opened from App Home says what was quoted there, and its answer goes back there', async () => {
  await receive(press('lower_refund'));
  const view = JSON.parse(slack.callsTo('views.open')[0]?.view ?? '');
  expect(JSON.parse(view.private_metadata)).toEqual({ approvalId, from: 'home' });
  expect(view.blocks[0].text.text).toContain('The quote is $240.00 for order #1001.');

  answer = { kind: 'accepted', state: 'lowered' };
  await receive(submit('lower_refund_amount', 'amount', '80', { approvalId, from: 'home' }));
  answer = { kind: 'accepted', state: 'denied' };
  await receive(submit('deny_refund_reason', 'reason', 'worn', { approvalId, from: 'home' }));
  expect(clicks.map(({ decision }) => decision)).toEqual(['lower', 'deny']);
  expect(notices).toEqual([
    'UMAYA: You approved a lower amount; it has a card of its own.',
    'UMAYA: You denied the refund; the customer is told.',
  ]);
});

test('a modal for an approval that is not shown there names no amount', async () => {
  await receive(press('lower_refund', '019a0000-0000-7000-8000-000000000003'));
  const { view } = slack.callsTo('views.open')[0] ?? {};
  expect(JSON.parse(view ?? '').blocks[0].text.text).toMatch(/^The quote is on the card\. /);
});

test('a modal from App Home that did not open is answered there', async () => {
  slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
  await receive(press('deny_refund'));
  expect(notices).toEqual([
    'UMAYA: The window did not open in time. Nothing was changed; please click again.',
  ]);
});

test('a decision stands when the home cannot be shown', async () => {
  const acknowledged = await receive(press('approve_refund'), async () => {
    throw new Error('down');
  });
  expect(acknowledged).toHaveLength(1);
  expect(clicks).toHaveLength(1);
});

test('nothing typed is lost when the amount is wrong', async () => {
  answer = { kind: 'bad-amount', say: 'Less than $240.00.' };
  const acknowledged = await receive(
    submit('lower_refund_amount', 'amount', '500', { approvalId, from: 'home' }),
  );
  expect(acknowledged).toEqual([{ response_action: 'errors', errors: { amount: 'Less than $240.00.' } }]);
  expect(notices).toEqual([]);
});
