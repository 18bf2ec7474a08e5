import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlackApp, type SlackApp } from '../../../src/adapters/slack/slack-app.ts';
import { createLog } from '../../../src/log.ts';
import type { DecisionAnswer } from '../../../src/ports/approval-desk.ts';
import { emptyHome, quietRoom } from './quiet-room.ts';
import { approvalId } from './sample-card.ts';
import { signedPayload, signingSecret, testNow } from './signed-request.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

const conversationId = '019a0000-0000-7000-8000-00000000000c';
const maya = { id: 'UMAYA', team_id: 'T1', username: 'maya', name: 'maya' };
const pause = { by: 'Maya', reason: 'Fraud', since: testNow, held: 0 };

let slack: SlackDouble;
let app: SlackApp;
/** The database, the shop or Slack: nothing is decided before it is there again. */
let slow: PromiseWithResolvers<void>;
let decided: DecisionAnswer;

beforeEach(async () => {
  slack = await startSlackDouble();
  slow = Promise.withResolvers();
  decided = { kind: 'already-decided', state: 'approved', by: 'Noah' };
  const after =
    <Value>(value: () => Value) =>
    () =>
      slow.promise.then(value);
  app = createSlackApp({
    botToken: 'xoxb-test',
    signingSecrets: [signingSecret],
    apiUrl: slack.apiUrl,
    channels: { approvals: 'CAPPROVALS', support: 'CSUPPORT' },
    decide: after(() => decided),
    handBack: after(() => ({ kind: 'handed-back' }) as const),
    replies: { reply: after(() => ({ kind: 'sent' }) as const), findTarget: async () => undefined },
    talk: { receive: async () => ({ kind: 'stored' }), mayTalk: async () => true },
    room: {
      ...quietRoom,
      describeHome: async () => emptyHome,
      pause: after(() => ({ kind: 'paused', pause }) as const),
      resume: after(() => ({ kind: 'resumed', by: 'Maya', released: 0 }) as const),
    },
    now: () => testNow,
    log: createLog({ level: 'silent' }),
    answerWithinMs: 20,
  });
});
afterEach(async () => {
  slow.resolve();
  await app.stop();
  await slack.close();
});

const from = { team: { id: 'T1', domain: 'demo' }, api_app_id: 'A1', user: maya };

function press(actionId: string, value: string, channel?: string) {
  return app.handle(
    signedPayload({
      type: 'block_actions',
      ...from,
      ...(channel === undefined
        ? { view: { type: 'home', blocks: [] } }
        : { channel: { id: channel, name: 'x' } }),
      trigger_id: 'trigger-1',
      actions: [{ type: 'button', action_id: actionId, block_id: 'b', value, action_ts: '1.3' }],
    }),
  );
}
function submit(callbackId: string, field: string, privateMetadata: object) {
  const values = { [field]: { [field]: { type: 'plain_text_input', value: 'words' } } };
  const view = { id: 'V1', type: 'modal', callback_id: callbackId, state: { values } };
  return app.handle(
    signedPayload({
      type: 'view_submission',
      ...from,
      view: { ...view, private_metadata: JSON.stringify(privateMetadata) },
    }),
  );
}
async function whispers(): Promise<(string | undefined)[]> {
  slow.resolve();
  await app.stop();
  return slack.callsTo('chat.postEphemeral').map(({ text }) => text);
}

describe('what takes longer than Slack waits', () => {
  test('after Approve is acknowledged, and answered twice: that it is under way, and how it ended', async () => {
    expect(await press('approve_refund', approvalId, 'CAPPROVALS')).toMatchObject({ status: 200, body: '' });
    expect(await whispers()).toEqual([
      expect.stringContaining('takes longer than usual'),
      'Already approved by Noah.',
    ]);
  });

  test('after "Hand back" is acknowledged, and answered when it is done', async () => {
    expect((await press('hand_back', conversationId, 'CSUPPORT')).status).toBe(200);
    expect(await whispers()).toEqual(['Done: the bot answers this customer again.']);
  });

  test('after "Resume" is acknowledged, and shown when it is done', async () => {
    expect((await press('resume_refunds', '')).status).toBe(200);
    slow.resolve();
    await app.stop();
    expect(slack.callsTo('views.publish')[0]?.view).toContain('Maya resumed refunds');
  });

  test.each([
    ['deny_refund_reason', 'reason', { approvalId, channel: 'CAPPROVALS' }, 'cannot count twice'],
    ['lower_refund_amount', 'amount', { approvalId, channel: 'CAPPROVALS' }, 'cannot count twice'],
    ['pause_refunds_reason', 'reason', {}, 'cannot count twice'],
    ['reply_to_customer_text', 'reply', { conversationId }, 'cannot go out twice'],
  ])('keeps the window %s open with what was typed', async (callbackId, field, metadata, words) => {
    expect(JSON.parse((await submit(callbackId, field, metadata)).body)).toEqual({
      response_action: 'errors',
      errors: { [field]: expect.stringContaining(words) as string },
    });
  });

  test('in a window still says how it ended', async () => {
    decided = { kind: 'expired' };
    await submit('deny_refund_reason', 'reason', { approvalId, channel: 'CAPPROVALS' });
    expect(await whispers()).toEqual(['This approval has expired. Nothing was refunded.']);
  });
});
