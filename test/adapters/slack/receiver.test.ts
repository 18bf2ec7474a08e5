import { App } from '@slack/bolt';
import { beforeEach, describe, expect, test } from 'vitest';
import { createSlackReceiver } from '../../../src/adapters/slack/receiver.ts';
import { silentLogger } from '../../../src/adapters/slack/silent-logger.ts';
import { createSlackDispatch, type SlackDispatch } from '../../../src/adapters/slack/slack-dispatch.ts';
import { createLog } from '../../../src/log.ts';
import { signed, signedForm, signedJson, signedPayload, signingSecret, testNow } from './signed-request.ts';

const click = {
  type: 'block_actions',
  team: { id: 'T1' },
  api_app_id: 'A1',
  user: { id: 'U1', team_id: 'T1' },
  actions: [{ type: 'button', action_id: 'known', block_id: 'b', value: 'v' }],
};
const event = {
  type: 'event_callback',
  team_id: 'T1',
  api_app_id: 'A1',
  event: { type: 'app_home_opened', user: 'U1', channel: 'D1' },
};

let slack: { handle: ReturnType<typeof createSlackReceiver>; receiver: SlackDispatch['receiver'] };
let app: App;
let ran: string[];
let home: () => Promise<{ teamId: string; appId?: string }>;

beforeEach(() => {
  ran = [];
  home = async () => ({ teamId: 'T1', appId: 'A1' });
  const log = createLog({ level: 'silent' });
  const { receiver, dispatch } = createSlackDispatch({ home: () => home(), log });
  slack = {
    receiver,
    handle: createSlackReceiver({ signingSecrets: [signingSecret], dispatch, now: () => testNow }),
  };
  app = new App({
    receiver: slack.receiver,
    authorize: async () => ({}),
    logger: silentLogger,
    convoStore: false,
    ignoreSelf: false,
  });
  app.action('known', async ({ ack }) => {
    ran.push('known');
    await ack();
  });
});

