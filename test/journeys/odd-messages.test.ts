import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Attachment } from '../../src/sandbox/phone-network-media.ts';
import { openWorld, type World } from '../support/open-world.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

const notUnderstood = /^Sorry, I didn't understand that\. Tell me the order number/;
const unopened = /^I can't open what you sent; I can look at photos/;
const shared =
  /^(?:I can't use a location or a contact here|Sorry, I didn't understand|To look up the order)/;
const file = (contentType: string, data: Buffer): Attachment => ({ contentType, data });
const chainLetter = `FORWARDED MANY TIMES!! ${'Send this to 10 friends or you will have bad luck for 7 years. '.repeat(20)}https://evil.example/win`;

let numbers = 0;
async function send(body: string, ...media: readonly Attachment[]) {
  const from = `+1555620${String(++numbers).padStart(4, '0')}`;
  const { status, messageSid } = await world.sandbox.phones.receiveText({ from, body, media });
  await world.settled();
  return { status, messageSid, answers: world.textsTo(from) };
}

test.each<[string, string, readonly Attachment[], RegExp]>([
  ['an empty message', '', [], notUnderstood],
  ['only spaces and what cannot be seen', ' \u200B\u2060 \n', [], notUnderstood],
  ['only emoji', '📦😡🤷🏽‍♀️', [], notUnderstood],
  ['only a full stop', '.', [], notUnderstood],
  ['10,000 characters', 'lorem ipsum '.repeat(834), [], notUnderstood],
  ['10,000 times the same letter', 'a'.repeat(10_000), [], notUnderstood],
  [
    'a forwarded chain letter',
    chainLetter,
    [],
    /^(?:Sorry, I didn't understand|To look up the order I need)/,
  ],
  ['another script', '我想退货，订单号码一千零一', [], notUnderstood],
  ['a script from right to left', 'أريد إرجاع القميص', [], notUnderstood],
  ['a voice note, with nobody to write it down', '', [voice()], /^I can't listen to voice notes here/],
  ['a voice note of no length', '', [file('audio/ogg', Buffer.alloc(0))], unopened],
  ['a video', '', [file('video/mp4', Buffer.from('\0\0\0\x20ftypisom'))], unopened],
  [
    'an executable called a picture',
    '',
    [file('image/jpeg', Buffer.from(`MZ\x90\0${'x'.repeat(500)}`))],
    unopened,
  ],
  [
    'a page called a picture',
    '',
    [file('image/png', Buffer.from('<svg onload="alert(1)"></svg>'))],
    unopened,
  ],
  ['a contact card', '', [file('text/vcard', Buffer.from('BEGIN:VCARD\nEND:VCARD'))], shared],
])('%s gets one sensible answer', async (_what, body, media, answer) => {
  const { status, answers } = await send(body, ...media);
  expect([status, answers.length]).toEqual([200, 1]);
  expect(answers[0]).toMatch(answer);
});

test('a video of 40 megabytes is not read beyond the limit, and is answered', async () => {
  const { answers, messageSid } = await send('', file('video/mp4', Buffer.alloc(40 * 1024 * 1024, 1)));
  expect(answers).toHaveLength(1);
  expect(answers[0]).toMatch(unopened);
  const rows = await world.db.execute(sql`
    select media.reason, media.bytes from media join inbox using (conversation_id)
    where provider_message_id = ${messageSid}`);
  expect(rows).toEqual([{ reason: 'too-large', bytes: null }]);
});

test('what cannot be understood twice reaches a person, files too', async () => {
  const from = '+15556209999';
  const exe = file('image/jpeg', Buffer.from('MZ\x90\0'));
  for (const _ of [1, 2, 3]) {
    await world.sandbox.phones.receiveText({ from, body: '', media: [exe] });
    await world.settled();
  }
  expect(world.textsTo(from).at(-1)).not.toMatch(unopened);
  const [conversation] = await world.db.execute<{ owner: string }>(sql`
    select owner from conversations join senders on senders.id = sender_id where address = ${from}`);
  expect(conversation?.owner).toBe('person');
});

test('none of it broke anything', () => {
  const broken = world.logLines.filter((line) => /"level":"(?:error|fatal)"/.test(line));
  expect(broken).toEqual([]);
});

function voice(): Attachment {
  return file('audio/ogg', Buffer.from('OggS\0 OpusHead silence'));
}
