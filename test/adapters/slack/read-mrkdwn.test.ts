import { expect, test } from 'vitest';
import { mentions, readMrkdwn } from '../../../src/adapters/slack/read-mrkdwn.ts';

test.each([
  ['<@UBOT> show order 1001', 'show order 1001'],
  ['<@UBOT|returns> show order 1001', 'show order 1001'],
  ['hey <@UBOT> show order #1001', 'hey show order #1001'],
  ['show order 1001 <@UBOT>', 'show order 1001'],
  ['<@UBOT>', ''],
  ['ask <@U1|bob> or <@U2>', 'ask @bob or @U2'],
  ['in <#C1|general> and <#C2>', 'in #general and #C2'],
  ['<!here> <!channel> <!subteam^S1|@managers> <!subteam^S2>', '@here @channel @managers @subteam^S2'],
  ['at <!date^1763892000^{date}|Nov 23>', 'at Nov 23'],
  ['orders of <mailto:jane@example.com|jane@example.com>', 'orders of jane@example.com'],
  ['orders of <tel:+15551230001|+1 555 123 0001>', 'orders of +1 555 123 0001'],
  ['see <https://example.com/a?b=1&amp;c=2>', 'see https://example.com/a?b=1&c=2'],
  ['see <https://example.com|this page>', 'see this page'],
  ['1 &lt; 2 &amp;&amp; 3 &gt; 2', '1 < 2 && 3 > 2'],
  ['&amp;lt;', '&lt;'],
  ['two\nlines', 'two\nlines'],
])('reads %j as %j', (written, read) => {
  expect(readMrkdwn(written, 'UBOT')).toBe(read);
});

test('tells a mention from a person with a longer id', () => {
  expect(mentions('<@UBOT> hi', 'UBOT')).toBe(true);
  expect(mentions('<@UBOT|returns> hi', 'UBOT')).toBe(true);
  expect(mentions('<@UBOTX> and &lt;@UBOT&gt;', 'UBOT')).toBe(false);
});
