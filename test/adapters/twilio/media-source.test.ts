import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { mediaAddress, redirectAddress } from '../../../src/adapters/twilio/media-address.ts';
import { createMediaSource, type MediaSourceConfig } from '../../../src/adapters/twilio/media-source.ts';
import { isPublicAddress, publicLookup } from '../../../src/adapters/twilio/public-lookup.ts';

const accountSid = `AC${'1'.repeat(32)}`;
const path = `/2010-04-01/Accounts/${accountSid}/Messages/MM1/Media/ME1`;
const given = `https://api.twilio.com${path}`;
const live = { accountSid, authToken: 'secret', apiUrl: 'https://api.twilio.com' };

type Handle = (request: IncomingMessage, response: ServerResponse) => void;
let handle: Handle = (_, response) => void response.end();
const seen: IncomingMessage[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  handle(request, response);
});
let standIn = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  standIn = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => void seen.splice(0));
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function fetchWith(answer: Handle, config: Partial<MediaSourceConfig> = {}) {
  handle = answer;
  return createMediaSource({ ...live, apiUrl: standIn, ...config }).fetch(given);
}
const redirect =
  (location: string): Handle =>
  (_, response) =>
    void response.writeHead(307, { location }).end();
const foreign = { kind: 'refused', reason: 'foreign-address' };

describe('an attachment', () => {
  it('is asked for at the configured API with our token, and in the store behind it without', async () => {
    const fetched = await fetchWith((request, response) => {
      if (request.url === path) redirect('/store/1?ticket=x')(request, response);
      else response.end('bytes');
    });
    expect(fetched).toEqual({ kind: 'fetched', bytes: Buffer.from('bytes') });
    const authorization = `Basic ${Buffer.from(`${accountSid}:secret`).toString('base64')}`;
    expect(seen.map((request) => [request.url, request.headers.authorization])).toEqual([
      [path, authorization],
      ['/store/1?ticket=x', undefined],
    ]);
  });

  it.each([
    ['another host', `https://evil.example${path}`],
    ['a host that begins like it', `https://api.twilio.com.evil.example${path}`],
    ['another port', `https://api.twilio.com:444${path}`],
    ['no encryption', `http://api.twilio.com${path}`],
    ['a user in front', `https://api.twilio.com@evil.example${path}`],
    ['a password of its own', `https://a:b@api.twilio.com${path}`],
    ['another account', given.replace(accountSid, `AC${'2'.repeat(32)}`)],
    ['something that is no media', given.replace(/\/Messages.*/, '/Messages.json')],
    ['a way out of media', given.replace('/ME1', '/../../../Calls/x')],
    ['a query', `${given}?x=1`],
    ['an address of a cloud', 'http://169.254.169.254/latest/meta-data'],
    ['a file', 'file:///etc/passwd'],
    ['no address', 'listed'],
  ])('at %s is not asked for at all', async (_what, address) => {
    const source = createMediaSource({ ...live, apiUrl: standIn });
    expect(await source.fetch(address)).toEqual(foreign);
    expect(seen).toEqual([]);
  });

  it.each([
    'https://evil.example/1',
    'http://mms.twiliocdn.com/1',
    'https://mms.twiliocdn.com:8443/1',
    'https://mms.twiliocdn.com.evil.example/1',
    'https://user@mms.twiliocdn.com/1',
    'https://s3-external-1.amazonaws.com/somebody-else/1',
    'http://169.254.169.254/latest/meta-data',
    'http://[::1]/',
    'file:///etc/passwd',
    '//evil.example/1',
    '',
  ])('is not followed to %j', async (location) => {
    expect(await fetchWith(redirect(location))).toEqual(foreign);
    expect(seen).toHaveLength(1);
  });

  it('that leads in a circle is given up', async () => {
    expect(await fetchWith(redirect('/again'))).toEqual(foreign);
    expect(seen).toHaveLength(4);
  });

  it('larger than allowed is refused, by what its header says and by what then comes', async () => {
    const sent = async (declare: boolean) =>
      fetchWith(
        (_, response) => {
          if (declare) response.setHeader('content-length', 1001);
          // And never an end: whoever waits for it has no limit.
          response.write(Buffer.alloc(501));
          response.write(Buffer.alloc(500));
        },
        { maxBytes: 1000, timeoutMs: 3_000 },
      );
    expect([await sent(true), await sent(false)]).toEqual([
      { kind: 'refused', reason: 'too-large' },
      { kind: 'refused', reason: 'too-large' },
    ]);
  });

  it('that trickles in is given up after its time, to be asked for again', async () => {
    const trickling = fetchWith((_, response) => void response.write('x'), { timeoutMs: 100 });
    await expect(trickling).rejects.toMatchObject({ service: 'twilio', retryable: true, code: 'timeout' });
  });

  it.each([
    [404, { kind: 'refused', reason: 'gone' }],
    [410, { kind: 'refused', reason: 'gone' }],
  ])('that Twilio answers with %i is gone', async (status, expected) => {
    expect(await fetchWith((_, response) => void response.writeHead(status).end())).toEqual(expected);
  });

  it.each([
    [500, { retryable: true, accessRefused: false }],
    [429, { retryable: true, accessRefused: false }],
    [401, { retryable: false, accessRefused: true }],
  ])('that Twilio answers with %i is asked for again only where that can help', async (status, expected) => {
    const asked = fetchWith((_, response) => void response.writeHead(status).end());
    await expect(asked).rejects.toMatchObject({ service: 'twilio', ...expected });
  });
});