describe('a signed request that comes again', () => {
  function claiming(claimRequest: (signature: string) => Promise<boolean>) {
    const claimed: string[] = [];
    const log = createLog({ level: 'silent' });
    const { receiver, dispatch } = createSlackDispatch({ home: () => home(), log });
    const copy = new App({ receiver, authorize: async () => ({}), logger: silentLogger, convoStore: false });
    copy.action('known', async ({ ack }) => {
      ran.push('known');
      await ack();
    });
    copy.event('app_home_opened', async () => void ran.push('event'));
    const handle = createSlackReceiver({
      signingSecrets: [signingSecret],
      claimRequest: (signature) => {
        claimed.push(signature);
        return claimRequest(signature);
      },
      dispatch,
      now: () => testNow,
    });
    return { handle, claimed };
  }

  test('presses nothing twice, also at once', async () => {
    const known = new Set<string>();
    const { handle } = claiming(async (signature) => known.size < known.add(signature).size);
    const request = signedPayload(click);
    const answers = await Promise.all([handle(request), handle(request), handle(request)]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(ran).toEqual(['known']);
  });

  test('is not acted upon while nobody can tell whether it comes again', async () => {
    const { handle } = claiming(() => Promise.reject(new Error('the database is away')));
    expect((await handle(signedPayload(click))).status).toBe(503);
    expect(ran).toEqual([]);
  });

  test('is remembered only when it was signed, and never for events, which Slack itself repeats', async () => {
    const { handle, claimed } = claiming(async () => false);
    await handle(signedPayload(click, { secret: 'wrong' }));
    await handle(signedJson(event));
    expect([claimed, ran]).toEqual([[], ['event']]);
  });
});

describe('who may speak', () => {
  test('accepts the secret of before and the one that replaces it, and no third', async () => {
    const { dispatch } = createSlackDispatch({ home: () => home(), log: createLog({ level: 'silent' }) });
    const rotating = createSlackReceiver({ signingSecrets: ['new', 'old'], dispatch, now: () => testNow });
    const answers = ['new', 'old', 'older'].map((secret) => rotating(signedPayload(click, { secret })));
    expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 401]);
  });

  test('accepts what Slack signed', async () => {
    expect(await slack.handle(signedPayload(click))).toMatchObject({ status: 200, body: '' });
    expect(ran).toEqual(['known']);
  });

  test.each([-300, 300])('accepts a signature %d s away', async (ageSeconds) => {
    expect((await slack.handle(signedPayload(click, { ageSeconds }))).status).toBe(200);
  });

  test.each([
    ['no signature', { headers: { 'x-slack-signature': undefined } }],
    ['no timestamp', { headers: { 'x-slack-request-timestamp': undefined } }],
    ['another secret', { secret: 'wrong' }],
    ['an empty signature', { headers: { 'x-slack-signature': 'v0=' } }],
    ['a short signature', { headers: { 'x-slack-signature': 'v0=abcd' } }],
    ['another signature version', { headers: { 'x-slack-signature': `v1=${'0'.repeat(64)}` } }],
    ['a doubled signature header', { headers: { 'x-slack-signature': `v0=${'0'.repeat(64)}, v0=` } }],
    ['a timestamp that is no number', { headers: { 'x-slack-request-timestamp': 'NaN' } }],
    ['a timestamp with a fraction', { headers: { 'x-slack-request-timestamp': '1.5' } }],
    ['301 s in the past', { ageSeconds: 301 }],
    ['301 s in the future', { ageSeconds: -301 }],
    ['an hour in the future', { ageSeconds: -3600 }],
  ])('refuses %s with 401 and no effect', async (_name, signing) => {
    expect(await slack.handle(signedPayload(click, signing))).toEqual({ status: 401, headers: {}, body: '' });
    expect(ran).toEqual([]);
  });

  test('refuses everything while there is no signing secret', async () => {
    const { dispatch } = createSlackDispatch({ home: () => home(), log: createLog({ level: 'silent' }) });
    const keyless = createSlackReceiver({ signingSecrets: [''], dispatch, now: () => testNow });
    expect((await keyless(signedPayload(click, { secret: '' }))).status).toBe(401);
  });

  test('refuses a body changed by one byte after signing', async () => {
    const request = signedPayload(click);
    const rawBody = Buffer.from(request.rawBody);
    rawBody[rawBody.length - 1] = 0x7e;
    expect((await slack.handle({ ...request, rawBody })).status).toBe(401);
    expect(ran).toEqual([]);
  });

  test('verifies bytes that are not valid UTF-8 as they came', async () => {
    const request = signed('x', 'application/json');
    expect((await slack.handle({ ...request, rawBody: Buffer.from([0xff]) })).status).toBe(401);
  });

  test('does not let an unsigned ssl_check carry a click past the signature', async () => {
    const form = { ssl_check: '1', payload: JSON.stringify(click) };
    expect((await slack.handle(signedForm(form, { secret: 'wrong' }))).status).toBe(401);
    expect(ran).toEqual([]);
  });

  test('answers a signed ssl_check and runs nothing', async () => {
    const form = { ssl_check: '1', payload: JSON.stringify(click) };
    expect((await slack.handle(signedForm(form))).status).toBe(200);
    expect(ran).toEqual([]);
  });

  test('answers the challenge of a new address, signed only', async () => {
    const body = { type: 'url_verification', challenge: 'abc' };
    const answer = await slack.handle(signedJson(body));
    expect(JSON.parse(answer.body)).toEqual({ challenge: 'abc' });
    expect(answer.headers['content-type']).toBe('application/json');
    expect((await slack.handle(signedJson(body, { secret: 'wrong' }))).status).toBe(401);
  });

  test.each([
    ['another workspace', { ...click, team: { id: 'T2' } }],
    ['no workspace', { ...click, team: null }],
    ['an organisation', { ...click, team: undefined, enterprise: { id: 'E1' } }],
    ['another app', { ...click, api_app_id: 'A2' }],
  ])('ignores a signed click from %s', async (_name, body) => {
    expect((await slack.handle(signedPayload(body))).status).toBe(200);
    expect(ran).toEqual([]);
  });

  test('takes a click that does not name a workspace for one of its own', async () => {
    app.action('known', async ({ body }) => {
      ran.push(body.team?.id ?? 'none');
    });
    const { team: _, ...nameless } = click;
    expect((await slack.handle(signedPayload(nameless))).status).toBe(200);
    expect(ran).toEqual(['known', 'T1']);
  });

  test('has no effect and answers 503 while it cannot tell which workspace is its own', async () => {
    home = async () => {
      throw new Error('slack is down');
    };
    expect((await slack.handle(signedPayload(click))).status).toBe(503);
    expect(ran).toEqual([]);
  });
});

