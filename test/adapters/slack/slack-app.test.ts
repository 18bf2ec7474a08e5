import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildApprovalCard } from '../../../src/adapters/slack/approval-card.ts';
import type { CustomerReplies } from '../../../src/adapters/slack/reply-button.ts';
import { createSlackApp, type SlackApp } from '../../../src/adapters/slack/slack-app.ts';
import { createLog } from '../../../src/log.ts';
import type { ApprovalClick, DecisionAnswer } from '../../../src/ports/approval-desk.ts';
import { quietRoom } from './quiet-room.ts';
import { approvalId, sampleCard } from './sample-card.ts';
import { signedPayload, signingSecret, testNow } from './signed-request.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

const conversationId = '019a0000-0000-7000-8000-00000000000c';
const maya = { id: 'UMAYA', team_id: 'T1', username: 'maya', name: 'maya' };

const noReplies: CustomerReplies = {
  reply: async () => ({ kind: 'not-found' }),
  findTarget: async () => undefined,
};

let slack: SlackDouble;
let app: SlackApp;
let clicks: ApprovalClick[];
let answer: DecisionAnswer | Error;
let handedBack: unknown[];

function createApp(apiUrl: string): SlackApp {
  return createSlackApp({
    botToken: 'xoxb-test',
    signingSecrets: [signingSecret],
    apiUrl,
    channels: { approvals: 'CAPPROVALS', support: 'CSUPPORT' },
    decide: async (click) => {
      clicks.push(click);
      if (answer instanceof Error) throw answer;
      return answer;
    },
    handBack: async (...given) => {
      handedBack.push(given);
      return { kind: 'handed-back' };
    },
    replies: noReplies,
    talk: { receive: async () => ({ kind: 'stored' }), mayTalk: async () => true },
    room: quietRoom,
    now: () => testNow,
    log: createLog({ level: 'silent' }),
    timeoutMs: 2000,
  });
}

beforeEach(async () => {
  slack = await startSlackDouble();
  clicks = [];
  handedBack = [];
  answer = { kind: 'accepted', state: 'approved' };
  app = createApp(slack.apiUrl);
});
afterEach(async () => {
  await app.stop();
  await slack.close();
});

function press(
  actionId: string,
  value: string | undefined = approvalId,
  channel = 'CAPPROVALS',
  user = maya,
) {
  return app.handle(
    signedPayload({
      type: 'block_actions',
      team: { id: 'T1', domain: 'demo' },
      api_app_id: 'A1',
      user,
      channel: { id: channel, name: 'x' },
      message: { ts: '1.2', blocks: buildApprovalCard(sampleCard).blocks },
      container: { type: 'message', message_ts: '1.2', channel_id: channel },
      trigger_id: 'trigger-1',
      response_url: 'http://127.0.0.1:9/never-used',
      actions: [
        { type: 'button', action_id: actionId, block_id: 'approval_actions', value, action_ts: '1.3' },
      ],
    }),
  );
}

const ofThisCard = JSON.stringify({ approvalId, channel: 'CAPPROVALS' });

function send(callbackId: string, field: string, value: string | null, privateMetadata: string) {
  return app.handle(
    signedPayload({
      type: 'view_submission',
      team: { id: 'T1', domain: 'demo' },
      api_app_id: 'A1',
      user: maya,
      view: {
        type: 'modal',
        callback_id: callbackId,
        private_metadata: privateMetadata,
        state: { values: { [field]: { [field]: { type: 'plain_text_input', value } } } },
      },
    }),
  );
}

function submit(reason: string | null, privateMetadata = ofThisCard) {
  return send('deny_refund_reason', 'reason', reason, privateMetadata);
}

function submitAmount(amount: string | null, privateMetadata = ofThisCard) {
  return send('lower_refund_amount', 'amount', amount, privateMetadata);
}

/** What the person alone was shown, once all work behind the answer is done. */
async function whispers(): Promise<string[]> {
  await app.stop();
  return slack.callsTo('chat.postEphemeral').map(({ channel, user, text }) => `${channel} ${user}: ${text}`);
}

test('starts without Slack and asks nobody anything', () => {
  createApp('http://127.0.0.1:9/api/');
  expect(slack.calls).toEqual([]);
});

test('learns its workspace from the token, once', async () => {
  await press('approve_refund');
  await press('approve_refund');
  expect(slack.callsTo('auth.test')).toHaveLength(1);
});

