import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createApprovalDesk } from '../../../src/adapters/slack/approval-desk.ts';
import { createSlackClient, type SlackClient } from '../../../src/adapters/slack/slack-client.ts';
import { createStaffDirectory } from '../../../src/adapters/slack/staff-directory.ts';
import { createSupportDesk } from '../../../src/adapters/slack/support-desk.ts';
import { buildNote, buildThreadRoot, buildTranscript } from '../../../src/adapters/slack/support-thread.ts';
import type { SupportThread } from '../../../src/ports/support-desk.ts';
import type { ConversationId } from '../../../src/returns/ids.ts';
import { brokenLimits, texts } from './block-limits.ts';
import { approvalId, sampleCard } from './sample-card.ts';
import { testNow } from './signed-request.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

let slack: SlackDouble;
let client: SlackClient;

beforeEach(async () => {
  slack = await startSlackDouble();
  client = createSlackClient({ token: 'xoxb-test', apiUrl: slack.apiUrl, timeoutMs: 2000 });
});
afterEach(() => slack.close());

/** A channel that keeps what is posted, newest first like Slack, in pages of two. */
function keepPosts() {
  const kept: { ts: string; thread: string | undefined; metadata: unknown; blocks: string | undefined }[] =
    [];
  const pageOf = (found: typeof kept, cursor = '0') => ({
    messages: found.slice(Number(cursor), Number(cursor) + 2),
    response_metadata: { next_cursor: Number(cursor) + 2 < found.length ? String(Number(cursor) + 2) : '' },
  });
  slack.answer('chat.postMessage', (args) => {
    const ts = `1700000000.0000${10 + kept.length}`;
    const metadata: unknown = JSON.parse(args.metadata ?? '{}');
    kept.push({ ts, thread: args.thread_ts, metadata, blocks: args.blocks });
    return { channel: args.channel, ts };
  });
  slack.answer('conversations.history', (args) =>
    pageOf(kept.filter(({ thread }) => thread === undefined).toReversed(), args.cursor),
  );
  slack.answer('conversations.replies', (args) =>
    pageOf(
      kept.filter(({ ts, thread }) => ts === args.ts || thread === args.ts),
      args.cursor,
    ),
  );
  return kept;
}

