import { isValidSlackRequest } from '@slack/bolt';
import { LogLevel, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createFaults, type Faults } from '../../src/sandbox/faults.ts';
import { createProgram } from '../../src/sandbox/program.ts';
import { type SandboxServer, startServer } from '../../src/sandbox/server.ts';
import { openStateFile } from '../../src/sandbox/state-file.ts';
import { createWorkspace, type Workspace } from '../../src/sandbox/workspace.ts';
import { emptyWorkspaceState } from '../../src/sandbox/workspace-state.ts';
import { type Call, listenAsProgram } from './listening-program.ts';

const [channel, maya, iris, guest] = ['CAPPROVALS', 'UMAYA0001', 'UIRIS0003', 'UGUEST004'] as const;
const [botToken, signingSecret] = ['xoxb-a', 'signing-secret'] as const;

let app: Awaited<ReturnType<typeof listenAsProgram>>;
let reply: string;
let instant: Date;
let faults: Faults;
let workspace: Workspace;
let server: SandboxServer;
let slack: WebClient;

beforeEach(async () => {
  reply = '';
  instant = new Date('2026-11-23T10:00:00Z');
  app = await listenAsProgram(() => reply);
  faults = createFaults();
  workspace = createWorkspace({
    file: openStateFile(undefined, emptyWorkspaceState),
    now: () => instant,
    teamId: 'TBIRCHLOOM',
    botToken,
    signingSecret,
    program: createProgram(app.url),
    baseUrl: () => `http://127.0.0.1:${server.port}/slack`,
    limitsRate: true,
    faults,
  });
  server = await startServer({
    host: '127.0.0.1',
    port: 0,
    routes: [{ prefix: '/slack/', handle: workspace.handle }],
  });
  slack = clientWith(botToken);
});
afterEach(async () => {
  app.close();
  await server.close();
});

const silent = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};