describe('when Slack hears back', () => {
  test('answers a click as soon as it is acknowledged, and stop() waits for the rest', async () => {
    const rest = Promise.withResolvers<void>();
    app.action('slow', async ({ ack }) => {
      await ack();
      await rest.promise;
      ran.push('rest');
    });
    const body = { ...click, actions: [{ type: 'button', action_id: 'slow', block_id: 'b' }] };
    expect((await slack.handle(signedPayload(body))).status).toBe(200);
    expect(ran).toEqual([]);
    const stopped = slack.receiver.stop();
    rest.resolve();
    await stopped;
    expect(ran).toEqual(['rest']);
  });

  test('answers an event only after its listener committed', async () => {
    const commit = Promise.withResolvers<void>();
    app.event('app_home_opened', async () => {
      await commit.promise;
      ran.push('committed');
    });
    const answered = slack.handle(signedJson(event)).then((answer) => ran.push(`answered ${answer.status}`));
    commit.resolve();
    await answered;
    expect(ran).toEqual(['committed', 'answered 200']);
  });

  test('answers 503 to an event that was not committed, so that Slack redelivers it', async () => {
    app.event('app_home_opened', async () => {
      throw new Error('database is down');
    });
    expect((await slack.handle(signedJson(event))).status).toBe(503);
  });

  test('tells listeners which redelivery this is', async () => {
    app.event('app_home_opened', async ({ context }) => {
      ran.push(`${context.retryNum} ${context.retryReason}`);
    });
    const headers = { 'x-slack-retry-num': '2', 'x-slack-retry-reason': 'http_timeout' };
    await slack.handle(signedJson(event, { headers }));
    expect(ran).toEqual(['2 http_timeout']);
  });

  test('takes an event of a shared channel for the workspace it was delivered to', async () => {
    app.event('app_home_opened', async () => {
      ran.push('shared');
    });
    await slack.handle(signedJson({ ...event, team_id: 'T1', context_team_id: 'T2' }));
    expect(ran).toEqual([]);
    await slack.handle(signedJson({ ...event, team_id: 'T2', context_team_id: 'T1' }));
    expect(ran).toEqual(['shared']);
  });

  test('answers 200 at once to a click nobody listens to', async () => {
    const body = { ...click, actions: [{ type: 'button', action_id: 'gone', block_id: 'b' }] };
    const startedAt = performance.now();
    expect((await slack.handle(signedPayload(body))).status).toBe(200);
    expect(performance.now() - startedAt).toBeLessThan(1000);
  });

  test('sends what a listener acknowledges with', async () => {
    app.view('a_modal', async ({ ack }) => ack({ response_action: 'errors', errors: { reason: 'no' } }));
    app.command('/returns', async ({ ack }) => ack('Here.'));
    const view = { type: 'modal', callback_id: 'a_modal' };
    const submission = { type: 'view_submission', team: { id: 'T1' }, user: { id: 'U1' }, view };
    const answer = await slack.handle(signedPayload(submission));
    expect(JSON.parse(answer.body)).toEqual({ response_action: 'errors', errors: { reason: 'no' } });
    const command = { command: '/returns', text: '', user_id: 'U1', team_id: 'T1', channel_id: 'C1' };
    expect((await slack.handle(signedForm(command))).body).toBe('Here.');
  });

  test('answers 200 when a click listener fails, for Slack would not click again', async () => {
    app.action('broken', async () => {
      throw new Error('bug');
    });
    const body = { ...click, actions: [{ type: 'button', action_id: 'broken', block_id: 'b' }] };
    expect((await slack.handle(signedPayload(body))).status).toBe(200);
  });
});

describe('what cannot be read', () => {
  test.each([
    ['JSON that ends early', signedJson('{"type":')],
    ['JSON that is a list', signedJson('[]')],
    ['JSON that is null', signedJson('null')],
    ['an event without an event', signedJson({ ...event, event: null })],
    ['a payload that is not JSON', signedForm({ payload: '{' })],
    ['a payload without a user', signedPayload({ type: 'block_actions', team: { id: 'T1' } })],
    ['a form of something else', signedForm({ hello: 'world' })],
    ['another content type', signed('hello', 'text/plain')],
    ['nothing', signed('', 'application/json')],
  ])('answers 400 to %s', async (_name, request) => {
    expect((await slack.handle(request)).status).toBe(400);
  });

  test('answers 200 to a click without actions', async () => {
    expect((await slack.handle(signedPayload({ ...click, actions: [] }))).status).toBe(200);
  });
});
