import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { jane, type World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';

let world: World;
let photo: Buffer;
beforeAll(async () => {
  world = await openPolicyWorld(
    'rules:\n  - id: broken\n    when: { reason: damaged }\n    then: { photo_required: true }\n',
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