describe('the approval desk', () => {
  const desk = () => createApprovalDesk({ client, channel: 'CAPPROVALS' });

  test('posts a card that can be recognised later', async () => {
    slack.answer('chat.postMessage', () => ({ channel: 'CAPPROVALS', ts: '1700000000.000001' }));
    expect(await desk().postCard(sampleCard)).toEqual({ channel: 'CAPPROVALS', ts: '1700000000.000001' });
    const [args] = slack.callsTo('chat.postMessage');
    expect(args).toMatchObject({ channel: 'CAPPROVALS', unfurl_links: 'false', unfurl_media: 'false' });
    expect(JSON.parse(args?.metadata ?? '')).toEqual({
      event_type: 'return_approval',
      event_payload: { approval_id: approvalId },
    });
  });

  test('finds a card whose post was never answered, on whichever page it is', async () => {
    keepPosts();
    const reference = await desk().postCard(sampleCard);
    for (let index = 0; index < 5; index += 1) {
      await client.call('chat.postMessage', { channel: 'CAPPROVALS', text: 'chatter' });
    }
    expect(await desk().findCard(approvalId, testNow)).toEqual(reference);
    expect(slack.callsTo('conversations.history').at(-1)).toMatchObject({
      channel: 'CAPPROVALS',
      include_all_metadata: 'true',
      oldest: '1795341600.000000',
      cursor: '4',
    });
  });

  test.each(['unknown_method', 'missing_scope'])(
    'finds nothing where it may not read (%s)',
    async (error) => {
      slack.answer('conversations.history', () => ({ ok: false, error }));
      expect(await desk().findCard(approvalId, testNow)).toBeUndefined();
    },
  );

  test('finds nothing where only other cards are', async () => {
    keepPosts();
    await desk().postCard(sampleCard);
    const other = '019a0000-0000-7000-8000-000000000002' as typeof approvalId;
    expect(await desk().findCard(other, testNow)).toBeUndefined();
  });

  test('does not say "none" when it could not read everything', async () => {
    slack.answer('conversations.history', () => ({
      messages: [],
      response_metadata: { next_cursor: 'again' },
    }));
    await expect(desk().findCard(approvalId, testNow)).rejects.toMatchObject({ code: 'history_too_long' });
    slack.answer('conversations.history', () => ({ ok: false, error: 'internal_error' }));
    await expect(desk().findCard(approvalId, testNow)).rejects.toMatchObject({ code: 'internal_error' });
  });

  test('replaces a card in place', async () => {
    const outcome = { kind: 'approved', by: 'Maya', at: testNow } as const;
    await desk().replaceCard({ channel: 'COLD', ts: '1.2' }, { ...sampleCard, outcome });
    const [args] = slack.callsTo('chat.update');
    expect(args).toMatchObject({ channel: 'COLD', ts: '1.2' });
    expect(args?.blocks).toContain('Approved by Maya');
    expect(args?.blocks).not.toContain('approve_refund');
  });

  test.each(['message_not_found', 'cant_update_message'])(
    'says %s of a card it cannot replace',
    async (code) => {
      slack.answer('chat.update', () => ({ ok: false, error: code }));
      const replaced = desk().replaceCard({ channel: 'CAPPROVALS', ts: '1.2' }, sampleCard);
      await expect(replaced).rejects.toMatchObject({ code, outcome: 'refused', retryable: false });
      expect(slack.callsTo('chat.postMessage')).toEqual([]);
    },
  );

  test('reminds under the card and in the channel, and the reminder is not taken for a card', async () => {
    keepPosts();
    const expiresAt = new Date('2026-11-23T10:00:00Z');
    const reminder = { approvalId, orderName: '#1001 <!here>', amount: '$240.00', expiresAt };
    await desk().remind({ channel: 'CAPPROVALS', ts: '1.2' }, reminder);
    const [args] = slack.callsTo('chat.postMessage');
    expect(args).toMatchObject({ channel: 'CAPPROVALS', thread_ts: '1.2', reply_broadcast: 'true' });
    expect(args?.text).toMatch(
      /^The refund of \$240\.00 for order #1001 &lt;!here&gt; still waits for a decision\. It expires <!date\^1795428000/,
    );
    slack.answer('conversations.history', () => ({
      messages: [{ ts: '1.3', metadata: JSON.parse(args?.metadata ?? '') }],
    }));
    expect(await desk().findCard(approvalId, testNow)).toBeUndefined();
  });

  test.each(['msg_too_long', 'msg_blocks_too_long', 'invalid_blocks'])(
    'posts a short card when Slack says %s of the whole one',
    async (error) => {
      slack.answer('chat.postMessage', (args) =>
        args.blocks?.includes('table')
          ? { ok: false, error }
          : { channel: args.channel, ts: '1700000000.000001' },
      );
      expect(await desk().postCard(sampleCard)).toEqual({ channel: 'CAPPROVALS', ts: '1700000000.000001' });
      const [whole, short, ...more] = slack.callsTo('chat.postMessage');
      expect(more).toEqual([]);
      expect(short?.metadata).toBe(whole?.metadata);
      expect(JSON.parse(short?.blocks ?? '').at(-1)).toEqual(JSON.parse(whole?.blocks ?? '').at(-1));
    },
  );

  test('replaces a card by a short one when the whole one does not fit', async () => {
    slack.answer('chat.update', (args) =>
      args.blocks?.includes('table') ? { ok: false, error: 'msg_blocks_too_long' } : {},
    );
    const outcome = { kind: 'expired', at: testNow } as const;
    await desk().replaceCard({ channel: 'CAPPROVALS', ts: '1.2' }, { ...sampleCard, outcome });
    expect(slack.callsTo('chat.update').at(-1)?.blocks).toContain('Expired at');
  });

  test('gives up on a card that Slack takes in no form', async () => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'invalid_blocks' }));
    await expect(desk().postCard(sampleCard)).rejects.toMatchObject({ code: 'invalid_blocks' });
    expect(slack.callsTo('chat.postMessage')).toHaveLength(2);
  });

  test.each(['is_archived', 'channel_not_found', 'not_in_channel'])(
    'says %s of a channel it cannot post to, and tries no shorter card',
    async (code) => {
      slack.answer('chat.postMessage', () => ({ ok: false, error: code }));
      const refused = { code, outcome: 'refused', retryable: false };
      await expect(desk().postCard(sampleCard)).rejects.toMatchObject(refused);
      expect(slack.callsTo('chat.postMessage')).toHaveLength(1);
    },
  );

  test('passes on how long Slack wants to be left alone, and posts nothing meanwhile', async () => {
    slack.answer('chat.postMessage', (_args, response) =>
      response.writeHead(429, { 'retry-after': '3' }).end(),
    );
    await expect(desk().postCard(sampleCard)).rejects.toMatchObject({
      outcome: 'refused',
      retryable: true,
      retryAfterMs: 3000,
    });
    expect(slack.callsTo('chat.postMessage')).toHaveLength(1);
  });

  test.each(['cut', 'error'])(
    'finds the card again after a post of unknown outcome (%s), and posts no short one',
    async (failure) => {
      const kept: { ts: string; metadata: unknown }[] = [];
      slack.answer('chat.postMessage', (args, response) => {
        kept.push({ ts: '1700000000.000042', metadata: JSON.parse(args.metadata ?? '') });
        if (failure === 'cut') return response.destroy();
        return { ok: false, error: 'internal_error' };
      });
      slack.answer('conversations.history', () => ({ messages: kept }));
      await expect(desk().postCard(sampleCard)).rejects.toMatchObject({
        outcome: 'unknown',
        retryable: true,
      });
      expect(slack.callsTo('chat.postMessage')).toHaveLength(1);
      const found = { channel: 'CAPPROVALS', ts: '1700000000.000042' };
      expect(await desk().findCard(approvalId, testNow)).toEqual(found);
    },
  );

  test('does not know whether a card stands when the answer names no place', async () => {
    slack.answer('chat.postMessage', () => ({}));
    await expect(desk().postCard(sampleCard)).rejects.toMatchObject({ outcome: 'unknown' });
  });
});

