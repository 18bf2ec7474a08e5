import { App } from '@slack/bolt';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { silentLogger } from '../../../src/adapters/slack/silent-logger.ts';
import { createSlackDispatch, type SlackDispatch } from '../../../src/adapters/slack/slack-dispatch.ts';
import { createSocketMode, type SocketMode } from '../../../src/adapters/slack/socket-mode.ts';
import { createLog } from '../../../src/log.ts';
import { startSandbox } from '../../../src/sandbox/sandbox.ts';
import { waitFor } from '../../support/wait-for.ts';

const [iris, general] = ['UIRIS0003', 'CGENERAL01'] as const;

let sandbox: Awaited<ReturnType<typeof startSandbox>>;
let app: App;
let dispatch: SlackDispatch['dispatch'];
let socket: SocketMode;
let logLines: string[];
let heard: string[];

beforeEach(async () => {
  heard = [];
  logLines = [];
  sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:1',
    slackSocketMode: true,
    slackAckWithinMs: 1000,
    slackEchoesPosts: false,
  });
  const made = createSlackDispatch({ home: async () => ({ teamId: 'TBIRCHLOOM' }), log: log() });
  dispatch = made.dispatch;
  app = new App({
    receiver: made.receiver,
    authorize: async () => ({}),
    logger: silentLogger,
    convoStore: false,
    ignoreSelf: false,
  });
  socket = connect();
});
afterEach(async () => {
  await socket.stop();
  await sandbox.close();
});

const log = () => createLog({ level: 'info', destination: { write: (line) => void logLines.push(line) } });
function connect(appToken = sandbox.credentials.slack.appToken): SocketMode {
  const { apiUrl } = sandbox.credentials.slack;
  return createSocketMode({ appToken, apiUrl, dispatch, log: log(), pauseMs: 5 });
}
const slack = () => {
  const { sockets } = sandbox.workspace;
  if (!sockets) throw new Error('This workspace has no Socket Mode');
  return sockets;
};
async function connected(connections = 1): Promise<void> {
  await waitFor('a connection', () => slack().connections() === connections);
}
const say = (text: string) => sandbox.workspace.say({ user: iris, channel: general, text });
const command = () =>
  sandbox.workspace.command({ user: iris, channel: general, command: '/returns', text: '' });
function listen(act: (text: string) => void | Promise<void> = () => {}): void {
  app.message(async ({ message, context }) => {
    const text = 'text' in message ? String(message.text) : '';
    heard.push(context.retryNum ? `${text} again` : text);
    await act(text);
  });
}

describe('what comes over the connection', () => {
  test('is acknowledged once its listener committed', async () => {
    const commit = Promise.withResolvers<void>();
    listen(() => commit.promise.then(() => void heard.push('committed')));
    socket.start();
    await connected();
    const answered = say('hello').then(({ events }) => heard.push(`answered ${events[0]?.status}`));
    await waitFor('the listener', () => heard.includes('hello'));
    commit.resolve();
    await answered;
    expect(heard).toEqual(['hello', 'committed', 'answered 200']);
  });

  test('comes again, and says so, when its listener failed', async () => {
    let failures = 1;
    listen(() => {
      failures -= 1;
      if (failures >= 0) throw new Error('database is down');
    });
    socket.start();
    await connected();
    expect((await say('hello')).events).toMatchObject([{ status: 200 }]);
    expect(heard).toEqual(['hello', 'hello again']);
  });

  test('carries what a listener acknowledges a command with', async () => {
    app.command('/returns', async ({ ack }) => ack({ response_type: 'ephemeral', text: 'Here.' }));
    socket.start();
    await connected();
    const { status, body } = await command();
    expect({ status, body: JSON.parse(body) as unknown }).toEqual({
      status: 200,
      body: { response_type: 'ephemeral', text: 'Here.' },
    });
  });

  test('is acknowledged without effect when it is of another workspace', async () => {
    listen();
    socket.start();
    await connected();
    const { workspace } = sandbox.workspace.addNeighbour('TELSEWHERE');
    const { events } = await workspace.say({ user: iris, channel: general, text: 'hello' });
    expect(events).toMatchObject([{ status: 200 }]);
    expect(heard).toEqual([]);
  });

  test('reaches one of several processes', async () => {
    listen();
    const second = connect();
    socket.start();
    second.start();
    await connected(2);
    for (const text of ['one', 'two', 'three', 'four']) await say(text);
    expect(heard).toEqual(['one', 'two', 'three', 'four']);
    await second.stop();
  });
});

