import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findOrigin, qualifyPayload } from '../../../src/adapters/slack/foreign-payload.ts';
import { qualify, readQualified } from '../../../src/adapters/slack/qualified-id.ts';
import { createSlackClient, type SlackClient } from '../../../src/adapters/slack/slack-client.ts';
import { createStaffDirectory } from '../../../src/adapters/slack/staff-directory.ts';
import { createWorkspaceRouter } from '../../../src/adapters/slack/workspace-router.ts';
import type { Installation } from '../../../src/ports/installations.ts';
import { testNow } from './signed-request.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

let slack: SlackDouble;
let tokens: Map<string, string>;
/** Of each call, whose it was. */
let used: string[];

beforeEach(async () => {
  used = [];
  slack = await startSlackDouble();
  tokens = new Map([
    ['T2', 'xoxb-second'],
    ['EORG', 'xoxb-org'],
  ]);
});
afterEach(() => slack.close());

const installations = {
  find: async (installedIn: string): Promise<Installation | undefined> => {
    const botToken = tokens.get(installedIn);
    return botToken === undefined
      ? undefined
      : { installedIn, botToken, botUserId: 'UBOT2', installedBy: 'U1' };
  },
};

function createRouter() {
  const open = (token: string): SlackClient => {
    const client = createSlackClient({ token, apiUrl: slack.apiUrl, timeoutMs: 2000 });
    return {
      call: (method, args) => {
        used.push(token);
        return client.call(method, args);
      },
    };
  };
  return createWorkspaceRouter({ home: open('xoxb-home'), installations, open });
}

describe('an id', () => {
  test('of a further workspace is never one of the store’s own', () => {
    expect(readQualified(qualify('T2', 'U1'))).toEqual({ workspace: 'T2', id: 'U1' });
    for (const id of ['U1', 'C1', '123.456.abc', 'T2', '', 'x/y', 't2/U1', 'U2/C1']) {
      expect(readQualified(id)).toEqual({ workspace: undefined, id });
    }
  });
});

describe('a call', () => {
  test.each([
    ['C1', 'xoxb-home', 'C1'],
    ['T2/C1', 'xoxb-second', 'C1'],
    ['EORG/C1', 'xoxb-org', 'C1'],
  ])('to %s goes out with the token of its workspace', async (channel, token, plain) => {
    const posted = await createRouter().call('chat.postMessage', { channel, text: 'hello' });
    expect(slack.callsTo('chat.postMessage')).toMatchObject([{ channel: plain }]);
    expect(used).toEqual([token]);
    expect(posted.channel).toBe(channel);
  });

  test('to a workspace that is not installed asks nobody', async () => {
    const call = createRouter().call('chat.postMessage', { channel: 'T9/C1', text: 'hello' });
    await expect(call).rejects.toMatchObject({ retryable: false, code: 'not_installed' });
    expect(slack.calls).toEqual([]);
  });

  test.each([
    ['T2/C1', 'U1'],
    ['C1', 'T2/U1'],
    ['T2/C1', 'EORG/U1'],
  ])('that mixes workspaces (%s, %s) asks nobody', async (channel, user) => {
    const call = createRouter().call('chat.postEphemeral', { channel, user, text: 'hello' });
    await expect(call).rejects.toMatchObject({ retryable: false, code: 'other_workspace' });
    expect(slack.calls).toEqual([]);
  });

  test('uses the new token as soon as the app was installed again, and none once it was removed', async () => {
    const router = createRouter();
    await router.call('chat.postMessage', { channel: 'T2/C1', text: '1' });
    tokens.set('T2', 'xoxb-newer');
    await router.call('chat.postMessage', { channel: 'T2/C1', text: '2' });
    tokens.delete('T2');
    await expect(router.call('chat.postMessage', { channel: 'T2/C1', text: '3' })).rejects.toThrow();
    expect(used).toEqual(['xoxb-second', 'xoxb-newer']);
  });

  test('with a token Slack does not know any more is to a workspace that is not installed', async () => {
    slack.answer('chat.postMessage', () => ({ ok: false, error: 'account_inactive' }));
    const router = createRouter();
    const there = router.call('chat.postMessage', { channel: 'T2/C1', text: 'hello' });
    await expect(there).rejects.toMatchObject({ code: 'not_installed' });
    const here = router.call('chat.postMessage', { channel: 'C1', text: 'hello' });
    await expect(here).rejects.toMatchObject({ code: 'account_inactive' });
  });
});