describe('the support desk', () => {
  const desk = () =>
    createSupportDesk({ client, channel: 'CSUPPORT', upload: async () => {}, now: () => testNow });
  const long = '<!channel> *hello* '.repeat(300);
  const thread: SupportThread = {
    key: 'handoff-1',
    conversationId: '019a0000-0000-7000-8000-00000000000c' as ConversationId,
    reason: 'Asked for a person <!here>',
    customer: 'J. D. · …0001',
    summary: 'The customer wrote last: “hello”',
    known: ['No order proven <!here>'],
    transcript: [
      { who: 'customer', text: 'My shirt is *too small* <@U1>' },
      { who: 'agent', text: 'Which order?' },
      ...Array.from({ length: 8 }, () => ({ who: 'customer', text: long }) as const),
    ],
  };

  test('opens a thread with the reason, the way back and the whole transcript', async () => {
    const kept = keepPosts();
    const reference = await desk().openThread(thread);
    expect(await desk().findThread('handoff-1', testNow)).toEqual(reference);
    const [root, first] = kept;
    expect(JSON.parse(root?.blocks ?? '')).toContainEqual(
      expect.objectContaining({
        elements: [
          expect.objectContaining({ action_id: 'reply_to_customer', value: thread.conversationId }),
          expect.objectContaining({ action_id: 'hand_back', value: thread.conversationId }),
        ],
      }),
    );
    expect(first?.thread).toBe(reference.ts);
    expect(first?.blocks).toContain('*Customer:* My shirt is ∗too small∗ &lt;＠U1&gt;');
    expect(first?.blocks).toContain('*Bot:* Which order?');
    expect(kept.map(({ blocks }) => blocks).join('')).not.toMatch(/<!|<@/);
    expect(
      texts(kept.map(({ blocks }) => JSON.parse(blocks ?? '')))
        .join('')
        .split('∗hello∗'),
    ).toHaveLength(8 * 300 + 1);
  });

  test('says what is known, without the marks of others, and within what Slack accepts', () => {
    const root = buildThreadRoot(thread);
    expect(JSON.stringify(root)).toContain('The customer wrote last: “hello”');
    expect(JSON.stringify(root)).toContain('• No order proven &lt;!here&gt;');
    const known = Array.from({ length: 40 }, () => long);
    expect(brokenLimits(buildThreadRoot({ ...thread, known, summary: long, reason: long }))).toEqual([]);
  });

  test('opens a thread without any message yet', async () => {
    keepPosts();
    const reference = await desk().openThread({ ...thread, transcript: [] });
    expect(await desk().findThread('handoff-1', testNow)).toEqual(reference);
  });

  test.each([1, 2, 3])(
    'finishes a thread that broke off at message %d, and posts nothing twice',
    async (broken) => {
      const whole = keepPosts();
      await desk().openThread(thread);
      const kept = keepPosts();
      const refusing = createSupportDesk({
        client: {
          call: async (method, args) => {
            const answer = await client.call(method, args);
            if (method === 'chat.postMessage' && kept.length === broken) throw new Error('answer lost');
            return answer;
          },
        },
        upload: async () => {},
        channel: 'CSUPPORT',
        now: () => testNow,
      });
      await expect(refusing.openThread(thread)).rejects.toThrow('answer lost');
      expect(await desk().findThread('handoff-1', testNow)).toBeUndefined();
      const reference = await desk().openThread(thread);
      expect(await desk().findThread('handoff-1', testNow)).toEqual(reference);
      expect(kept.map(({ blocks }) => blocks)).toEqual(whole.map(({ blocks }) => blocks));
    },
  );

  test('adds a note to the thread once it can be found there', async () => {
    const kept = keepPosts();
    const reference = await desk().openThread(thread);
    expect(await desk().findNote(reference, 'note-1')).toBe(false);
    expect(await desk().findNote(reference, thread.key)).toBe(false);
    await desk().addToThread(reference, { key: 'note-1', text: 'Still *there*? @here' });
    expect(await desk().findNote(reference, 'note-1')).toBe(true);
    expect(kept.at(-1)).toMatchObject({ thread: reference.ts });
    expect(kept.at(-1)?.blocks).toContain('Still ∗there∗? ＠here');
  });

  test('points a thread out in the thread and in the channel', async () => {
    keepPosts();
    await desk().pointOut({ channel: 'CSUPPORT', ts: '1.2' }, { key: 'out-1', text: 'Nobody is here' });
    const [args] = slack.callsTo('chat.postMessage');
    expect(args).toMatchObject({ channel: 'CSUPPORT', thread_ts: '1.2', reply_broadcast: 'true' });
  });

  test('notifies outside any thread', async () => {
    const kept = keepPosts();
    await desk().notify({ key: 'dead-1', text: 'A job was given up' });
    expect(kept).toMatchObject([{ thread: undefined, metadata: { event_payload: { key: 'dead-1' } } }]);
    expect(await desk().findThread('dead-1', testNow)).toBeUndefined();
  });

  test('keeps within what Slack accepts', () => {
    for (const message of buildTranscript(thread)) expect(brokenLimits(message)).toEqual([]);
    for (const text of ['', '\u200b', 'x'.repeat(50_000), long, '&'.repeat(20_000)]) {
      expect(brokenLimits({ ...buildNote({ key: 'k', text }) })).toEqual([]);
    }
  });
});