test('learns its workspace later when Slack was down at first', async () => {
  slack.answer('auth.test', (_args, response) => response.writeHead(500).end());
  expect((await press('approve_refund')).status).toBe(503);
  expect(clicks).toEqual([]);
  slack.answer('auth.test', () => ({ team_id: 'T1' }));
  expect((await press('approve_refund')).status).toBe(200);
  expect(clicks).toHaveLength(1);
});

describe('Approve', () => {
  test('hands the click on as it was signed, and says nothing more when it is accepted', async () => {
    expect(await press('approve_refund')).toMatchObject({ status: 200, body: '' });
    expect(clicks).toEqual([
      {
        approvalId,
        decision: 'approve',
        by: { userId: 'UMAYA', teamId: 'T1', name: 'maya' },
      },
    ]);
    expect(await whispers()).toEqual([]);
  });

  test('is acknowledged only after it was decided', async () => {
    const order: string[] = [];
    const decided = Promise.withResolvers<DecisionAnswer>();
    const slow = createSlackApp({
      botToken: 'xoxb-test',
      signingSecrets: [signingSecret],
      apiUrl: slack.apiUrl,
      teamId: 'T1',
      channels: { approvals: 'CAPPROVALS', support: 'CSUPPORT' },
      decide: async () => {
        const result = await decided.promise;
        order.push('decided');
        return result;
      },
      handBack: async () => ({ kind: 'not-found' }),
      replies: noReplies,
      talk: { receive: async () => ({ kind: 'stored' }), mayTalk: async () => true },
      room: quietRoom,
      now: () => testNow,
      log: createLog({ level: 'silent' }),
    });
    app = slow;
    const answered = press('approve_refund').then(() => order.push('acknowledged'));
    decided.resolve({ kind: 'accepted', state: 'approved' });
    await answered;
    expect(order).toEqual(['decided', 'acknowledged']);
  });

  const answers: [DecisionAnswer, string][] = [
    [{ kind: 'already-decided', state: 'approved', by: 'Maya' }, 'Already approved by Maya.'],
    [
      { kind: 'already-decided', state: 'lowered', by: 'Maya' },
      'Already lowered by Maya: the card with the lower amount counts now.',
    ],
    [{ kind: 'counted', have: 1, need: 2 }, 'Counted: 1 of 2. Another approver has to agree.'],
    [{ kind: 'counted', have: 1, need: 3 }, 'Counted: 1 of 3. 2 other approvers have to agree.'],
    [
      { kind: 'counted-before', have: 1, need: 2 },
      'You approved this before, and it counts once: 1 of 2. Another approver has to agree.',
    ],
    [{ kind: 'already-decided', state: 'denied', by: '<!here>' }, 'Already denied by &lt;!here&gt;.'],
    [{ kind: 'expired' }, 'This approval has expired. Nothing was refunded.'],
    [
      { kind: 'stale' },
      'The order changed after this card was posted. Nothing was refunded; a fresh card follows.',
    ],
    [
      { kind: 'not-allowed', why: 'not-an-approver' },
      'You may not decide about this refund. Nothing was changed.',
    ],
    [
      { kind: 'not-allowed', why: 'requester' },
      'You asked for this refund yourself, so somebody else has to decide. Nothing was changed.',
    ],
    [{ kind: 'not-found' }, 'This is not an approval I posted here. Nothing was changed.'],
    [{ kind: 'try-later' }, 'Nothing was changed; please click again in a moment.'],
  ];

  test.each(answers)('tells only the one who clicked about %j', async (given, words) => {
    answer = given;
    expect((await press('approve_refund')).status).toBe(200);
    expect(await whispers()).toEqual([`CAPPROVALS UMAYA: ${words}`]);
  });

  test('asks for another click when the decision failed, for Slack will not repeat it', async () => {
    answer = new Error('database is down');
    expect((await press('approve_refund')).status).toBe(200);
    expect(await whispers()).toEqual([
      'CAPPROVALS UMAYA: I could not confirm your click. Please click again; it cannot count twice.',
    ]);
  });

  test('stands when the one who clicked cannot be told', async () => {
    answer = { kind: 'expired' };
    slack.answer('chat.postEphemeral', (_args, response) => response.writeHead(500).end());
    expect((await press('approve_refund')).status).toBe(200);
    expect(clicks).toHaveLength(1);
  });

  test('leaves it to the decision what a payload that is sent again means', async () => {
    answer = { kind: 'counted', have: 1, need: 2 };
    await press('approve_refund');
    answer = { kind: 'counted-before', have: 1, need: 2 };
    await press('approve_refund');
    expect(clicks[0]).toEqual(clicks[1]);
    expect(await whispers()).toHaveLength(2);
  });

  test.each(['approve_refund', 'lower_refund', 'deny_refund'])(
    '%s counts for nothing in another channel',
    async (actionId) => {
      await press(actionId, approvalId, 'CELSEWHERE');
      expect(await whispers()).toEqual([
        'CELSEWHERE UMAYA: This is not an approval I posted here. Nothing was changed.',
      ]);
      expect([...clicks, ...slack.callsTo('views.open')]).toEqual([]);
    },
  );

  test.each(['', '1', `${approvalId}'; drop`, `${approvalId}\n`, JSON.stringify({ id: approvalId })])(
    'takes %j for no approval',
    async (value) => {
      await press('approve_refund', value);
      await press('lower_refund', value);
      await press('deny_refund', value);
      expect(await whispers()).toHaveLength(3);
      expect([...clicks, ...slack.callsTo('views.open')]).toEqual([]);
    },
  );

  test('counts somebody as of the workspace the button was pressed in unless Slack names another', async () => {
    await press('approve_refund', approvalId, 'CAPPROVALS', { id: 'UX', name: 'x' } as typeof maya);
    expect(clicks).toMatchObject([{ by: { userId: 'UX', teamId: 'T1' } }]);
  });
});

