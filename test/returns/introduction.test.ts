import { expect, test } from 'vitest';
import { introduce, introductionRoom } from '../../src/returns/introduction.ts';
import { splitText } from '../../src/returns/split-text.ts';

const shop = 'Birch & Loom';
const inSms = { withStopHint: true };

test('says who writes first, and last how to opt out', () => {
  expect(introduce(['Hello.'], shop, inSms)).toEqual(['Birch & Loom: Hello. Reply STOP to opt out.']);
  expect(introduce(['One.', 'Two.', 'Three.'], shop, inSms)).toEqual([
    'Birch & Loom: One.',
    'Two.',
    'Three. Reply STOP to opt out.',
  ]);
});

test('says on WhatsApp only who writes', () => {
  expect(introduce(['Hello.'], shop, { withStopHint: false })).toEqual(['Birch & Loom: Hello.']);
});

test('does not say again what the text says', () => {
  const help = 'Birch & Loom returns: … Reply STOP to get no more messages.';
  expect(introduce([help], shop, inSms)).toEqual([help]);
});

/** How many an SMS becomes: 160 letters of GSM 03.38 or 70 of Unicode, and a few less where there are several. */
function segments(text: string): number {
  const isGsm = /^[\n\w @£$¥èéùìòÇØøÅåÆæßÉ!"#¤%&'()*+,./:;<=>?¡ÄÖÑÜ§¿äöñüà-]*$/.test(text);
  const [one, each] = isGsm ? [160, 153] : [70, 67];
  return text.length <= one ? 1 : Math.ceil(text.length / each);
}

test.each([
  ['in plain letters', 'a'.repeat(160)],
  ['in Unicode', '好'.repeat(70)],
])('makes at most two of a text %s that was one', (_, text) => {
  expect(segments(text)).toBe(1);
  for (const name of [shop, 'Birch’s – Loom', 'A shop with a very long name '.repeat(10)]) {
    expect(segments(introduce([text], name, inSms).join())).toBeLessThanOrEqual(2);
  }
});

test.each([1, 159, 1480, 1481, 1600, 4000])(
  'fits into a text with what a text of %i characters leaves free',
  (length) => {
    const parts = splitText('a'.repeat(length), 1600 - introductionRoom);
    for (const part of introduce(parts, 'A shop with a very long name '.repeat(10), inSms)) {
      expect(part.length).toBeLessThanOrEqual(1600);
    }
  },
);
