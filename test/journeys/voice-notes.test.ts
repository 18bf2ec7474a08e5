import { sql } from 'drizzle-orm';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import type { Attachment } from '../../src/sandbox/phone-network-media.ts';
import { jane } from '../support/open-world.ts';
import { factsIn, lastResult } from '../support/read-scripted-request.ts';
import {
  call,
  openScriptedWorld,
  quoteLine,
  type ScriptedWorld,
  sayResult,
} from '../support/scripted-world.ts';

let world: ScriptedWorld;
beforeAll(async () => {
  world = await openScriptedWorld();
});
afterEach(() => world.model.assertDone());
afterAll(() => world.close());

const voice: Attachment = { contentType: 'audio/ogg', data: Buffer.from('OggS\0 OpusHead voice') };

async function send(from: string, body: string, ...media: readonly Attachment[]) {
  const before = world.textsTo(from).length;
  await world.sandbox.phones.receiveText({ from, body, media });
  await world.settled();
  return world.textsTo(from).slice(before);
}
const lastInput = () => world.model.requests.at(-1)?.body.input;
const asked = () => JSON.stringify(world.model.requests.at(-1)?.body.input);

test('what is said is answered like what is written, and a yes that was only said moves nothing', async () => {
  world.model.hear('I want to return the blue shirt from order 1001, my mail is jane@example.com');
  world.model.add(...quoteLine('1001', 'Blue Oxford Shirt'));
  expect((await send(jane, '', voice)).join()).toContain('$48.00');
  expect(asked()).toContain('I want to return the blue shirt from order 1001, my mail is [e-mail]');
  expect(asked()).toContain('(from a voice note, written down by a program)');
  const [row] = await world.db.execute<{ text: string; spoken: boolean; emails: string | null }>(
    sql`select text, spoken, emails from messages where spoken order by seq desc limit 1`,
  );
  expect(row).toEqual({
    text: '(voice note) I want to return the blue shirt from order 1001, my mail is [e-mail]',
    spoken: true,
    emails: null,
  });

  world.model.hear('Yes.');
  world.model.add(
    (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    (request) => {
      expect(lastResult(request).status).toBe('not_confirmed');
      return sayResult(request);
    },
  );
  expect((await send(jane, '', voice)).join()).toContain('Reply YES to go ahead');
  expect(world.refundsOf('#1001')).toEqual([]);

  world.model.add(
    (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    sayResult,
  );
  await world.say(jane, 'yes');
  expect(world.refundsOf('#1001')).toMatchObject([{ amount: 4800 }]);
});

test('a written yes with a voice note beside it is none before anybody asked about the rest', async () => {
  world.model.add(...quoteLine('1004', 'Chair Cushion'));
  await world.say(jane, 'return the cushion from 1004');
  world.model.hear('but keep one of them');
  world.model.add(
    (request) => call('submit_return', { quote_id: factsIn(request).open_quotes[0]?.quote_id }),
    sayResult,
  );
  expect((await send(jane, 'yes', voice)).join()).toContain('Just to be sure');
  expect(world.refundsOf('#1004')).toEqual([]);
});

test('a voice note in which nobody speaks is no message, and the model is told so', async () => {
  world.model.hear('...');
  world.model.add({ text: 'I could not hear anything. Please write to me.' });
  expect(await send('+15550004444', '', voice)).toEqual(['I could not hear anything. Please write to me.']);
  expect(lastInput().at(-1).content).toBe('(with a voice note that nobody could write down)');
});

test('whoever says STOP is heard, and gets no answer', async () => {
  world.model.hear('Stop texting me!');
  expect(await send('+15550005555', '', voice)).toEqual([]);
  const [sender] = await world.db.execute<{ out: boolean }>(
    sql`select opted_out_at is not null as out from senders where address = '+15550005555'`,
  );
  expect(sender).toEqual({ out: true });
});

test('whoever has the conversation reads what was said, and a threat in it reaches a person', async () => {
  const from = '+15550006666';
  world.model.hear('my lawyer will sue you', 'and one more thing');
  await send(from, '', voice);
  await send(from, '', voice);
  const thread = JSON.stringify(world.sandbox.workspace.messagesIn('CSUPPORT'));
  expect(thread).toContain('threatens legal action');
  expect(thread).toContain('(voice note) and one more thing');
});

test('the model sees a picture small, in the text it came with, and the newest three only', async () => {
  const big = await sharp({ create: { width: 1000, height: 750, channels: 3, background: '#a05020' } })
    .png()
    .toBuffer();
  const from = '+15550007777';
  const picture = { contentType: 'image/png', data: big };
  world.model.add({ text: 'I see a picture. What is it about?' }, { text: 'And now?' });
  await send(from, 'look at this', picture, picture, picture, picture);
  const { content } = lastInput().at(-1);
  const seen = content.filter(({ type }: { type: string }) => type === 'input_image');
  expect(seen).toHaveLength(3);
  const [, base64 = ''] = String(seen[0].image_url).split('data:image/jpeg;base64,');
  expect(await sharp(Buffer.from(base64, 'base64')).metadata()).toMatchObject({
    format: 'jpeg',
    width: 768,
    height: 576,
  });
  expect(content[0].text).toContain('(with a picture that you do not see)');
  await send(from, 'hello?');
  expect(asked().match(/input_image/g)).toHaveLength(3);
});

test('no log line holds what was said', () => {
  const lines = world.logLines.join('');
  for (const told of ['blue shirt', 'lawyer', 'base64', 'jane@']) expect(lines).not.toContain(told);
});