describe('Deny', () => {
  test('opens a modal that asks why, and decides nothing yet', async () => {
    expect((await press('deny_refund')).status).toBe(200);
    await app.stop();
    const [args] = slack.callsTo('views.open');
    expect(args?.trigger_id).toBe('trigger-1');
    const view = JSON.parse(args?.view ?? '');
    expect(view).toMatchObject({ type: 'modal', callback_id: 'deny_refund_reason' });
    expect(JSON.parse(view.private_metadata)).toEqual({ approvalId, channel: 'CAPPROVALS' });
    expect(view.blocks).toMatchObject([
      { block_id: 'reason', element: { action_id: 'reason', max_length: 500 } },
    ]);
    for (const name of ['title', 'submit', 'close']) expect(view[name].text.length).toBeLessThanOrEqual(24);
    expect(clicks).toEqual([]);
  });

  test('asks for another click when the modal does not open', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
    await press('deny_refund');
    expect(await whispers()).toEqual([
      'CAPPROVALS UMAYA: The window did not open in time. Nothing was changed; please click again.',
    ]);
  });

  test('decides with the reason when the modal is sent, and closes it', async () => {
    answer = { kind: 'accepted', state: 'denied' };
    expect(await submit('  worn  ')).toMatchObject({ status: 200, body: '' });
    expect(clicks).toEqual([
      {
        approvalId,
        decision: 'deny',
        reason: 'worn',
        by: { userId: 'UMAYA', teamId: 'T1', name: 'maya' },
      },
    ]);
    expect(await whispers()).toEqual([]);
  });

  test.each([null, '   '])('decides without a reason when it is %j', async (reason) => {
    await submit(reason);
    expect(clicks[0]).not.toHaveProperty('reason');
  });

  test('closes the modal and tells who decided already', async () => {
    answer = { kind: 'already-decided', state: 'approved', by: 'Noah' };
    expect((await submit('worn')).body).toBe('');
    expect(await whispers()).toEqual(['CAPPROVALS UMAYA: Already approved by Noah.']);
  });

  test.each<[DecisionAnswer | Error, string]>([
    [{ kind: 'try-later' }, 'Nothing was changed; please click again in a moment.'],
    [new Error('down'), 'I could not confirm your click. Please click again; it cannot count twice.'],
  ])('keeps the modal and its reason when the decision has to be repeated', async (given, words) => {
    answer = given;
    expect(JSON.parse((await submit('worn')).body)).toEqual({
      response_action: 'errors',
      errors: { reason: words },
    });
    expect(await whispers()).toEqual([]);
  });

  test.each([
    '',
    'null',
    '[]',
    '{"approvalId":"1","channel":"CAPPROVALS"}',
    JSON.stringify({ approvalId, channel: 'CELSEWHERE' }),
  ])('decides nothing for a modal that carries %j', async (privateMetadata) => {
    expect((await submit('worn', privateMetadata)).status).toBe(200);
    expect(clicks).toEqual([]);
    expect(await whispers()).toEqual([
      'CAPPROVALS UMAYA: This is not an approval I posted here. Nothing was changed.',
    ]);
  });
});

