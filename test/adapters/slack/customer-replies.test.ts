import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CustomerReplies } from '../../../src/adapters/slack/reply-button.ts';
import { buildReplyView, readableText, readReplyTarget } from '../../../src/adapters/slack/reply-view.ts';
import { createSlackApp, type SlackApp } from '../../../src/adapters/slack/slack-app.ts';
import { createLog } from '../../../src/log.ts';
import type { ReplyAnswer } from '../../../src/ports/support-desk.ts';
import type { ConversationId } from '../../../src/returns/ids.ts';
import { quietRoom } from './quiet-room.ts';
import { signedPayload, signingSecret, testNow } from './signed-request.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

const conversationId = '019a0000-0000-7000-8000-00000000000c' as ConversationId;
const maya = { id: 'UMAYA', team_id: 'T1', username: 'maya', name: 'maya' };

let slack: SlackDouble;
let app: SlackApp;
let answer: ReplyAnswer | Error;
let sent: unknown[];
let target: Awaited<ReturnType<CustomerReplies['findTarget']>>;

beforeEach(async () => {
  slack = await startSlackDouble();
  sent = [];
  answer = { kind: 'sent' };
  target = { conversationId, channel: 'whatsapp' };
  app = createSlackApp({
    botToken: 'xoxb-test',
    signingSecrets: [signingSecret],
    apiUrl: slack.apiUrl,
    teamId: 'T1',
    channels: { approvals: 'CAPPROVALS', support: 'CSUPPORT' },
    decide: async () => ({ kind: 'not-found' }),
    handBack: async () => ({ kind: 'not-found' }),
    replies: {
      reply: async (reply) => {
        sent.push(reply);
        if (answer instanceof Error) throw answer;
        return answer;
      },
      findTarget: async () => target,
    },
    talk: { receive: async () => ({ kind: 'stored' }), mayTalk: async () => true },
    room: quietRoom,
    now: () => testNow,
    log: createLog({ level: 'silent' }),
    timeoutMs: 2000,
  });
});
afterEach(async () => {
  await app.stop();
  await slack.close();
});

async function press(value: string, channel = 'CSUPPORT'): Promise<void> {
  await app.handle(
    signedPayload({
      type: 'block_actions',
      team: { id: 'T1', domain: 'demo' },
      api_app_id: 'A1',
      user: maya,
      channel: { id: channel, name: 'x' },
      message: { ts: '1.2' },
      container: { type: 'message', message_ts: '1.2', channel_id: channel },
      trigger_id: 'trigger-1',
      response_url: 'http://127.0.0.1:9/never-used',
      actions: [
        {
          type: 'button',
          action_id: 'reply_to_customer',
          block_id: 'support_actions',
          value,
          action_ts: '1.3',
        },
      ],
    }),
  );
  await app.stop();
}
async function submit(text: string | null, privateMetadata = JSON.stringify({ conversationId })) {
  const { body } = await app.handle(
    signedPayload({
      type: 'view_submission',
      team: { id: 'T1', domain: 'demo' },
      api_app_id: 'A1',
      user: maya,
      view: {
        id: 'V1',
        callback_id: 'reply_to_customer_text',
        private_metadata: privateMetadata,
        state: { values: { reply: { reply: { type: 'plain_text_input', value: text } } } },
      },
    }),
  );
  return String(body);
}

test('the button opens a modal that says which way the words go', async () => {
  await press(conversationId);
  const [opened] = slack.callsTo('views.open');
  expect(opened?.trigger_id).toBe('trigger-1');
  expect(opened?.view).toContain('on WhatsApp');
});

test.each([
  ['forged', 'CSUPPORT'],
  [conversationId, 'CELSEWHERE'],
])('the button with %j in %s opens nothing', async (value, channel) => {
  await press(value, channel);
  expect(slack.callsTo('views.open')).toEqual([]);
  expect(slack.callsTo('chat.postEphemeral')[0]?.text).toContain('belongs to no conversation');
});

test('the modal sends who wrote what, under the key of the modal, and closes', async () => {
  expect(await submit('Hello')).toBe('');
  const by = { userId: 'UMAYA', teamId: 'T1', name: 'maya' };
  expect(sent).toEqual([{ conversationId, by, text: 'Hello', key: 'V1' }]);
});

test.each([
  [{ kind: 'opted-out' }, /opted out.*Nothing was sent/],
  [{ kind: 'empty' }, /write something/],
  [{ kind: 'not-allowed' }, /Only staff.*Nothing was sent/],
  [{ kind: 'not-found' }, /no conversation.*Nothing was sent/],
  [new Error('down'), /cannot go out twice/],
] as [ReplyAnswer | Error, RegExp][])('the modal stays open and says why after %j', async (given, words) => {
  answer = given;
  const body = await submit('Hello');
  expect(JSON.parse(body)).toMatchObject({ response_action: 'errors' });
  expect(body).toMatch(words);
});

test.each(['', 'null', '[]', '{}', '{"conversationId":"1"}'])(
  'a modal that carries %j sends nothing',
  async (privateMetadata) => {
    expect(await submit('Hello', privateMetadata)).toContain('belongs to no conversation');
    expect(sent).toEqual([]);
  },
);

test('the modal is read back as it was written', () => {
  const view = buildReplyView({ conversationId, channel: 'sms' });
  expect(readReplyTarget(view.private_metadata ?? '')).toBe(conversationId);
});

test('a message longer than a reply may be is shortened between characters, and the modal says so', () => {
  const view = JSON.stringify(buildReplyView({ conversationId, channel: 'sms' }, `x${'👍'.repeat(1000)}`));
  expect(view).toContain(`"initial_value":"x${'👍'.repeat(749)}"`);
  expect(view).toContain('longer than 1500');
});

test.each([
  ['a &lt;b&gt; &amp; c', 'a <b> & c'],
  ['&amp;lt;', '&lt;'],
  ['see <https://example.com/a>', 'see https://example.com/a'],
  ['see <https://example.com/a|our page>', 'see our page (https://example.com/a)'],
  ['see <http://example.com|example.com>', 'see http://example.com'],
  ['write to <mailto:a@example.com|a@example.com>', 'write to a@example.com'],
  ['<@U123> look', 'look'],
  ['in <#C1|general> <!here>', 'in general'],
])('the message %j is offered as %j', (given, shown) => {
  expect(readableText(given)).toBe(shown);
});
