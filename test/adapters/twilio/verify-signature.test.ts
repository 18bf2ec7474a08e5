import { createHash, createHmac } from 'node:crypto';
import { getExpectedTwilioSignature } from 'twilio/lib/webhooks/webhooks.js';
import { describe, expect, it } from 'vitest';
import { isSignedByTwilio, type SignedRequest } from '../../../src/adapters/twilio/verify-signature.ts';

// https://www.twilio.com/docs/usage/security
const published: SignedRequest = {
  publicUrl: 'https://mycompany.com',
  path: '/myapp.php',
  query: 'foo=1&bar=2',
  rawBody: Buffer.from(
    'Digits=1234&To=%2B18005551212&From=%2B14158675310&Caller=%2B14158675310&CallSid=CA1234567890ABCDE',
  ),
  contentType: 'application/x-www-form-urlencoded',
  signature: 'GvWf1cFY/Q7PnoempGyD5oXAezc=',
  authTokens: ['12345'],
};

const plain = { ...published, publicUrl: 'https://returns.example.com', path: '/twilio/messages', query: '' };
const url = 'https://returns.example.com/twilio/messages';
const sign = (address: string, params: Record<string, string | string[]>, token = '12345') =>
  getExpectedTwilioSignature(token, address, params);

describe('isSignedByTwilio', () => {
  it('accepts the published example', () => {
    expect(isSignedByTwilio(published)).toBe(true);
  });

  it('accepts the published older example', () => {
    const params = {
      CallSid: 'CA1234567890ABCDE',
      Caller: '+14158675309',
      Digits: '1234',
      From: '+14158675309',
    };
    const rawBody = Buffer.from(`${new URLSearchParams({ ...params, To: '+18005551212' })}`);
    expect(isSignedByTwilio({ ...published, rawBody, signature: 'RSOYDt4T1cUTdK1PDd93/VVr8B8=' })).toBe(true);
  });

  it.each([
    ['another token', { authTokens: ['12346'] }],
    ['no token', { authTokens: [] }],
    ['an empty token', { authTokens: [''] }],
    ['no signature', { signature: undefined }],
    ['an empty signature', { signature: '' }],
    ['half a signature', { signature: 'GvWf1cFY/Q7PnoempGyD' }],
    ['another scheme', { publicUrl: 'http://mycompany.com' }],
    ['another host', { publicUrl: 'https://evil.example' }],
    ['another path', { path: '/myapp.php/' }],
    ['another query', { query: 'foo=1&bar=3' }],
    ['no query', { query: '' }],
    ['another body', { rawBody: Buffer.from('Digits=12345') }],
    ['a further parameter', { rawBody: Buffer.from(`${published.rawBody}&New=1`) }],
    ['a body of another type', { contentType: 'application/json' }],
    ['no type', { contentType: undefined }],
    ['an address that is none', { publicUrl: 'https://[' }],
  ] satisfies [string, Partial<SignedRequest>][])('refuses the published example with %s', (_, change) => {
    expect(isSignedByTwilio({ ...published, ...change })).toBe(false);
  });

  it('refuses a signature made with an empty token', () => {
    const signature = sign(url, { Body: 'hi' }, '');
    expect(isSignedByTwilio({ ...plain, rawBody: Buffer.from('Body=hi'), signature, authTokens: [''] })).toBe(
      false,
    );
  });

  it('accepts either token while rotating', () => {
    for (const token of ['old', 'new']) {
      const signature = sign(url, { Body: 'hi' }, token);
      const request = { ...plain, rawBody: Buffer.from('Body=hi'), signature };
      expect(isSignedByTwilio({ ...request, authTokens: ['old', 'new'] })).toBe(true);
      expect(isSignedByTwilio({ ...request, authTokens: ['other'] })).toBe(false);
    }
  });

  it('covers parameters nobody has heard of', () => {
    const signature = sign(url, { Body: 'hi', Unheard_Of: 'x' });
    expect(isSignedByTwilio({ ...plain, rawBody: Buffer.from('Unheard_Of=x&Body=hi'), signature })).toBe(
      true,
    );
    expect(isSignedByTwilio({ ...plain, rawBody: Buffer.from('Body=hi'), signature })).toBe(false);
  });

  it('takes repeated parameters as Twilio does: distinct values in order', () => {
    const signature = sign(url, { MediaUrl: ['b', 'a', 'b'] });
    expect(
      isSignedByTwilio({ ...plain, rawBody: Buffer.from('MediaUrl=b&MediaUrl=a&MediaUrl=b'), signature }),
    ).toBe(true);
    expect(isSignedByTwilio({ ...plain, rawBody: Buffer.from('MediaUrl=b'), signature })).toBe(false);
  });

  it('is not misled by parameters named like parts of an object', () => {
    const params: Record<string, string> = Object.create(null);
    Object.assign(params, { constructor: 'a' });
    Object.defineProperty(params, '__proto__', { value: 'b', enumerable: true });
    const rawBody = Buffer.from('__proto__=b&constructor=a');
    expect(isSignedByTwilio({ ...plain, rawBody, signature: sign(url, params) })).toBe(true);
  });

  it('accepts the address with and without the default port', () => {
    for (const address of [url, 'https://returns.example.com:443/twilio/messages']) {
      for (const publicUrl of ['https://returns.example.com', 'https://returns.example.com:443/']) {
        const request = { ...plain, publicUrl, rawBody: Buffer.from('Body=hi') };
        expect(isSignedByTwilio({ ...request, signature: sign(address, { Body: 'hi' }) })).toBe(true);
      }
    }
  });

  it('keeps a path in front of ours and a quote in the query', () => {
    const address = "https://example.com/hooks/twilio/messages?store=joe's";
    const request = {
      ...plain,
      publicUrl: 'https://example.com/hooks/',
      query: "?store=joe's",
      rawBody: Buffer.from('Body=hi'),
      signature: sign(address, { Body: 'hi' }),
    };
    expect(isSignedByTwilio(request)).toBe(true);
  });

  it('does not sign the connection overrides after the #', () => {
    const signature = sign(`${url}#rc=5&rp=all`, { Body: 'hi' });
    expect(isSignedByTwilio({ ...plain, rawBody: Buffer.from('Body=hi'), signature })).toBe(false);
  });

  it('reads plus signs and percent signs as a form does', () => {
    const signature = sign(url, { Body: 'a b+c 100% é 👍' });
    const rawBody = Buffer.from('Body=a+b%2Bc+100%25+%C3%A9+%F0%9F%91%8D');
    expect(isSignedByTwilio({ ...plain, rawBody, signature })).toBe(true);
  });

  it('accepts bytes that are no UTF-8, signed as bytes or as the text they were read as', () => {
    const rawBody = Buffer.from('From=%2B15551230001&Body=caf%E9');
    const overBytes = createHmac('sha1', '12345')
      .update(
        Buffer.concat([Buffer.from(`${url}Bodycaf`), Buffer.from([0xe9]), Buffer.from('From+15551230001')]),
      )
      .digest('base64');
    expect(isSignedByTwilio({ ...plain, rawBody, signature: overBytes })).toBe(true);
    const overText = sign(url, { Body: 'caf\ufffd', From: '+15551230001' });
    expect(isSignedByTwilio({ ...plain, rawBody, signature: overText })).toBe(true);
    const other = Buffer.from('From=%2B15551230001&Body=caf%E8');
    expect(isSignedByTwilio({ ...plain, rawBody: other, signature: overBytes })).toBe(false);
  });

  it('verifies a JSON body by the digest its signed address carries', () => {
    const rawBody = Buffer.from('{"a":"é"}');
    const digest = createHash('sha256').update(rawBody).digest('hex');
    const signature = sign(`${url}?bodySHA256=${digest}`, {});
    const request = {
      ...plain,
      contentType: 'application/json',
      query: `bodySHA256=${digest}`,
      rawBody,
      signature,
    };
    expect(isSignedByTwilio(request)).toBe(true);
    expect(isSignedByTwilio({ ...request, rawBody: Buffer.from('{"a":"e"}') })).toBe(false);
    expect(isSignedByTwilio({ ...request, query: '', signature: sign(url, {}) })).toBe(false);
    expect(isSignedByTwilio({ ...request, query: `bodySHA256=${'0'.repeat(64)}` })).toBe(false);
  });
});