it('an attachment that the store refuses is asked for again: the API then names another address', async () => {
  const asked = fetchWith((request, response) => {
    if (request.url === path) redirect('/store/1')(request, response);
    else response.writeHead(403).end();
  });
  await expect(asked).rejects.toMatchObject({ retryable: true, accessRefused: false, code: 'http_403' });
});

describe('addresses', () => {
  it('of Twilio, its region or a stand-in are asked, always where we are configured', () => {
    expect(mediaAddress(given, live)?.href).toBe(given);
    const region = 'https://api.dublin.ie1.twilio.com';
    expect(mediaAddress(given, { ...live, apiUrl: region })?.href).toBe(region + path);
  });

  it("of Twilio's stores are followed to, and nothing private where the API is Twilio's", () => {
    const from = new URL(given);
    for (const store of [
      'https://mms.twiliocdn.com/a?Expires=1',
      'https://media.twiliocdn.com/a',
      'https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/x',
    ]) {
      expect(redirectAddress(store, from, live)?.href).toBe(store);
    }
    expect(redirectAddress('https://api.twilio.com/elsewhere', from, live)).toBeUndefined();
  });

  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '169.254.169.254',
    '172.31.255.255',
    '192.168.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    '64:ff9b::a9fe:a9fe',
    'fc00::1',
    'fd00:ec2::254',
    'fe80::1',
    'ff02::1',
    '2001:db8::1',
    '2002:7f00:1::',
  ])('such as %s are never connected to', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.32.0.1', '52.216.0.1', '2600:1f18::1', '2a05:d018::1'])(
    'such as %s are',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );

  it('are looked at where they are connected to: a name that means two things gives the public one', async () => {
    const lookup = publicLookup((_, done) =>
      done(null, [
        { address: '169.254.169.254', family: 4 },
        { address: '8.8.8.8', family: 4 },
      ]),
    );
    const answered = Promise.withResolvers<unknown>();
    lookup('mms.twiliocdn.com', { all: true }, (_, addresses) => answered.resolve(addresses));
    expect(await answered.promise).toEqual([{ address: '8.8.8.8', family: 4 }]);
  });

  it("that Twilio's name was made to mean are refused without a connection", async () => {
    const source = createMediaSource({
      ...live,
      resolve: (_, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
    });
    expect(await source.fetch(given)).toEqual(foreign);
  });
});
