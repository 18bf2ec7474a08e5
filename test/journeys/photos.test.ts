import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { SlackMessage } from '../../src/sandbox/workspace-state.ts';
import { jane, type World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';

let world: World;
let photo: Buffer;
beforeAll(async () => {
  world = await openPolicyWorld(
    'rules:\n  - id: broken\n    when: { reason: damaged }\n    then: { photo_required: true }\n',
    '60.00',
  );
  photo = await sharp({ create: { width: 40, height: 30, channels: 3, background: '#a05020' } })
    .jpeg()
    .toBuffer();
});
afterAll(() => world.close());

async function send(from: string, body: string, data = photo, contentType = 'image/jpeg') {
  const before = world.textsTo(from).length;
  await world.sandbox.phones.receiveText({ from, body, media: [{ contentType, data }] });
  await world.settled();
  return world.textsTo(from).slice(before).join('\n');
}

test('a picture without a word is asked about, and belongs to nothing yet', async () => {
  expect(await send('+15550001111', '')).toBe(
    'Thanks for the picture. What is it about? Tell me the order number and what you would like to return, or ask for a person.',
  );
});

test('a policy that wants a photo gets one before anything is quoted, and the return goes on with it', async () => {
  const [asked] = await world.say(
    jane,
    'the blue shirt from order 1001 arrived damaged, I want my money back',
  );
  expect(asked).toMatch(/^For this return I need a photo first\. Please send me one here/);
  // What cannot be opened is no photo.
  expect(await send(jane, '', Buffer.from('\0\0\0\x24ftypheic'), 'image/heic')).toMatch(/^I can't open/);
  const quoted = await send(jane, '');
  expect(quoted).toMatch(/^Thanks for the picture\. .*\$48\.00.*YES/);
  expect(world.refundsOf('#1001')).toEqual([]);
  await world.say(jane, 'yes');
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
});

test('a photo of the return before is none for the next', async () => {
  const [asked] = await world.say(jane, 'the mugs from order 1001 are broken, please refund both');
  expect(asked).toMatch(/^For this return I need a photo first/);
});

test('a photo that comes with the request counts at once', async () => {
  const quoted = await send(jane, 'the chair cushion from 1004 came broken, refund please');
  expect(quoted).toMatch(/^Thanks for the picture\. .*YES/);
});

const filesIn = (channel: string, ts: string) =>
  world.sandbox.workspace.thread(channel, ts).flatMap(({ files = [] }) => files);
async function shownIn(channel: string, ts: string, index: number): Promise<Buffer> {
  const { url } = world.sandbox;
  const answer = await fetch(`${url}/sandbox/files/${filesIn(channel, ts)[index]?.id}`);
  return Buffer.from(await answer.arrayBuffer());
}
const threadOf = (from: string): SlackMessage => {
  const root = world.sandbox.workspace
    .messagesIn('CSUPPORT')
    .find((each) => !each.threadTs && JSON.stringify(each.blocks).includes(`...${from.slice(-4)}`));
  if (!root) throw new Error('No thread was opened.');
  return root;
};

test('whoever takes over sees the pictures, and those that still come', async () => {
  const from = '+15550002222';
  await send(from, 'it came like this');
  await world.say(from, 'I want to talk to a person');
  const { channel, ts } = threadOf(from);
  expect(filesIn(channel, ts)).toMatchObject([{ title: 'A picture from the customer' }]);
  expect((await sharp(await shownIn(channel, ts, 0)).metadata()).format).toBe('jpeg');
  expect(await send(from, 'and from the side')).toBe('');
  expect(filesIn(channel, ts)).toHaveLength(2);
});

test('a picture that Slack does not take is told of in words, and an answer that is lost shows none twice', async () => {
  const from = '+15550003333';
  const { faults } = world.sandbox.workspace;
  await world.say(from, 'I want to talk to a person');
  const { channel, ts } = threadOf(from);
  const remove = faults.add({
    operation: 'files.getUploadURLExternal',
    when: 'before',
    action: { kind: 'status', status: 200, body: '{"ok":false,"error":"missing_scope"}' },
  });
  await send(from, 'look');
  remove();
  expect(filesIn(channel, ts)).toEqual([]);
  const texts = world.sandbox.workspace.thread(channel, ts).map(({ text }) => text);
  expect(texts.join()).toContain('cannot be shown here');

  faults.add({
    operation: 'files.completeUploadExternal',
    when: 'after',
    times: 1,
    action: { kind: 'drop' },
  });
  await send(from, 'look again');
  await expect.poll(() => filesIn(channel, ts).length, { timeout: 20_000 }).toBe(1);
  await world.settled();
  expect(filesIn(channel, ts)).toHaveLength(1);
});

// That of the cushion, which nobody has agreed to, may be of this one too.
test('whoever approves sees the pictures below the card, also one that comes later', async () => {
  await send(jane, 'the walnut desk from 1002 came damaged, refund it please');
  await world.say(jane, 'yes');
  const card = await world.card('#1002');
  expect(JSON.stringify(card.blocks)).toContain('The customer sent 2 pictures: they are in this thread.');
  await expect.poll(() => filesIn(card.channel, card.ts).length, { timeout: 20_000 }).toBe(2);
  expect(await send(jane, '')).toBe('Thanks for the picture. I have added it to your request.');
  expect(filesIn(card.channel, card.ts)).toHaveLength(3);
});

test('the page sends a photo as a phone does, and takes nothing larger than a request may be', async () => {
  const from = '+15550004444';
  const post = (picture: string) =>
    fetch(`${world.sandbox.url}/sandbox/text`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ from, body: '', picture }),
    });
  expect((await post(photo.toString('base64'))).status).toBe(200);
  await world.settled();
  expect(world.textsTo(from)[0]).toMatch(/^Thanks for the picture\./);
  expect((await post('A'.repeat(900_001))).status).toBe(409);
});