describe('the connection', () => {
  test('stands as soon as Slack can be reached', async () => {
    const { faults } = sandbox.workspace;
    const operation = 'apps.connections.open';
    faults.add({ operation, when: 'before', times: 1, action: { kind: 'drop' } });
    faults.add({ operation, when: 'before', times: 1, action: { kind: 'status', status: 500 } });
    faults.add({ operation, when: 'before', times: 1, action: { kind: 'throttle' } });
    socket.start();
    await connected();
    expect(logLines.filter((line) => line.includes('Slack cannot be connected'))).toHaveLength(3);
  });

  test('is tried again and again with a token Slack refuses, without ending the process', async () => {
    const refused = connect('xapp-wrong');
    refused.start();
    await waitFor('two refusals', () => logLines.filter((line) => line.includes('invalid_auth')).length > 1);
    await refused.stop();
    expect(slack().opened()).toBe(0);
    expect(logLines.join()).not.toContain('xapp-wrong');
  });

  test('is opened again when it breaks', async () => {
    listen();
    socket.start();
    await connected();
    slack().drop();
    await waitFor('a second connection', () => slack().opened() === 2);
    expect((await say('hello')).events).toMatchObject([{ status: 200 }]);
  });

  test.each(['refresh_requested', 'warning', 'link_disabled'] as const)(
    'is opened anew when Slack says %s',
    async (reason) => {
      listen();
      socket.start();
      await connected();
      slack().disconnect(reason);
      await waitFor('a second connection', () => slack().opened() === 2);
      expect((await say('hello')).events).toMatchObject([{ status: 200 }]);
      expect(logLines.join()).toContain(reason);
    },
  );

  test('is opened anew ever more rarely when Slack ends it as soon as it stands', async () => {
    const opened: number[] = [];
    const pauseMs = 40;
    const { apiUrl, appToken } = sandbox.credentials.slack;
    const unsteady = createSocketMode({ appToken, apiUrl, dispatch, log: log(), pauseMs });
    sandbox.workspace.faults.add({
      operation: 'apps.connections.open',
      when: 'before',
      action: { kind: 'call', run: () => void opened.push(performance.now()) },
    });
    unsteady.start();
    for (let time = 1; time <= 4; time += 1) {
      await waitFor('a connection', () => slack().opened() === time && slack().connections() === 1);
      slack().drop();
    }
    await unsteady.stop();
    const pauses = opened.slice(1).map((at, index) => at - (opened[index] ?? at));
    for (const [index, pause] of pauses.slice(0, 3).entries()) {
      expect(pause).toBeGreaterThanOrEqual((pauseMs * 2 ** index) / 2);
    }
  });

  test('is not needed for an event whose acknowledgement got lost: it comes again on the next', async () => {
    listen();
    slack().faults.add({ operation: 'ack', when: 'before', times: 1, action: { kind: 'drop' } });
    socket.start();
    await connected();
    expect((await say('hello')).events).toMatchObject([{ status: 200 }]);
    expect(heard).toEqual(['hello', 'hello again']);
    expect(slack().opened()).toBe(2);
  });

  test('ends after what runs was acknowledged; what comes meanwhile goes to another one', async () => {
    const commit = Promise.withResolvers<void>();
    listen((text) => (text === 'first' ? commit.promise : undefined));
    socket.start();
    await connected();
    const first = say('first');
    await waitFor('the listener', () => heard.length === 1);
    const stopped = socket.stop();
    const late = say('late');
    await slack().received();
    commit.resolve();
    expect((await first).events).toMatchObject([{ status: 200 }]);
    await stopped;
    await connected(0);
    expect(heard).toEqual(['first']);
    socket = connect();
    socket.start();
    expect((await late).events).toMatchObject([{ status: 200 }]);
    expect(heard).toEqual(['first', 'late again']);
  });

  test('can be stopped while Slack is away', async () => {
    const release = Promise.withResolvers<void>();
    sandbox.workspace.faults.add({
      operation: 'apps.connections.open',
      when: 'before',
      action: { kind: 'hold', until: release.promise },
    });
    socket.start();
    await socket.stop();
    release.resolve();
    expect(slack().opened()).toBe(0);
  });
});
