import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  escapeMrkdwn,
  escapeMrkdwnInParts,
  inertCell,
  mrkdwnDate,
  mrkdwnLink,
  plainLine,
} from '../../../src/adapters/slack/mrkdwn.ts';

/** Any text, mixed with what has a meaning in Slack or plays with the eye. */
const tricks = [
  '<!channel>',
  '<@U1>',
  '<https://a.b|c>',
  '&lt;',
  '*b*',
  '_i_',
  '~s~',
  '`c`',
  '@here',
  ':ok:',
];
const unseen = ['\u202e', '\u200b', '\u0000', '\n', '\u2028', '\ud800', 'é', '👩‍👩‍👧', '\u3164', '\u{e0041}'];
const hostileText = fc
  .array(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...tricks, ...unseen)), { maxLength: 30 })
  .map((parts) => parts.join(''));

describe('escapeMrkdwn', () => {
  test.each([
    [
      '<!channel> <@U1> <https://evil.example|refund>',
      '&lt;!channel&gt; &lt;＠U1&gt; &lt;https:⁄⁄evil.example¦refund&gt;',
    ],
    ['&lt;!here&gt;', '&amp;lt;!here&amp;gt;'],
    ['*Approved* _by_ ~Maya~ `now`', '∗Approved∗ ˍbyˍ ∼Maya∼ ˋnowˋ'],
    ['> quoted', '&gt; quoted'],
    [':white_check_mark: done at 10:30', '∶whiteˍcheckˍmark: done at 10:30'],
    ['line\r\nline\u2028line\tend', 'line line line end'],
    ['a\u202eb\u200bc\ufeffd\u2066e', 'abc de'],
    ['broken \ud800 surrogate', 'broken \ufffd surrogate'],
    ['Z\u0300\u0301\u0302\u0303\u0304\u0305a', 'Z\u0300\u0301\u0302a'],
    ['#1001 Größe 42, 衣服', '#1001 Größe 42, 衣服'],
  ])('makes %j inert', (text, inert) => {
    expect(escapeMrkdwn(text)).toBe(inert);
  });

  test('never exceeds its length and never cuts an entity or a character', () => {
    expect(escapeMrkdwn('&&&', 10)).toBe('&amp;…');
    expect(escapeMrkdwn('ab👍', 3)).toBe('ab…');
    expect(escapeMrkdwn('abc', 3)).toBe('abc');
  });

  test('leaves nothing that Slack would read as markup, whatever comes in', () => {
    fc.assert(
      fc.property(hostileText, fc.integer({ min: 1, max: 200 }), (text, maxLength) => {
        const inert = escapeMrkdwn(text, maxLength);
        expect(inert.length).toBeLessThanOrEqual(maxLength);
        expect(inert.replace(/&(?:amp|lt|gt);/g, '')).not.toMatch(/[&<>*_~`@|\n\r]|:\/\//);
        expect(inert).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(inert).not.toMatch(/:[a-z0-9+'-]+:/);
      }),
      { numRuns: 500 },
    );
  });

  test('keeps all of a text in its parts, up to as many as allowed', () => {
    expect(escapeMrkdwnInParts('abcdef', 3, 9)).toEqual(['ab', 'cd', 'ef']);
    expect(escapeMrkdwnInParts('abcdef', 3, 2)).toEqual(['ab', 'cd…']);
    expect(escapeMrkdwnInParts('', 3, 2)).toEqual(['']);
  });
});

test('plain text keeps its signs and loses what cannot be seen', () => {
  expect(plainLine('*#1001*\u202e & <b>\nx', 50)).toBe('*#1001* & <b> x');
  expect(plainLine('abcdef', 4)).toBe('abc…');
});

test('a table cell says the same, and holds nothing to click, to mention or to take for emphasis', () => {
  expect(inertCell('Desk & chair <b> @here :ok: *new* https://a.b', 80)).toBe(
    'Desk & chair ‹b› ＠here ∶ok: ∗new∗ https:⁄⁄a.b',
  );
  fc.assert(
    fc.property(hostileText, fc.integer({ min: 1, max: 200 }), (text, maxLength) => {
      const cell = inertCell(text, maxLength);
      expect(cell.length).toBeLessThanOrEqual(maxLength);
      expect(cell).not.toMatch(/[<>*_~`@|\n\r]|:\/\/|:[a-z0-9+'-]+:/);
      expect(cell).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }),
    { numRuns: 500 },
  );
});

describe('mrkdwnLink', () => {
  test('links web addresses only, and no address can close the link', () => {
    expect(mrkdwnLink('https://shop.example/o/1?a=1&b=2', '#1')).toBe(
      '<https://shop.example/o/1?a=1&amp;b=2|#1>',
    );
    expect(mrkdwnLink('https://shop.example/a|b>c<!here>', '#1')).toBe(
      '<https://shop.example/a%7Cb%3Ec%3C!here%3E|#1>',
    );
    for (const url of [
      undefined,
      'javascript:alert(1)',
      'slack://open',
      'nonsense',
      `https://x/${'a'.repeat(3000)}`,
    ]) {
      expect(mrkdwnLink(url, '#1')).toBe('#1');
    }
  });
});

test('dates are shown in the zone of the reader', () => {
  expect(mrkdwnDate(new Date('2026-11-22T10:00:59Z'))).toBe(
    '<!date^1795341659^{date_short_pretty} at {time}|2026-11-22 10:00 UTC>',
  );
});