describe('the staff directory', () => {
  let now: Date;
  const directory = () =>
    createStaffDirectory({ client, home: async () => ({ teamId: 'T1', appId: undefined }), now: () => now });
  const maya = {
    id: 'U1',
    team_id: 'T1',
    name: 'maya',
    real_name: 'Maya L',
    profile: { display_name: 'Maya' },
  };

  beforeEach(() => {
    now = testNow;
  });

  test('knows a full member of the workspace', async () => {
    slack.answer('users.info', () => ({ user: maya }));
    expect(await directory().lookUp('U1')).toEqual({
      userId: 'U1',
      teamId: 'T1',
      displayName: 'Maya',
      isFullMember: true,
    });
  });

  test('asks again when its clock was set back: rights must not be kept alive by it', async () => {
    const asked = directory();
    slack.answer('users.info', () => ({ user: maya }));
    await asked.lookUp('U1');
    slack.answer('users.info', () => ({ user: { ...maya, deleted: true } }));
    expect((await asked.lookUp('U1'))?.isFullMember).toBe(true);
    now = new Date(testNow.getTime() - 86_400_000);
    expect((await asked.lookUp('U1'))?.isFullMember).toBe(false);
  });

  test.each([
    ['a guest of several channels', { is_restricted: true }],
    ['a guest of one channel', { is_ultra_restricted: true }],
    ['a bot', { is_bot: true }],
    ['somebody deactivated', { deleted: true }],
    ['somebody who has only been invited', { is_invited_user: true }],
    ['somebody from another company', { is_stranger: true }],
    ['a member of another workspace', { team_id: 'T2' }],
    ['somebody whose workspace is not said', { team_id: undefined }],
  ])('does not take %s for a full member', async (_name, fields) => {
    slack.answer('users.info', () => ({ user: { ...maya, ...fields } }));
    expect((await directory().lookUp('U1'))?.isFullMember).toBe(false);
  });

  test('knows nobody by an unknown id, nor by the answer about somebody else', async () => {
    slack.answer('users.info', () => ({ ok: false, error: 'user_not_found' }));
    expect(await directory().lookUp('U9')).toBeUndefined();
    slack.answer('users.info', () => ({ user: maya }));
    expect(await directory().lookUp('U8')).toBeUndefined();
  });

  test('fails rather than guess', async () => {
    slack.answer('users.info', (_args, response) => response.writeHead(500).end());
    slack.answer('usergroups.users.list', () => ({ ok: false, error: 'plan_upgrade_required' }));
    await expect(directory().lookUp('U1')).rejects.toMatchObject({ service: 'slack' });
    await expect(directory().membersOf('S1')).rejects.toMatchObject({ code: 'plan_upgrade_required' });
  });

  test('remembers an answer for a minute and a failure not at all', async () => {
    const staff = directory();
    slack.answer('usergroups.users.list', () => ({ ok: false, error: 'no_such_subteam' }));
    await expect(staff.membersOf('S1')).rejects.toMatchObject({ code: 'no_such_subteam' });
    slack.answer('usergroups.users.list', () => ({ users: ['U1', 'U2'] }));
    expect(await staff.membersOf('S1')).toEqual(['U1', 'U2']);
    slack.answer('usergroups.users.list', () => ({ users: ['U2'] }));
    now = new Date(testNow.getTime() + 59_999);
    expect(await staff.membersOf('S1')).toEqual(['U1', 'U2']);
    now = new Date(testNow.getTime() + 60_000);
    expect(await staff.membersOf('S1')).toEqual(['U2']);
  });
});
