import { createHash } from 'node:crypto';
import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConversationId, MediaId } from '../../src/returns/ids.ts';
import { eraseMedia, mediaOf, readMedia } from '../../src/storage/media.ts';
import { openWorld, type World } from '../support/open-world.ts';

let world: World;
let photo: Buffer;
beforeAll(async () => {
  world = await openWorld();
  photo = await sharp({ create: { width: 64, height: 48, channels: 3, background: '#a05020' } })
    .withExif({ IFD0: { Copyright: 'Jane Secret' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => world.close());

let numbers = 0;
const newNumber = () => `+1555610${String(++numbers).padStart(4, '0')}`;

type Attached = { readonly contentType: string; readonly data: Buffer };
async function send(from: string, media: readonly Attached[], body = 'it came broken') {
  const answer = await world.sandbox.phones.receiveText({ from, body, media });
  await world.settled();
  return answer;
}
async function messageOf(sid: string) {
  const [row] = await world.db.execute<{ id: string; conversation: ConversationId; store: string }>(sql`
    select messages.id, conversation_id as conversation, messages.store from messages join inbox using (conversation_id)
    where provider_message_id = ${sid} and author = 'customer' order by seq limit 1`);
  if (!row) throw new Error('The message was not stored.');
  return row;
}
const factsOf = async (sid: string) => mediaOf(world.db, [(await messageOf(sid)).id]);

test('pictures of a text are fetched with our token, made anew, and kept in their order', async () => {
  const { messageSid } = await send(newNumber(), [
    { contentType: 'image/jpeg', data: photo },
    { contentType: 'image/heic', data: Buffer.from('\0\0\0\x24ftypheic') },
    { contentType: 'audio/amr', data: Buffer.from('#!AMR\nhello') },
  ]);
  const facts = await factsOf(messageSid);
  expect(facts).toMatchObject([
    { state: 'stored', kind: 'picture', contentType: 'image/jpeg', width: 64, height: 48 },
    { state: 'refused', kind: null, reason: 'unsupported-type', bytes: null },
    { state: 'stored', kind: 'voice', contentType: 'audio/amr', bytes: 11 },
  ]);
  const [picture, heic] = facts;
  const kept = await readMedia(world.db, picture?.id as MediaId);
  expect(kept?.contentType).toBe('image/jpeg');
  expect(kept?.data.includes('Secret')).toBe(false);
  const [row] = await world.db.execute<{ sha256: string; source: string | null }>(
    sql`select sha256, source from media where id = ${String(picture?.id)}`,
  );
  expect(row).toEqual({
    sha256: createHash('sha256')
      .update(kept?.data ?? '')
      .digest('hex'),
    source: null,
  });
  expect(await readMedia(world.db, heic?.id as MediaId)).toBeUndefined();
});

test('a text that is delivered again brings nothing again', async () => {
  const { messageSid } = await send(newNumber(), [{ contentType: 'image/jpeg', data: photo }]);
  await world.sandbox.phones.redeliver(messageSid);
  await world.settled();
  const [count] = await world.db.execute(
    sql`select count(*) from media where conversation_id = ${(await messageOf(messageSid)).conversation}`,
  );
  expect(count).toEqual({ count: '1' });
});

test('the webhook is answered and the customer too while Twilio does not give the picture away yet', async () => {
  const remove = world.sandbox.phones.faults.add({
    operation: 'media.fetch',
    when: 'before',
    times: 2,
    action: { kind: 'status', status: 503 },
  });
  const from = newNumber();
  const { status, messageSid } = await send(
    from,
    [{ contentType: 'image/jpeg', data: photo }],
    'return policy?',
  );
  remove();
  expect([status, world.textsTo(from).length]).toEqual([200, 1]);
  await expect.poll(async () => (await factsOf(messageSid))[0]?.state, { timeout: 20_000 }).toBe('stored');
});

test('what somebody who opted out attaches is not fetched', async () => {
  const from = newNumber();
  await world.say(from, 'stop');
  const { messageSid } = await send(from, [{ contentType: 'image/jpeg', data: photo }], '');
  expect(await factsOf(messageSid)).toEqual([]);
});

test('an address that is not of our account is refused without a request', async () => {
  const { messageSid } = await world.sandbox.phones.receiveText({
    from: newNumber(),
    body: 'look',
    extra: {
      NumMedia: '1',
      MediaUrl0: 'http://169.254.169.254/latest/meta-data',
      MediaContentType0: 'image/png',
    },
  });
  await world.settled();
  expect(await factsOf(messageSid)).toMatchObject([{ state: 'refused', reason: 'foreign-address' }]);
});

test('erasing leaves that there was something, and nothing of it, even if it is still to come', async () => {
  const { messageSid } = await send(newNumber(), [{ contentType: 'image/jpeg', data: photo }]);
  const { conversation, store } = await messageOf(messageSid);
  const [before] = await factsOf(messageSid);
  expect(await eraseMedia(world.db, { store, before: new Date('2020-01-01') })).toBe(0);
  expect(await eraseMedia(world.db, { store, conversationIds: [conversation] })).toBe(1);
  expect(await eraseMedia(world.db, { store, conversationIds: [conversation] })).toBe(0);
  expect(await readMedia(world.db, before?.id as MediaId)).toBeUndefined();
  expect(await world.db.execute(sql`select * from media where id = ${String(before?.id)}`)).toMatchObject([
    { state: 'erased', data: null, source: null, sha256: null, width: null, bytes: null },
  ]);
});

test('no log line says where pictures are kept or who sent them', () => {
  const lines = world.logLines.join('');
  for (const told of ['/Media/', '+1555610', 'twiliocdn', 'Secret']) expect(lines).not.toContain(told);
});
