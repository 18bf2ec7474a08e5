import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlackChannel } from '../../../src/adapters/slack/slack-channel.ts';
import { createSlackClient } from '../../../src/adapters/slack/slack-client.ts';
import type { Channel } from '../../../src/ports/channel.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

let slack: SlackDouble;
let channel: Channel;
beforeEach(async () => {
  slack = await startSlackDouble();
  channel = createSlackChannel(
    createSlackClient({ token: 'xoxb-test', apiUrl: slack.apiUrl, timeoutMs: 2000 }),
  );
});
afterEach(() => slack.close());

const text = { key: 'key-1', to: 'C1:1763892000.000100', body: 'Order #1001 is on its way.' };
const since = new Date(1763892000000);
const refuse = (error: string) => (_: unknown, response: import('node:http').ServerResponse) => {
  response.end(JSON.stringify({ ok: false, error }));
};

describe('sending', () => {
  test('posts into the thread, recognisable by its key, and unfurls nothing', async () => {
    const receipt = await channel.send(text);
    expect(receipt).toMatchObject({
      kind: 'accepted',
      providerId: expect.stringMatching(/^C1:1700000000\./),
    });
    const [post] = slack.callsTo('chat.postMessage');
    expect(post).toMatchObject({
      channel: 'C1',
      thread_ts: '1763892000.000100',
      text: 'Order *#1001* is on its way.',
      unfurl_links: 'false',
      unfurl_media: 'false',
    });
    expect(JSON.parse(post?.metadata ?? '')).toEqual({
      event_type: 'staff_answer',
      event_payload: { key: 'key-1' },
    });
  });

  test.each(['is_archived', 'channel_not_found', 'not_in_channel', 'thread_not_found'])(
    'says that nobody can be reached there any more (%s)',
    async (code) => {
      slack.answer('chat.postMessage', refuse(code));
      expect(await channel.send(text)).toEqual({ kind: 'refused', reason: 'unreachable', code });
      expect(slack.callsTo('chat.postMessage')).toHaveLength(1);
    },
  );

  test.each(['msg_blocks_too_long', 'invalid_blocks'])(
    'says it plainly where blocks are refused (%s)',
    async (code) => {
      slack.answer('chat.postMessage', (args, response) =>
        args.blocks === undefined ? { channel: 'C1', ts: '1700000000.000009' } : refuse(code)(args, response),
      );
      expect(await channel.send(text)).toEqual({ kind: 'accepted', providerId: 'C1:1700000000.000009' });
    },
  );

  test('gives up a text Slack takes in no form', async () => {
    slack.answer('chat.postMessage', refuse('msg_too_long'));
    expect(await channel.send(text)).toEqual({ kind: 'refused', reason: 'rejected', code: 'msg_too_long' });
  });

  test.each([
    ['fatal_error', 'unknown'],
    ['invalid_auth', 'refused'],
  ])('leaves it to the queue when Slack answers %s', async (code, outcome) => {
    slack.answer('chat.postMessage', refuse(code));
    await expect(channel.send(text)).rejects.toMatchObject({ code, outcome });
  });

  test('asks nobody when the address is no thread', async () => {
    expect(await channel.send({ ...text, to: '+15551230001' })).toMatchObject({ kind: 'refused' });
    expect(slack.calls).toEqual([]);
  });
});

describe('looking for a lost answer', () => {
  const carrying = (key: string, ts: string) => ({
    ts,
    metadata: { event_type: 'staff_answer', event_payload: { key } },
  });

  test('finds the one with its key in its thread', async () => {
    slack.answer('conversations.replies', () => ({
      messages: [carrying('key-0', '1.1'), carrying('key-1', '1.2'), { ts: '1.3', text: 'Order *#1001*' }],
    }));
    expect(await channel.findSent(text, since)).toEqual(['C1:1.2']);
    expect(slack.callsTo('conversations.replies')).toMatchObject([
      { channel: 'C1', ts: '1763892000.000100', include_all_metadata: 'true' },
    ]);
  });

  test('finds none where there is none, or the thread is gone', async () => {
    slack.answer('conversations.replies', () => ({ messages: [carrying('key-0', '1.1')] }));
    expect(await channel.findSent(text, since)).toEqual([]);
    slack.answer('conversations.replies', refuse('thread_not_found'));
    expect(await channel.findSent(text, since)).toEqual([]);
  });

  test('does not answer "none" when Slack cannot be asked', async () => {
    slack.answer('conversations.replies', refuse('service_unavailable'));
    await expect(channel.findSent(text, since)).rejects.toMatchObject({ retryable: true });
  });
});
