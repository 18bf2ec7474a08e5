import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createInstallRoutes, installScopes } from '../../../src/adapters/slack/install-routes.ts';
import { ExternalError } from '../../../src/errors.ts';
import { createLog } from '../../../src/log.ts';
import type { Installation } from '../../../src/ports/installations.ts';
import { type SlackDouble, startSlackDouble } from './slack-double.ts';

const clientSecret = 'the-client-secret';
const token = 'xoxb-agency-token';
const encryptionKeys = [randomBytes(32)];
const publicUrl = 'https://returns.example.com';

let slack: SlackDouble;
let now: Date;
let saved: Installation[];
let claimed: Set<string>;
let logLines: string[];
let isAllowed: boolean;

beforeEach(async () => {
  slack = await startSlackDouble();
  now = new Date('2026-11-22T10:00:00Z');
  [saved, claimed, logLines, isAllowed] = [[], new Set(), [], true];
  slack.answer('oauth.v2.access', () => ({
    access_token: token,
    token_type: 'bot',
    bot_user_id: 'UBOT9',
    app_id: 'A1',
    team: { id: 'TAGENCY', name: 'Agency' },
    enterprise: null,
    is_enterprise_install: false,
    authed_user: { id: 'UANNA' },
  }));
});
afterEach(() => slack.close());

function routes(keys: readonly Buffer[] = encryptionKeys, address = publicUrl) {
  const [install, redirect] = createInstallRoutes({
    apiUrl: slack.apiUrl,
    publicUrl: address,
    clientId: '123.456',
    clientSecret,
    encryptionKeys: keys,
    installations: {
      find: async () => undefined,
      save: async (installation) => void saved.push(installation),
      remove: async () => {},
      claimOnce: async (id) => !claimed.has(id) && claimed.add(id) !== undefined,
    },
    homeTeamId: async () => 'THOME',
    refuse: () => (isAllowed ? undefined : { status: 401 }),
    now: () => now,
    log: createLog({ level: 'debug', destination: { write: (line) => void logLines.push(line) } }),
    timeoutMs: 2000,
  });
  return { install, redirect };
}

async function begin(at = routes()) {
  const { status, headers = {} } = await at.install.handle({
    query: '',
    headers: { host: 'evil.example.org' },
  });
  const location = new URL(headers.location ?? 'http://nowhere');
  const cookie = headers['set-cookie'] ?? '';
  return { status, location, cookie, state: location.searchParams.get('state') ?? '' };
}

async function comeBack(query: Record<string, string>, setCookie?: string, at = routes()) {
  const answer = await at.redirect.handle({
    query: new URLSearchParams(query).toString(),
    headers: { cookie: setCookie?.split(';', 1)[0], host: 'evil.example.org' },
  });
  return { ...answer, body: String(answer.body) };
}

describe('being sent to Slack', () => {
  test('asks for the scopes of the manifest and names the public address, whatever the Host header says', async () => {
    const { status, location, cookie } = await begin();
    expect(status).toBe(302);
    expect(location.href).toContain(`${new URL(slack.apiUrl).origin}/oauth/v2/authorize?`);
    expect(Object.fromEntries(location.searchParams)).toMatchObject({
      client_id: '123.456',
      redirect_uri: 'https://returns.example.com/slack/oauth_redirect',
      scope: installScopes.join(','),
    });
    expect(cookie).toMatch(
      /^slack_install=[\w-]{32}; Path=\/slack; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/,
    );
    const manifest = readFileSync(new URL('../../../slack-manifest.json', import.meta.url), 'utf8');
    expect(installScopes).toEqual(JSON.parse(manifest).oauth_config.scopes.bot);
  });

  test('a program without https sets a cookie that browsers send without it', async () => {
    expect((await begin(routes(encryptionKeys, 'http://127.0.0.1:3000'))).cookie).not.toContain('Secure');
  });

  test('happens to nobody who may not bring in workspaces', async () => {
    isAllowed = false;
    expect(await begin()).toMatchObject({ status: 401, cookie: '', state: '' });
  });
});

