import { describe, expect, test } from 'vitest';
import { createAdminPageGate } from '../../src/http/admin-page-gate.ts';
import type { HttpRequest } from '../../src/http/route.ts';

const publicUrl = 'http://127.0.0.1:3000';
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;

function request(headers: HttpRequest['headers'] = {}): HttpRequest {
  return {
    method: 'GET',
    path: '/',
    query: '',
    params: {},
    headers,
    rawBody: Buffer.alloc(0),
    remoteAddress: '::1',
  };
}

describe('a page for administrators', () => {
  const refuse = createAdminPageGate({ adminToken: 's3cret', host: '127.0.0.1', publicUrl });

  test('opens with the token as a password, whoever one says to be, or as a bearer token', () => {
    for (const authorization of [basic('admin:s3cret'), basic(':s3cret'), 'Bearer s3cret']) {
      expect(refuse(request({ authorization })), authorization).toBeUndefined();
    }
  });

  test('asks the browser for the password otherwise', () => {
    for (const authorization of [
      undefined,
      basic('s3cret:x'),
      basic('admin:s3cret2'),
      basic('a:'),
      'Basic ?',
    ]) {
      expect(refuse(request({ authorization })), authorization).toMatchObject({
        status: 401,
        headers: { 'www-authenticate': expect.stringContaining('Basic realm=') },
      });
    }
  });

  test('is closed without a token where the world comes in, though the proxy does not say it is one', () => {
    const behindProxy = {
      adminToken: undefined,
      host: '127.0.0.1',
      publicUrl: 'https://returns.example.com',
    };
    expect(createAdminPageGate(behindProxy)(request())).toMatchObject({ status: 401 });
    const opened = createAdminPageGate({ ...behindProxy, adminToken: 's3cret' });
    expect(opened(request({ authorization: basic('admin:s3cret') }))).toBeUndefined();
  });

  test('is closed without a token, except on this machine', () => {
    const open = createAdminPageGate({ adminToken: undefined, host: '127.0.0.1', publicUrl });
    expect(open(request())).toBeUndefined();
    expect(open(request({ 'x-forwarded-for': '203.0.113.9' }))).toMatchObject({ status: 401 });
    const closed = createAdminPageGate({ adminToken: undefined, host: '0.0.0.0', publicUrl });
    expect(closed(request({ authorization: basic('admin:') }))).toMatchObject({
      status: 401,
      body: expect.stringContaining('set ADMIN_TOKEN'),
    });
  });
});
