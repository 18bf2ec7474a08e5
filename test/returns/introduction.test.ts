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

test.each([1, 159, 1480, 1481, 1600, 4000])(
  'fits into a text with what a text of %i characters leaves free',
  (length) => {
    const parts = splitText('a'.repeat(length), 1600 - introductionRoom);
    for (const part of introduce(parts, 'A shop with a very long name '.repeat(10), inSms)) {
      expect(part.length).toBeLessThanOrEqual(1600);
    }
  },
);
