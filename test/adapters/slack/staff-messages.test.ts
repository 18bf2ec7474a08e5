import type { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createSlackClient } from '../../../src/adapters/slack/slack-client.ts';
import { addStaffMessages, type StaffMessages } from '../../../src/adapters/slack/staff-messages.ts';
import { createLog } from '../../../src/log.ts';
import type { StaffMessage, StaffReceipt } from '../../../src/ports/staff-desk.ts';
import { waitFor } from '../../support/wait-for.ts';
import { createDeafApp } from './deaf-app.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

let slack: SlackDouble;
let received: StaffMessage[];
let receipt: StaffReceipt | Error;
let mayTalk: boolean;
let whispered: unknown[];
let app: App;
let messages: StaffMessages;

beforeEach(async () => {
  slack = await startSlackDouble();
  received = [];
  whispered = [];
  receipt = { kind: 'stored' };
  mayTalk = true;
  app = createDeafApp();
  messages = addStaffMessages(app, {
    client: createSlackClient({ token: 'xoxb-test', apiUrl: slack.apiUrl, timeoutMs: 2000 }),
    home: async () => ({ teamId: 'T1', appId: 'A1', botUserId: 'UBOT' }),
    directory: {
      homeTeamId: async () => 'T1',
      membersOf: async () => [],
      lookUp: async (userId) => ({
        userId,
        teamId: userId === 'USTRANGER' ? 'T2' : 'T1',
        displayName: userId,
        isFullMember: false,
      }),
    },
    talk: {
      async receive(message) {
        received.push(message);
        if (receipt instanceof Error) throw receipt;
        return receipt;
      },
      mayTalk: async () => mayTalk,
    },
    whisper: async (...given) => void whispered.push(given),
    log: createLog({ level: 'silent' }),
  });
});
afterEach(() => slack.close());

const question = {
  type: 'app_mention',
  channel: 'C1',
  user: 'UIRIS',
  team: 'T1',
  text: '<@UBOT> show order 1001',
  ts: '1763892000.000100',
};
async function deliver(event: object): Promise<void> {
  const body = { type: 'event_callback', team_id: 'T1', api_app_id: 'A1', event };
  await app.processEvent({ body, ack: async () => {} });
}

describe('an event', () => {
  test('that was stored shows that the bot is at it', async () => {
    await deliver(question);
    expect(received).toMatchObject([{ key: 'C1:1763892000.000100', text: 'show order 1001' }]);
    await waitFor('the status', () => slack.callsTo('assistant.threads.setStatus').length > 0);
    expect(slack.callsTo('assistant.threads.setStatus')).toMatchObject([
      { channel_id: 'C1', thread_ts: '1763892000.000100' },
    ]);
  });

  test.each(['duplicate', 'not-for-us'] as const)('that was %s shows nothing', async (kind) => {
    receipt = { kind };
    await deliver(question);
    expect(slack.calls).toEqual([]);
    expect(whispered).toEqual([]);
  });

  test('that could not be stored fails, so that Slack sends it again', async () => {
    receipt = new Error('The database is away');
    await expect(deliver(question)).rejects.toThrow();
  });

  test('of somebody who is not staff is answered to them alone, where they wrote', async () => {
    receipt = { kind: 'not-staff' };
    await deliver(question);
    await deliver({ ...question, ts: '1763892001.000100', thread_ts: '1763892000.000100' });
    expect(whispered).toEqual([
      ['C1', 'UIRIS', expect.stringContaining('staff'), undefined],
      ['C1', 'UIRIS', expect.stringContaining('staff'), '1763892000.000100'],
    ]);
  });

  test('of somebody of another company is answered to nobody', async () => {
    receipt = { kind: 'not-staff' };
    await deliver({ ...question, user: 'USTRANGER' });
    expect(received).toHaveLength(1);
    expect(whispered).toEqual([]);
  });
});

describe('a question asked elsewhere', () => {
  const asked = {
    userId: 'UIRIS',
    teamId: 'T1',
    name: 'iris',
    text: '<!here> order 1001?',
    key: 'trigger-1',
  };

  test('is put into direct messages, inert, and taken in as said there', async () => {
    slack.answer('chat.postMessage', () => ({ channel: 'D1', ts: '1763892000.000200' }));
    expect(await messages.askInDirectMessage(asked)).toBe('asked');
    const [post] = slack.callsTo('chat.postMessage');
    expect(post?.channel).toBe('UIRIS');
    expect(post?.text).not.toContain('<!here>');
    expect(received).toEqual([
      {
        key: 'question:trigger-1',
        thread: { channel: 'D1', ts: '1763892000.000200' },
        by: { userId: 'UIRIS', teamId: 'T1', name: 'iris' },
        text: '<!here> order 1001?',
        isAddressed: true,
      },
    ]);
  });

  test('of somebody who is not staff is posted nowhere', async () => {
    mayTalk = false;
    expect(await messages.askInDirectMessage(asked)).toBe('not-staff');
    expect(slack.calls).toEqual([]);
    expect(received).toEqual([]);
  });

  test('fails in words when it cannot be posted or stored', async () => {
    receipt = new Error('The database is away');
    expect(await messages.askInDirectMessage(asked)).toBe('failed');
    slack.answer('chat.postMessage', (_, response) => void response.writeHead(503).end());
    expect(await messages.askInDirectMessage(asked)).toBe('failed');
  });
});