describe('Approve a lower amount', () => {
  test('opens a modal that says what was quoted and asks for the amount, and decides nothing yet', async () => {
    expect((await press('lower_refund')).status).toBe(200);
    await app.stop();
    const [args] = slack.callsTo('views.open');
    expect(args?.trigger_id).toBe('trigger-1');
    const view = JSON.parse(args?.view ?? '');
    expect(view).toMatchObject({
      type: 'modal',
      callback_id: 'lower_refund_amount',
      submit: { text: 'Approve' },
      blocks: [
        { text: { text: expect.stringContaining('The quote is $240.00 for order #1001.') } },
        { block_id: 'amount', element: { action_id: 'amount' } },
      ],
    });
    expect(JSON.parse(view.private_metadata)).toEqual({ approvalId, channel: 'CAPPROVALS' });
    for (const name of ['title', 'submit', 'close']) expect(view[name].text.length).toBeLessThanOrEqual(24);
    expect(clicks).toEqual([]);
  });

  test('asks for another click when the modal does not open', async () => {
    slack.answer('views.open', () => ({ ok: false, error: 'expired_trigger_id' }));
    await press('lower_refund');
    expect(await whispers()).toEqual([
      'CAPPROVALS UMAYA: The window did not open in time. Nothing was changed; please click again.',
    ]);
  });

  test('hands the amount on as it was typed, and closes the modal', async () => {
    answer = { kind: 'accepted', state: 'lowered' };
    expect(await submitAmount(' $80.00 ')).toMatchObject({ status: 200, body: '' });
    expect(clicks).toEqual([
      {
        approvalId,
        decision: 'lower',
        amount: '$80.00',
        by: { userId: 'UMAYA', teamId: 'T1', name: 'maya' },
      },
    ]);
    expect(await whispers()).toEqual([]);
  });

  test.each<[DecisionAnswer | Error, string]>([
    [{ kind: 'bad-amount', say: 'Less than $240.00 & more than 0.' }, 'Less than $240.00 & more than 0.'],
    [{ kind: 'try-later' }, 'Nothing was changed; please click again in a moment.'],
    [new Error('down'), 'I could not confirm your click. Please click again; it cannot count twice.'],
  ])('keeps the modal and what was typed when it has to be sent again', async (given, words) => {
    answer = given;
    expect(JSON.parse((await submitAmount('500')).body)).toEqual({
      response_action: 'errors',
      errors: { amount: words },
    });
    expect(await whispers()).toEqual([]);
  });

  test('hands an empty field on as no amount', async () => {
    answer = { kind: 'bad-amount', say: 'Name an amount.' };
    await submitAmount(null);
    expect(clicks).toMatchObject([{ decision: 'lower', amount: '' }]);
  });

  test.each<[DecisionAnswer, string]>([
    [{ kind: 'already-decided', state: 'denied', by: 'Noah' }, 'Already denied by Noah.'],
    [{ kind: 'expired' }, 'This approval has expired. Nothing was refunded.'],
    [
      { kind: 'not-allowed', why: 'not-an-approver' },
      'You may not decide about this refund. Nothing was changed.',
    ],
  ])('closes the modal and tells what happened meanwhile: %j', async (given, words) => {
    answer = given;
    expect((await submitAmount('80')).body).toBe('');
    expect(await whispers()).toEqual([`CAPPROVALS UMAYA: ${words}`]);
  });

  test.each([
    '',
    'null',
    '{"approvalId":"1","channel":"CAPPROVALS"}',
    JSON.stringify({ approvalId, channel: 'CELSEWHERE' }),
    JSON.stringify({ approvalId, from: 'home', channel: 'CELSEWHERE' }),
    JSON.stringify({ approvalId, from: 'elsewhere' }),
  ])('decides nothing for a modal that carries %j', async (privateMetadata) => {
    expect((await submitAmount('80', privateMetadata)).status).toBe(200);
    expect(clicks).toEqual([]);
    expect(await whispers()).toEqual([
      'CAPPROVALS UMAYA: This is not an approval I posted here. Nothing was changed.',
    ]);
  });
});

describe('Hand back to the bot', () => {
  test('hands the conversation back and says so', async () => {
    await press('hand_back', conversationId, 'CSUPPORT');
    expect(handedBack).toEqual([[conversationId, { userId: 'UMAYA', teamId: 'T1', name: 'maya' }]]);
    expect(await whispers()).toEqual(['CSUPPORT UMAYA: Done: the bot answers this customer again.']);
  });

  test.each([
    [conversationId, 'CAPPROVALS'],
    ['forged', 'CSUPPORT'],
  ])('does nothing for %j in %s', async (value, channel) => {
    await press('hand_back', value, channel);
    expect(handedBack).toEqual([]);
    expect(await whispers()).toEqual([
      `${channel} UMAYA: This belongs to no conversation here. Nothing was changed.`,
    ]);
  });
});
