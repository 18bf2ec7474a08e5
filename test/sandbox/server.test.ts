import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { WebClient } from '@slack/web-api';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import { listenAsProgram } from './listening-program.ts';

let app: Awaited<ReturnType<typeof listenAsProgram>>;
let dataDir: string;
let sandbox: Sandbox;

beforeEach(async () => {
  app = await listenAsProgram(() => '<Response/>');
  dataDir = mkdtempSync(join(tmpdir(), 'sandbox-'));
  sandbox = await startSandbox({ slackEchoesPosts: false, appUrl: app.url, dataDir });
});
afterEach(async () => {
  await sandbox.close();
  app.close();
  rmSync(dataDir, { recursive: true });
});

const customer = '+15551230001';
type State = { readonly orders: readonly { readonly name: string }[]; readonly texts: readonly unknown[] };
const readState = async () => (await (await fetch(`${sandbox.url}/sandbox/state`)).json()) as State;

function post(path: string, body: unknown, headers: Record<string, string> = {}) {
  return fetch(sandbox.url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
}

function clients() {
  const { twilio: keys, slack } = sandbox.credentials;
  const phone = twilio(keys.accountSid, keys.authToken);
  phone.api.baseUrl = keys.apiUrl;
  return { phone, slack: new WebClient(slack.botToken, { slackApiUrl: slack.apiUrl }) };
}

describe('the sandbox', () => {
  it('answers as Shopify, Twilio and Slack under one address', async () => {
    const { shopify, twilio: keys, slack: workspace } = sandbox.credentials;
    const { phone, slack } = clients();
    const shop = await fetch(`${shopify.apiUrl}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': shopify.adminToken },
      body: JSON.stringify({ query: '{ orders(first: 1) { nodes { name } } }' }),
    });
    expect(await shop.json()).toMatchObject({ data: { orders: { nodes: [{ name: expect.any(String) }] } } });
    expect(await phone.messages.create({ to: customer, from: keys.smsFrom, body: 'Hi' })).toMatchObject({
      status: 'queued',
    });
    const posted = await slack.chat.postMessage({ channel: workspace.approvalsChannel, text: 'Hi' });
    expect(posted.ok).toBe(true);
  });

  it('keeps everything over a restart: address, keys, texts, messages and orders', async () => {
    const { phone, slack } = clients();
    await sandbox.phones.receiveText({ from: customer, body: 'STOP' });
    const { ts = '' } = await slack.chat.postMessage({ channel: 'CAPPROVALS', text: 'Before' });
    const before = { ...(await readState()), url: sandbox.url, credentials: sandbox.credentials };
    await sandbox.close();
    sandbox = await startSandbox({ slackEchoesPosts: false, appUrl: app.url, dataDir });
    // The client's kept-alive connection to the first server may still look open to it.
    const after = await vi.waitFor(readState);
    expect({ ...after, url: sandbox.url, credentials: sandbox.credentials }).toEqual(before);
    await slack.chat.update({ channel: 'CAPPROVALS', ts, text: 'After' });
    expect(sandbox.workspace.messagesIn('CAPPROVALS')).toMatchObject([{ text: 'After' }]);
    const send = phone.messages.create({
      to: customer,
      from: sandbox.credentials.twilio.smsFrom,
      body: 'Hi',
    });
    await expect(send).rejects.toMatchObject({ code: 21610 });
  });

  it('takes another port when the one of last time is in use', async () => {
    const taken = sandbox.url;
    const second = await startSandbox({ slackEchoesPosts: false, appUrl: app.url, dataDir });
    expect(second.url).not.toBe(taken);
    await second.close();
  });

  it('finishes a delivery that the end of the process interrupted', async () => {
    const sent = await clients().phone.messages.create({
      to: customer,
      from: sandbox.credentials.twilio.smsFrom,
      body: 'Hi',
    });
    await sandbox.close();
    const file = join(dataDir, 'phones.json');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('"delivered"', '"queued"'));
    sandbox = await startSandbox({ slackEchoesPosts: false, appUrl: app.url, dataDir });
    await sandbox.phones.settled();
    expect(sandbox.phones.messages()).toMatchObject([{ sid: sent.sid, status: 'delivered' }]);
  });
});

describe('the sandbox page’s requests', () => {
  it('text the program as a customer and show the text', async () => {
    const answer = await post('/sandbox/text', { from: customer, body: 'I want to return my mug' });
    expect(await answer.json()).toMatchObject({ status: 200 });
    expect(new URLSearchParams(app.calls[0]?.body).get('Body')).toBe('I want to return my mug');
    expect((await readState()).texts).toMatchObject([{ from: customer, direction: 'inbound' }]);
  });

  it('click a button of a card', async () => {
    const { ts = '' } = await clients().slack.chat.postMessage({
      channel: 'CAPPROVALS',
      text: 'A card',
      blocks: [
        {
          type: 'actions',
          elements: [{ type: 'button', action_id: 'approve', text: { type: 'plain_text', text: 'Approve' } }],
        },
      ],
    });
    const click = { user: 'UMAYA0001', channel: 'CAPPROVALS', ts, actionId: 'approve' };
    expect((await post('/sandbox/click', click)).status).toBe(200);
    expect(app.calls).toHaveLength(1);
    const wrong = await post('/sandbox/click', { ...click, actionId: 'other' });
    expect(wrong.status).toBe(409);
    expect(app.calls).toHaveLength(1);
  });

  it('are told that something changed', async () => {
    const stop = new AbortController();
    const events = await fetch(`${sandbox.url}/sandbox/events`, { signal: stop.signal });
    const reader = events.body?.pipeThrough(new TextDecoderStream()).getReader();
    expect((await reader?.read())?.value).toContain('retry');
    await sandbox.phones.receiveText({ from: customer, body: 'hello' });
    expect((await reader?.read())?.value).toBe('data: changed\n\n');
    stop.abort();
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }],
    ['another program of this machine', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin', { origin: 'null' }],
  ])('are refused from %s', async (_, headers) => {
    expect((await post('/sandbox/text', { from: customer, body: 'x' }, headers)).status).toBe(403);
    expect(app.calls).toEqual([]);
  });

  it('are refused under a name that was made to point here', async () => {
    const { port } = new URL(sandbox.url);
    const status = await new Promise((resolve, reject) => {
      const call = request({ port, path: '/sandbox/state', headers: { host: `evil.example:${port}` } });
      call.on('response', (response) => void text(response).then(() => resolve(response.statusCode)));
      call.on('error', reject).end();
    });
    expect(status).toBe(403);
  });

  it('must be JSON, which a form on another site cannot send', async () => {
    const form = { 'content-type': 'text/plain' };
    expect((await post('/sandbox/text', { from: customer, body: 'x' }, form)).status).toBe(415);
  });

  it('are refused with a reason when they make no sense', async () => {
    const answer = await post('/sandbox/text', { from: 'me', body: 'x' });
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ error: 'from must look like +15551230001' });
  });

  it('find a page that runs no inline code and calls no other host', async () => {
    const page = await fetch(sandbox.url);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const html = await page.text();
    expect(html).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=|style=|https?:/);
    const files = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path);
    for (const path of files) expect((await fetch(`${sandbox.url}${path}`)).status).toBe(200);
  });
});