describe('coming back', () => {
  test('stores the installation, says so, and takes the cookie back', async () => {
    const { state, cookie } = await begin();
    const answer = await comeBack({ state, code: 'one-time' }, cookie);
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('in your workspace now') });
    expect(answer.headers?.['set-cookie']).toContain('slack_install=; Path=/slack; Max-Age=0');
    expect(saved).toEqual([
      { installedIn: 'TAGENCY', botToken: token, botUserId: 'UBOT9', installedBy: 'UANNA' },
    ]);
    expect(slack.callsTo('oauth.v2.access')).toMatchObject([
      {
        client_id: '123.456',
        client_secret: clientSecret,
        code: 'one-time',
        redirect_uri: 'https://returns.example.com/slack/oauth_redirect',
      },
    ]);
  });

  test('an organisation is kept under its own id', async () => {
    slack.answer('oauth.v2.access', () => ({
      access_token: token,
      token_type: 'bot',
      team: null,
      enterprise: { id: 'EBIG' },
      is_enterprise_install: true,
      authed_user: { id: 'UANNA' },
    }));
    const { state, cookie } = await begin();
    await comeBack({ state, code: 'c' }, cookie);
    expect(saved).toMatchObject([{ installedIn: 'EBIG' }]);
  });

  test("the store's own workspace keeps the token of the settings", async () => {
    slack.answer('oauth.v2.access', () => ({
      access_token: token,
      token_type: 'bot',
      team: { id: 'THOME' },
    }));
    const { state, cookie } = await begin();
    expect((await comeBack({ state, code: 'c' }, cookie)).body).toContain('connected already');
    expect(saved).toEqual([]);
  });

  test('a state signed with a key that is being replaced still counts', async () => {
    const { state, cookie } = await begin();
    const rotated = routes([randomBytes(32), ...encryptionKeys]);
    expect((await comeBack({ state, code: 'c' }, cookie, rotated)).status).toBe(200);
  });

  test.each<[string, (begun: { state: string; cookie: string }) => [Record<string, string>, string?]]>([
    ['no state', ({ cookie }) => [{ code: 'c' }, cookie]],
    ['no cookie', ({ state }) => [{ state, code: 'c' }]],
    ["another browser's cookie", ({ state }) => [{ state, code: 'c' }, 'slack_install=AAAA']],
    [
      'a second cookie of the same name',
      ({ state, cookie }) => [{ state, code: 'c' }, `${cookie.split(';', 1)[0]}, slack_install=planted`],
    ],
    [
      'a later end',
      ({ state, cookie }) => [{ state: state.replace(/^\d+/, (n) => `${Number(n) + 1}`), code: 'c' }, cookie],
    ],
    [
      'another signature',
      ({ state, cookie }) => [{ state: state.replace(/[\w-]{43}$/, 'A'.repeat(43)), code: 'c' }, cookie],
    ],
  ])('nothing is exchanged with %s', async (_name, change) => {
    const begun = await begin();
    const answer = await comeBack(...change(begun));
    expect(answer).toMatchObject({ status: 400, body: expect.stringContaining('Begin again') });
    expect(slack.calls).toEqual([]);
    expect(saved).toEqual([]);
  });

  test("nothing is exchanged with the state and cookie of another program's keys", async () => {
    const { state, cookie } = await begin(routes([randomBytes(32)]));
    expect((await comeBack({ state, code: 'c' }, cookie)).status).toBe(400);
    expect(slack.calls).toEqual([]);
  });

  test('a state works once', async () => {
    const { state, cookie } = await begin();
    expect((await comeBack({ state, code: 'c' }, cookie)).status).toBe(200);
    expect((await comeBack({ state, code: 'c2' }, cookie)).status).toBe(400);
    expect(saved).toHaveLength(1);
    expect(slack.callsTo('oauth.v2.access')).toHaveLength(1);
  });

  test('a state works for ten minutes', async () => {
    const first = await begin();
    now = new Date(now.getTime() + 599_000);
    expect((await comeBack({ state: first.state, code: 'c' }, first.cookie)).status).toBe(200);
    const second = await begin();
    now = new Date(now.getTime() + 600_000);
    expect((await comeBack({ state: second.state, code: 'c' }, second.cookie)).status).toBe(400);
  });

  test('somebody who pressed Cancel is told that nothing happened', async () => {
    const { state, cookie } = await begin();
    const answer = await comeBack({ state, error: 'access_denied' }, cookie);
    expect(answer).toMatchObject({ status: 200, body: expect.stringContaining('cancelled') });
    expect(saved).toEqual([]);
  });

  test.each([
    ['refuses the code', () => ({ ok: false, error: 'invalid_code' }), 400],
    [
      'gives a token of a person',
      () => ({ access_token: 'xoxp-1', token_type: 'user', team: { id: 'T9' } }),
      400,
    ],
    ['names no workspace', () => ({ access_token: token, token_type: 'bot', team: null }), 400],
    ['does not answer', () => 'none', 503],
  ])('says what to do when Slack %s, and writes no secret anywhere', async (_name, answer, status) => {
    slack.answer('oauth.v2.access', answer);
    const { state, cookie } = await begin();
    const page = await comeBack({ state, code: 'code-of-one-use' }, cookie);
    expect(page).toMatchObject({ status, body: expect.stringContaining('Begin again') });
    expect(saved).toEqual([]);
    for (const secret of [clientSecret, token, 'code-of-one-use', state, cookie.slice(14, 46)]) {
      expect([...logLines, page.body].join()).not.toContain(secret);
    }
  });

  test('a failure says nothing of the secrets in its error', async () => {
    slack.answer('oauth.v2.access', () => ({ ok: false, error: 'bad_client_secret' }));
    const { exchangeCode } = await import('../../../src/adapters/slack/exchange-code.ts');
    const given = { apiUrl: slack.apiUrl, clientId: '1.2', clientSecret, redirectUri: `${publicUrl}/x` };
    const error: unknown = await exchangeCode(given, 'code-1').catch((failure: unknown) => failure);
    expect(error).toBeInstanceOf(ExternalError);
    expect(`${(error as Error).message} ${JSON.stringify(error)}`).not.toMatch(/client-secret|code-1/);
  });
});