function clientWith(token: string): WebClient {
  return new WebClient(token, {
    slackApiUrl: `http://127.0.0.1:${server.port}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silent,
  });
}

const buttons = {
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: 'approve',
      value: 'a-1',
      text: { type: 'plain_text' as const, text: 'Approve' },
    },
  ],
};
const metadata = { event_type: 'card', event_payload: { approval_id: 'a-1' } };
const section = (text: string) => ({ type: 'section' as const, text: { type: 'mrkdwn' as const, text } });

async function postCard() {
  instant = new Date(instant.getTime() + 1000);
  const { ts = '' } = await slack.chat.postMessage({ channel, text: 'A card', blocks: [buttons], metadata });
  return ts;
}

type Payload = {
  readonly trigger_id: string;
  readonly response_url: string;
  readonly view: { readonly id: string; readonly private_metadata: string; readonly state: unknown };
} & Readonly<Record<string, unknown>>;
const payloadOf = (call: Call | undefined) =>
  JSON.parse(new URLSearchParams(call?.body).get('payload') ?? '{}') as Payload;
const lastCall = () => app.calls.at(-1);
const error = (name: string) => ({ data: { error: name } });

describe('the Web API', () => {
  it('knows its token and who it belongs to', async () => {
    expect(await slack.auth.test()).toMatchObject({ team_id: 'TBIRCHLOOM', user_id: 'UBOT00005' });
    await expect(clientWith('xoxb-wrong').auth.test()).rejects.toMatchObject(error('invalid_auth'));
  });

  it('finds a card again by its metadata, only when asked for metadata', async () => {
    const ts = await postCard();
    const all = await slack.conversations.history({ channel, include_all_metadata: true });
    expect(all.messages?.[0]).toMatchObject({ ts, metadata, bot_id: 'BBOT00005' });
    const plain = await slack.conversations.history({ channel });
    expect(plain.messages?.[0]).not.toHaveProperty('metadata');
  });

  it('pages history newest first and leaves out what is not newer than oldest', async () => {
    const [first, second, third] = [await postCard(), await postCard(), await postCard()];
    const page = await slack.conversations.history({ channel, limit: 2 });
    expect(page.messages?.map(({ ts }) => ts)).toEqual([third, second]);
    const rest = await slack.conversations.history({
      channel,
      limit: 2,
      cursor: page.response_metadata?.next_cursor ?? '',
    });
    expect(rest.messages?.map(({ ts }) => ts)).toEqual([first]);
    const later = await slack.conversations.history({ channel, oldest: first });
    expect(later.messages).toHaveLength(2);
  });

  it('keeps replies in their thread', async () => {
    const ts = await postCard();
    instant = new Date(instant.getTime() + 1000);
    await slack.chat.postMessage({ channel, text: 'A reply', thread_ts: ts });
    const replies = await slack.conversations.replies({ channel, ts });
    expect(replies.messages?.map(({ text }) => text)).toEqual(['A card', 'A reply']);
    expect((await slack.conversations.history({ channel })).messages).toHaveLength(1);
  });

  it('updates its own messages and keeps blocks that are not mentioned', async () => {
    const ts = await postCard();
    await slack.chat.update({ channel, ts, text: 'Done' });
    expect(workspace.cards()[0]).toMatchObject({ text: 'Done', blocks: [{ type: 'actions' }], metadata });
    await slack.chat.update({ channel, ts, text: 'Done', blocks: [section('Approved')] });
    expect(workspace.cards()[0]?.blocks).toMatchObject([{ type: 'section' }]);
    const { ts: hers } = await workspace.say({ user: maya, channel, text: 'mine' });
    await expect(slack.chat.update({ channel, ts: hers, text: 'x' })).rejects.toMatchObject(
      error('cant_update_message'),
    );
    await expect(slack.chat.update({ channel, ts: '1.000000', text: 'x' })).rejects.toMatchObject(
      error('message_not_found'),
    );
  });

  it.each([
    ['51 blocks', Array.from({ length: 51 }, () => ({ type: 'divider' as const }))],
    ['a section of 3,001 characters', [section('x'.repeat(3001))]],
    ['an empty section', [section('')]],
    [
      'a header of 151 characters',
      [{ type: 'header' as const, text: { type: 'plain_text' as const, text: 'x'.repeat(151) } }],
    ],
    [
      'a button value of 2,001 characters',
      [{ ...buttons, elements: [{ ...buttons.elements[0], value: 'x'.repeat(2001) }] }],
    ],
    ['an action id used twice', [{ ...buttons, elements: [...buttons.elements, ...buttons.elements] }]],
    [
      'a block id used twice',
      [
        { ...section('a'), block_id: 'b' },
        { ...section('b'), block_id: 'b' },
      ],
    ],
    [
      'eleven fields',
      [{ type: 'section' as const, fields: Array.from({ length: 11 }, () => section('x').text) }],
    ],
    ['an unknown block', [{ type: 'mystery' }]],
  ])('refuses %s', async (_, blocks) => {
    const post = slack.apiCall('chat.postMessage', { channel, text: 'x', blocks: JSON.stringify(blocks) });
    await expect(post).rejects.toMatchObject(error('invalid_blocks'));
    expect(workspace.messagesIn(channel)).toEqual([]);
  });

  it('refuses more than 13,200 characters over all blocks although each block is legal', async () => {
    const post = (last: number) =>
      slack.chat.postMessage({
        channel,
        text: 'x',
        blocks: [...Array.from({ length: 4 }, () => section('x'.repeat(3000))), section('x'.repeat(last))],
      });
    await expect(post(1201)).rejects.toMatchObject(error('msg_blocks_too_long'));
    await expect(post(1200)).rejects.toMatchObject({ code: 'slack_webapi_rate_limited_error' });
    instant = new Date(instant.getTime() + 1000);
    await expect(post(1200)).resolves.toMatchObject({ ok: true });
  });

  it('limits posts to one a second and channel and says how long to wait', async () => {
    await postCard();
    await expect(slack.chat.postMessage({ channel, text: 'too fast' })).rejects.toMatchObject({
      retryAfter: 1,
    });
    await expect(slack.chat.postMessage({ channel: 'CSUPPORT', text: 'x' })).resolves.toMatchObject({
      ok: true,
    });
  });

  it('has the message although its answer was lost', async () => {
    faults.add({ operation: 'chat.postMessage', when: 'after', times: 1, action: { kind: 'drop' } });
    await expect(postCard()).rejects.toThrow();
    expect(workspace.cards()).toHaveLength(1);
  });

  it('tells managers from guests, bots and people who left', async () => {
    expect((await slack.usergroups.users.list({ usergroup: 'SMANAGERS1' })).users).toEqual([
      maya,
      'UNOAH0002',
    ]);
    expect((await slack.users.info({ user: guest })).user).toMatchObject({ is_restricted: true });
    expect((await slack.users.info({ user: 'UGONE0006' })).user).toMatchObject({ deleted: true });
    expect((await slack.users.info({ user: 'UOTHER007' })).user?.team_id).not.toBe('TBIRCHLOOM');
    await expect(slack.users.info({ user: 'UNOBODY' })).rejects.toMatchObject(error('user_not_found'));
    await expect(slack.usergroups.users.list({ usergroup: 'SNONE' })).rejects.toMatchObject(
      error('no_such_subteam'),
    );
  });
});

describe('people at their screens', () => {
  it('click a button: the program gets a signed payload that Bolt accepts', async () => {
    const ts = await postCard();
    expect(await workspace.click({ user: maya, channel, ts, actionId: 'approve' })).toMatchObject({
      status: 200,
    });
    const call = lastCall();
    const signed = (body: string) =>
      isValidSlackRequest({
        signingSecret,
        body,
        headers: {
          'x-slack-signature': String(call?.headers['x-slack-signature']),
          'x-slack-request-timestamp': Number(call?.headers['x-slack-request-timestamp']),
        },
        nowMilliseconds: instant.getTime(),
      });
    expect(call?.path).toBe('/slack/events');
    expect(signed(call?.body ?? '')).toBe(true);
    expect(signed(`${call?.body} `)).toBe(false);
    expect(payloadOf(call)).toMatchObject({
      type: 'block_actions',
      user: { id: maya, team_id: 'TBIRCHLOOM' },
      channel: { id: channel },
      message: { ts, metadata },
      actions: [{ type: 'button', action_id: 'approve', value: 'a-1' }],
    });
  });

  it('cannot click what is not on the screen, unless theirs still shows it', async () => {
    const ts = await postCard();
    const shown = workspace.cards()[0];
    await slack.chat.update({ channel, ts, text: 'Done', blocks: [section('Approved')] });
    await expect(workspace.click({ user: maya, channel, ts, actionId: 'approve' })).rejects.toThrow('button');
    expect(shown).toBeDefined();
    if (shown) await workspace.click({ user: maya, channel, ts, actionId: 'approve', shown });
    expect(payloadOf(lastCall()).actions).toMatchObject([{ value: 'a-1' }]);
  });

  const view = {
    type: 'modal' as const,
    callback_id: 'why',
    private_metadata: 'a-1',
    title: { type: 'plain_text' as const, text: 'Deny' },
    blocks: [
      {
        type: 'input' as const,
        block_id: 'reason',
        label: { type: 'plain_text' as const, text: 'Reason' },
        element: { type: 'plain_text_input' as const, action_id: 'text' },
      },
    ],
  };

  async function openModal(afterMs = 0) {
    await workspace.click({ user: iris, channel, ts: await postCard(), actionId: 'approve' });
    instant = new Date(instant.getTime() + afterMs);
    return slack.views.open({ trigger_id: payloadOf(lastCall()).trigger_id, view });
  }

  it('get a modal, fill it in, and see it close', async () => {
    await openModal();
    expect(workspace.openModals()).toMatchObject([{ user: iris, view: { callback_id: 'why' } }]);
    await workspace.submitModal({ user: iris, callbackId: 'why', values: { text: 'Worn' } });
    expect(payloadOf(lastCall())).toMatchObject({
      type: 'view_submission',
      user: { id: iris },
      view: {
        private_metadata: 'a-1',
        callback_id: 'why',
        state: { values: { reason: { text: { type: 'plain_text_input', value: 'Worn' } } } },
      },
    });
    expect(workspace.openModals()).toEqual([]);
  });

  it('send what stood in a field as if they had typed it, unless they empty it', async () => {
    await workspace.click({ user: iris, channel, ts: await postCard(), actionId: 'approve' });
    const element = {
      type: 'number_input' as const,
      action_id: 'pieces',
      is_decimal_allowed: false,
      initial_value: '2',
    };
    const [input] = view.blocks;
    if (!input) throw new Error('The modal has no field');
    const blocks = [{ ...input, block_id: 'pieces', element }];
    await slack.views.open({
      trigger_id: payloadOf(lastCall()).trigger_id,
      view: { ...view, blocks },
    });
    reply = JSON.stringify({ response_action: 'errors', errors: { pieces: 'Too many' } });
    const sent = async (values: Record<string, string>) => {
      await workspace.submitModal({ user: iris, callbackId: 'why', values });
      return payloadOf(lastCall());
    };
    const withValue = (value: string | null) => ({
      view: { state: { values: { pieces: { pieces: { type: 'number_input', value } } } } },
    });
    expect(await sent({})).toMatchObject(withValue('2'));
    expect(await sent({ pieces: '1' })).toMatchObject(withValue('1'));
    expect(await sent({ pieces: '' })).toMatchObject(withValue(null));
  });

  it('keep the modal while the program finds errors in it', async () => {
    await openModal();
    reply = JSON.stringify({ response_action: 'errors', errors: { reason: 'Say more' } });
    await workspace.submitModal({ user: iris, callbackId: 'why', values: {} });
    expect(workspace.openModals()).toMatchObject([{ errors: { reason: 'Say more' } }]);
  });

  it('get no modal from a trigger older than three seconds, or used before', async () => {
    await expect(openModal(3001)).rejects.toMatchObject(error('expired_trigger_id'));
    await expect(openModal(3000)).resolves.toMatchObject({ ok: true });
    const trigger_id = payloadOf(lastCall()).trigger_id;
    await expect(slack.views.open({ trigger_id, view })).rejects.toMatchObject(error('exchanged_trigger_id'));
  });

  it('see what is meant for them alone', async () => {
    await slack.chat.postEphemeral({ channel, user: iris, text: 'Only approvers may do this.' });
    expect(workspace.ephemerals()).toMatchObject([{ ephemeralFor: iris, channel }]);
    expect(workspace.messagesIn(channel)).toEqual([]);
  });

  it('are answered through the response address, five times and for half an hour', async () => {
    await workspace.click({ user: maya, channel, ts: await postCard(), actionId: 'approve' });
    const { response_url } = payloadOf(lastCall());
    const respond = (body: unknown) =>
      fetch(response_url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }).then(({ status }) => status);
    expect(await respond({ text: 'Psst' })).toBe(200);
    expect(workspace.ephemerals()).toMatchObject([{ ephemeralFor: maya, text: 'Psst' }]);
    expect(await respond({ text: 'Replaced', replace_original: true })).toBe(200);
    expect(workspace.messagesIn(channel)).toMatchObject([{ text: 'Replaced' }]);
    for (let use = 3; use <= 5; use += 1) await respond({ text: 'again' });
    expect(await respond({ text: 'sixth' })).toBe(404);
  });

  it('mention the bot: one message, two events, and a redelivery with the same event id', async () => {
    const said = await workspace.say({ user: iris, channel: 'CSUPPORT', text: '<@UBOT00005> hello' });
    const events = app.calls.map(
      ({ body }) => JSON.parse(body) as { event: { type: string; ts: string }; event_id: string },
    );
    expect(events.map(({ event }) => event.type).toSorted()).toEqual(['app_mention', 'message']);
    expect(new Set(events.map(({ event }) => event.ts))).toEqual(new Set([said.ts]));
    const envelope = said.events[0]?.envelope ?? {};
    await workspace.redeliver(envelope, 1);
    expect(lastCall()?.headers['x-slack-retry-num']).toBe('1');
    expect(JSON.parse(lastCall()?.body ?? '')).toEqual(envelope);
  });

  it('type a command', async () => {
    await expect(workspace.command({ user: maya, channel, command: '/foo', text: '' })).rejects.toThrow(
      '/foo is not a valid command',
    );
    await workspace.command({ user: maya, channel, command: '/returns', text: 'order 1001' });
    expect(Object.fromEntries(new URLSearchParams(lastCall()?.body))).toMatchObject({
      command: '/returns',
      text: 'order 1001',
      user_id: maya,
      team_id: 'TBIRCHLOOM',
    });
  });
});
