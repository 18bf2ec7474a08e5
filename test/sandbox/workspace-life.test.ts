import { type Block, type HomeView, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { silentLogger } from '../../src/adapters/slack/silent-logger.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { botUserId } from '../../src/sandbox/workspace-people.ts';
import { waitFor } from '../support/wait-for.ts';
import { listenAsProgram } from './listening-program.ts';

const [general, managers, maya, iris, stranger] = [
  'CGENERAL01',
  'CMANAGERS1',
  'UMAYA0001',
  'UIRIS0003',
  'UOTHER007',
] as const;
const irisAndBot = 'DIRIS0003';

let app: Awaited<ReturnType<typeof listenAsProgram>>;
let reply: string;
let sandbox: Sandbox;
let slack: WebClient;

beforeEach(async () => {
  reply = '';
  app = await listenAsProgram(() => reply);
  sandbox = await startSandbox({ appUrl: app.url, slackEchoesPosts: false });
  const { apiUrl, botToken } = sandbox.credentials.slack;
  slack = clientOf(apiUrl, botToken);
});
afterEach(async () => {
  await sandbox.close();
  app.close();
});

const clientOf = (slackApiUrl: string, token: string) =>
  new WebClient(token, { slackApiUrl, retryConfig: { retries: 0 }, logger: silentLogger });

type Fields = Readonly<Record<string, unknown>>;
const error = (name: string) => ({ data: { error: name } });
const eventsOf = (said: { readonly events: readonly { readonly envelope: Fields }[] }) =>
  said.events.map(({ envelope }) => envelope.event as Fields);
const lastPayload = () =>
  JSON.parse(new URLSearchParams(app.calls.at(-1)?.body).get('payload') ?? '{}') as Fields;
const button = (value: string) => ({
  type: 'actions' as const,
  elements: [
    {
      type: 'button' as const,
      action_id: 'approve',
      value,
      text: { type: 'plain_text' as const, text: 'Approve' },
    },
  ],
});

describe('what people write', () => {
  it('reaches the bot in direct messages, and its answer reaches them', async () => {
    const said = await sandbox.workspace.say({ user: iris, channel: irisAndBot, text: 'hello' });
    expect(eventsOf(said)).toMatchObject([{ type: 'message', channel: irisAndBot, channel_type: 'im' }]);
    const posted = await slack.chat.postMessage({ channel: iris, text: 'Hi', thread_ts: said.ts });
    expect(posted.channel).toBe(irisAndBot);
    const replies = await slack.conversations.replies({ channel: irisAndBot, ts: said.ts });
    expect(replies.messages).toMatchObject([{ user: iris }, { user: botUserId, bot_id: 'BBOT00005' }]);
  });

  it('in direct messages of somebody else is impossible', async () => {
    await expect(sandbox.workspace.say({ user: maya, channel: irisAndBot, text: 'x' })).rejects.toThrow();
  });

  it('tells the kind of place and the workspace of whoever wrote', async () => {
    const { workspace } = sandbox;
    const [hers] = eventsOf(await workspace.say({ user: iris, channel: managers, text: 'x' }));
    expect(hers).toMatchObject({ channel_type: 'group', team: 'TBIRCHLOOM', user_team: 'TBIRCHLOOM' });
    const shared = await workspace.say({ user: stranger, channel: general, text: 'x' });
    expect(eventsOf(shared)).toMatchObject([{ channel_type: 'channel', user_team: 'T0SUPPLIER' }]);
    expect(shared.events[0]?.envelope).toMatchObject({
      team_id: 'T0SUPPLIER',
      context_team_id: 'TBIRCHLOOM',
    });
    const [bots] = eventsOf(await workspace.say({ user: 'UDEPLOY08', channel: general, text: 'x' }));
    expect(bots).toMatchObject({ bot_id: 'BDEPLOY08' });
  });

  it('in a thread names its root', async () => {
    const root = await sandbox.workspace.say({ user: maya, channel: general, text: 'root' });
    const reply = { user: iris, channel: general, text: 'reply', threadTs: root.ts };
    expect(eventsOf(await sandbox.workspace.say(reply))).toMatchObject([
      { thread_ts: root.ts, parent_user_id: maya },
    ]);
    await expect(sandbox.workspace.say({ ...reply, threadTs: '1.000000' })).rejects.toThrow('thread');
  });

  it('is told as a change when it is edited, and as a deletion when it is removed', async () => {
    const { workspace } = sandbox;
    const { ts } = await workspace.say({ user: iris, channel: general, text: 'before' });
    const target = { user: iris, channel: general, ts };
    const edited = await workspace.edit({ ...target, text: `<@${botUserId}> after` });
    expect(eventsOf(edited)).toMatchObject([
      {
        subtype: 'message_changed',
        message: { ts, edited: { user: iris } },
        previous_message: { text: 'before' },
      },
      { type: 'app_mention', ts, edited: { user: iris } },
    ]);
    expect(eventsOf(await workspace.remove(target))).toMatchObject([
      { subtype: 'message_deleted', deleted_ts: ts },
    ]);
    expect(workspace.messagesIn(general)).toEqual([]);
  });

  it('comes back to the bot when the bot wrote it', async () => {
    await sandbox.close();
    sandbox = await startSandbox({ appUrl: app.url });
    const { apiUrl, botToken } = sandbox.credentials.slack;
    slack = clientOf(apiUrl, botToken);
    await slack.chat.postMessage({ channel: general, text: 'mine' });
    const call = await waitFor('the echo', () => app.calls[0]);
    expect(JSON.parse(call.body)).toMatchObject({
      event: { type: 'message', user: botUserId, bot_id: 'BBOT00005' },
    });
  });
});

describe('the Home tab', () => {
  const home = (...blocks: Block[]) => ({ type: 'home', blocks }) as HomeView;

  it('is opened, published, and clicked, each button by its value', async () => {
    const { workspace } = sandbox;
    expect(eventsOf(await workspace.openHome(iris, 'home'))).toMatchObject([
      { type: 'app_home_opened', user: iris, channel: irisAndBot, tab: 'home' },
    ]);
    await slack.views.publish({ user_id: iris, view: home(button('a-1'), button('a-2')) });
    expect(workspace.homeOf(iris)?.view.blocks).toHaveLength(2);
    await workspace.clickHome({ user: iris, actionId: 'approve', value: 'a-2' });
    const payload = lastPayload();
    expect(payload).toMatchObject({
      type: 'block_actions',
      container: { type: 'view' },
      view: { type: 'home' },
      actions: [{ value: 'a-2' }],
    });
    expect(payload).not.toHaveProperty('channel');
    expect(payload).not.toHaveProperty('response_url');
    const modal = {
      type: 'modal' as const,
      title: { type: 'plain_text' as const, text: 'Why' },
      blocks: [{ type: 'divider' as const }],
    };
    await slack.views.open({ trigger_id: String(payload.trigger_id), view: modal });
    expect(workspace.openModals()).toMatchObject([{ user: iris }]);
    await expect(workspace.clickHome({ user: maya, actionId: 'approve' })).rejects.toThrow('Home tab');
  });

  it.each([
    ['more than 100 blocks', home(...Array.from({ length: 101 }, () => ({ type: 'divider' })))],
    ['a modal', { ...home(), type: 'modal' }],
    ['a title', { ...home(), title: { type: 'plain_text', text: 'Home' } }],
    ['a block id used twice', home({ type: 'divider', block_id: 'a' }, { type: 'divider', block_id: 'a' })],
    ['a table', home({ type: 'table' })],
  ])('refuses %s', async (_, view) => {
    const publish = slack.apiCall('views.publish', { user_id: iris, view: JSON.stringify(view) });
    await expect(publish).rejects.toMatchObject(error('invalid_arguments'));
    expect(sandbox.workspace.homeOf(iris)).toBeUndefined();
  });

  it('is not overwritten by whoever saw an older one', async () => {
    const first = await slack.views.publish({ user_id: iris, view: home() });
    const hash = first.view?.hash ?? '';
    await slack.views.publish({ user_id: iris, view: home(), hash });
    const late = slack.views.publish({ user_id: iris, view: home(), hash });
    await expect(late).rejects.toMatchObject(error('hash_conflict'));
  });
});

describe('beside messages', () => {
  it('a shortcut brings the message it was taken on', async () => {
    const { ts } = await sandbox.workspace.say({ user: iris, channel: general, text: 'we pay' });
    await sandbox.workspace.shortcut({ user: maya, channel: general, ts, callbackId: 'send' });
    expect(lastPayload()).toMatchObject({
      type: 'message_action',
      callback_id: 'send',
      user: { id: maya },
      message_ts: ts,
      message: { text: 'we pay' },
      trigger_id: expect.any(String),
    });
  });

  it('a status stands until it is taken back or the thread is answered', async () => {
    const { workspace } = sandbox;
    const { ts } = await workspace.say({ user: iris, channel: general, text: 'x' });
    const thread = { channel_id: general, thread_ts: ts };
    await slack.assistant.threads.setStatus({ ...thread, status: 'is looking' });
    expect(workspace.statusOf(general, ts)).toBe('is looking');
    await slack.chat.postMessage({ channel: general, text: 'There', thread_ts: ts });
    expect(workspace.statusOf(general, ts)).toBeUndefined();
    await slack.assistant.threads.setStatus({ ...thread, status: 'is looking' });
    await slack.assistant.threads.setStatus({ ...thread, status: '' });
    expect(workspace.statusOf(general, ts)).toBeUndefined();
  });

  it('a command is answered for whoever typed it, or for everybody', async () => {
    const command = { user: iris, channel: general, command: '/returns', text: 'pending' };
    reply = JSON.stringify({ response_type: 'ephemeral', text: 'Nothing waits' });
    await sandbox.workspace.command(command);
    expect(sandbox.workspace.ephemerals()).toMatchObject([{ ephemeralFor: iris, text: 'Nothing waits' }]);
    reply = JSON.stringify({ response_type: 'in_channel', text: 'Paused' });
    await sandbox.workspace.command(command);
    expect(sandbox.workspace.messagesIn(general)).toMatchObject([{ text: 'Paused' }]);
  });

  it('a table is taken up to its limits, one in a message', async () => {
    const table = (rows: number, cells: number) => ({
      type: 'table',
      rows: Array.from({ length: rows }, () =>
        Array.from({ length: cells }, () => ({ type: 'raw_text', text: 'x' })),
      ),
    });
    const post = (...blocks: object[]) =>
      slack.apiCall('chat.postMessage', { channel: general, text: 'x', blocks: JSON.stringify(blocks) });
    await expect(post(table(100, 20))).resolves.toMatchObject({ ok: true });
    for (const blocks of [[table(101, 1)], [table(1, 21)], [table(0, 0)], [table(1, 1), table(1, 1)]]) {
      await expect(post(...blocks)).rejects.toMatchObject(error('invalid_blocks'));
    }
  });
});

describe('the workspace’s owner', () => {
  const post = () => slack.chat.postMessage({ channel: general, text: 'x' });

  it('archives a channel: it can be read, and nothing more', async () => {
    const { ts = '' } = await post();
    sandbox.workspace.admin.archive(general);
    await expect(post()).rejects.toMatchObject(error('is_archived'));
    const update = slack.chat.update({ channel: general, ts, text: 'y' });
    await expect(update).rejects.toMatchObject(error('is_inactive'));
    expect((await slack.conversations.history({ channel: general })).messages).toHaveLength(1);
    sandbox.workspace.admin.unarchive(general);
    await expect(post()).resolves.toMatchObject({ ok: true });
  });

  it('takes the bot out of a channel: it neither posts nor hears there', async () => {
    sandbox.workspace.admin.removeBot(general);
    await expect(post()).rejects.toMatchObject(error('not_in_channel'));
    const mention = { user: iris, channel: general, text: `<@${botUserId}> hello` };
    expect((await sandbox.workspace.say(mention)).events).toEqual([]);
    sandbox.workspace.admin.inviteBot(general);
    expect((await sandbox.workspace.say(mention)).events).toHaveLength(2);
  });

  it('deletes the bot’s message: it cannot be updated any more', async () => {
    const { ts = '' } = await post();
    await sandbox.workspace.admin.deleteMessage(general, ts);
    const update = slack.chat.update({ channel: general, ts, text: 'y' });
    await expect(update).rejects.toMatchObject(error('message_not_found'));
  });

  it('changes a user group, and deactivates people', async () => {
    const members = async () => (await slack.usergroups.users.list({ usergroup: 'SMANAGERS1' })).users;
    sandbox.workspace.admin.setGroup('SMANAGERS1', [iris, maya]);
    expect(await members()).toEqual([iris, maya]);
    sandbox.workspace.admin.deactivate(maya);
    expect(await members()).toEqual([iris]);
    expect((await slack.users.info({ user: maya })).user).toMatchObject({ deleted: true });
  });
});