describe('a payload', () => {
  test('is of the workspace, else of its organisation', async () => {
    const of = async (body: object) => (await findOrigin({ ...body }, installations))?.installedIn;
    expect(await of({ team_id: 'T2' })).toBe('T2');
    expect(await of({ team: { id: 'T2' } })).toBe('T2');
    expect(await of({ team_id: 'T7', enterprise_id: 'EORG' })).toBe('EORG');
    expect(await of({ team: null, enterprise: { id: 'EORG' } })).toBe('EORG');
    expect(await of({ team_id: 'T7' })).toBeUndefined();
    expect(await of({})).toBeUndefined();
  });

  test('in a channel shared between companies is of the one the app was addressed in', async () => {
    const shared = {
      team_id: 'T2',
      enterprise_id: 'EORG',
      context_team_id: 'T7',
      context_enterprise_id: null,
    };
    expect(await findOrigin(shared, installations)).toBeUndefined();
    const ours = { ...shared, team_id: 'T7', enterprise_id: 'E9', context_team_id: 'T2' };
    expect(await findOrigin(ours, installations)).toMatchObject({ installedIn: 'T2' });
  });

  test('names people and channels by where they are from, and the bot as it is called here', async () => {
    const installation = await findOrigin({ team_id: 'T2' }, installations);
    if (!installation) throw new Error('It is installed.');
    const event = { type: 'app_mention', user: 'U1', channel: 'C1', text: '<@UBOT2> ask <@U3>', ts: '1.2' };
    expect(qualifyPayload({ team_id: 'T2', event }, installation, 'UBOT1')).toEqual({
      team_id: 'T2',
      event: { ...event, user: 'T2/U1', channel: 'T2/C1', text: '<@UBOT1> ask <@U3>' },
    });
    const click = {
      type: 'block_actions',
      user: { id: 'U1', team_id: 'T2' },
      channel: { id: 'C1', name: 'x' },
      container: { type: 'message', channel_id: 'C1' },
      trigger_id: '1.2.a',
      actions: [{ action_id: 'approve_refund', value: 'v' }],
    };
    expect(qualifyPayload(click, installation, 'UBOT1')).toEqual({
      ...click,
      user: { id: 'T2/U1', team_id: 'T2' },
      channel: { id: 'T2/C1', name: 'x' },
      container: { type: 'message', channel_id: 'T2/C1' },
      trigger_id: 'T2/1.2.a',
    });
    const command = { command: '/returns', user_id: 'U1', channel_id: 'C1', trigger_id: 't', text: 'help' };
    expect(qualifyPayload(command, installation, 'UBOT1')).toEqual({
      ...command,
      user_id: 'T2/U1',
      channel_id: 'T2/C1',
      trigger_id: 'T2/t',
    });
    const own = { event: { type: 'message', user: 'UBOT2' } };
    expect(qualifyPayload(own, installation, 'UBOT1')).toEqual({ event: { type: 'message', user: 'UBOT1' } });
  });
});

describe('who somebody is', () => {
  const directory = () =>
    createStaffDirectory({
      client: createRouter(),
      home: async () => ({ teamId: 'T1', appId: undefined }),
      now: () => testNow,
    });

  test.each([
    ['T2/U1', { team_id: 'T2' }, true],
    ['T2/U1', { team_id: 'T3' }, false],
    ['T2/U1', { team_id: 'T1' }, false],
    ['T2/U1', { team_id: 'T2', is_restricted: true }, false],
    ['EORG/U1', { team_id: 'T7', enterprise_user: { enterprise_id: 'EORG' } }, true],
    ['EORG/U1', { team_id: 'T7', enterprise_user: { enterprise_id: 'E9' } }, false],
    ['EORG/U1', { team_id: 'T7' }, false],
    ['U1', { team_id: 'T1' }, true],
    ['U1', { team_id: 'T2' }, false],
  ])('is asked there: %s as %j', async (userId, fields, isFullMember) => {
    slack.answer('users.info', ({ user }) => ({ user: { id: user, name: 'ann', ...fields } }));
    expect(await directory().lookUp(userId)).toMatchObject({ userId, isFullMember });
  });

  test('is nobody where the app is not installed any more', async () => {
    expect(await directory().lookUp('T9/U1')).toBeUndefined();
    expect(slack.calls).toEqual([]);
  });
});
