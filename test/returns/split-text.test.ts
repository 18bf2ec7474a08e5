import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitText } from '../../src/returns/split-text.ts';

const withoutSpace = (text: string) => text.replace(/\s+/g, '');

describe('splitText', () => {
  it('leaves a text that fits alone', () => {
    expect(splitText('Your refund of $24.00 is on its way.')).toEqual([
      'Your refund of $24.00 is on its way.',
    ]);
  });

  it('has no parts for blank text', () => {
    expect(splitText(' \n ')).toEqual([]);
  });

  it('cuts at 1,600 characters and not before', () => {
    expect(splitText('a'.repeat(1600))).toHaveLength(1);
    expect(splitText('a'.repeat(1601)).map((part) => part.length)).toEqual([1600, 1]);
  });

  it('cuts at the last sentence end that fits', () => {
    expect(splitText('It costs $24.00 to you. Send it back. We wait for the parcel.', 40)).toEqual([
      'It costs $24.00 to you. Send it back.',
      'We wait for the parcel.',
    ]);
  });

  it('does not count the space after a sentence', () => {
    expect(splitText('Ten chars. Then more of it.', 10)).toEqual(['Ten chars.', 'Then more', 'of it.']);
  });

  it('treats a line break as a sentence end', () => {
    expect(splitText('first line\nsecond line', 15)).toEqual(['first line', 'second line']);
  });

  it('cuts between words where a sentence is too long', () => {
    expect(splitText('one two three four five six', 13)).toEqual(['one two three', 'four five six']);
  });

  it('never cuts inside an emoji family, a flag or an accented letter', () => {
    const family = '👨‍👩‍👧‍👦';
    expect(splitText(family.repeat(3), 25)).toEqual([family + family, family]);
    expect(splitText('🇩🇪'.repeat(3), 6)).toEqual(['🇩🇪', '🇩🇪', '🇩🇪']);
    expect(splitText('e\u0301'.repeat(3), 3)).toEqual(['e\u0301', 'e\u0301', 'e\u0301']);
  });

  it('gets through a letter with more marks than fit', () => {
    const marked = `a${'\u0301'.repeat(50)}`;
    expect(splitText(marked, 10).join('')).toBe(marked);
  });

  it('loses nothing, keeps to the limit and breaks no character, whatever the text', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 400 }),
      fc
        .array(fc.constantFrom('word ', 'end. ', '\n', '👍🏽', '$24.00 ', 'x'.repeat(30)), { maxLength: 60 })
        .map((all) => all.join('')),
    );
    fc.assert(
      fc.property(texts, fc.integer({ min: 2, max: 60 }), (text, limit) => {
        const parts = splitText(text, limit);
        expect(withoutSpace(parts.join(''))).toBe(withoutSpace(text));
        for (const part of parts) {
          expect(part.length).toBeGreaterThan(0);
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.isWellFormed()).toBe(true);
        }
      }),
    );
  });
});
