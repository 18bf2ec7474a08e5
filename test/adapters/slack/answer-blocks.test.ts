import { describe, expect, test } from 'vitest';
import { buildAnswer } from '../../../src/adapters/slack/answer-blocks.ts';
import type { OrderView } from '../../../src/ports/tools.ts';
import { brokenLimits } from './block-limits.ts';

const order: OrderView = {
  order_number: '#1001',
  placed_on: '2026-11-14',
  delivered_on: '2026-11-18',
  cancelled: false,
  items: [
    {
      line_id: '1',
      title: 'Blue <!channel> Shirt',
      variant: 'M',
      quantity: 2,
      returnable_quantity: 1,
      unit_price: '$48.00',
    },
  ],
};
const textOf = (body: string) => buildAnswer(body, undefined).text;

describe('an answer', () => {
  test('shows order numbers and amounts in bold, and nothing else', () => {
    expect(textOf('Refund of $1,048.00 for order #1001, (€5.00).')).toBe(
      'Refund of *$1,048.00* for order *#1001*, (*€5.00*).',
    );
    expect(textOf('Return #1001-R1 is open.')).toBe('Return *#1001-R1* is open.');
    expect(textOf('a#1 x$5 $5x item #10a')).toBe('a#1 x$5 $5x item #10a');
  });

  test('makes bullets of list lines and keeps lines apart', () => {
    expect(textOf('Today:\n- one\n* two\n• three\n\n2 - 1')).toBe('Today:\n• one\n• two\n• three\n\n2 - 1');
  });

  test('takes the words as words, whatever they look like', () => {
    const { text, blocks } = buildAnswer(
      '<!channel> <@U1> *bold* _it_ `code` https://evil.example @here',
      undefined,
    );
    for (const written of [text, JSON.stringify(blocks)]) {
      expect(written).not.toMatch(/<!|<@|\*bold|_it_|`|:\/\/|@here/);
    }
  });

  test.each(['', '   ', '\u200B'])('of nothing (%j) is still a text Slack takes', (body) => {
    const answer = buildAnswer(body, undefined);
    expect(answer.text).not.toBe('');
    expect(brokenLimits(answer)).toEqual([]);
  });

  test.each([
    ['lines', 'a\n'.repeat(800)],
    ['one long word', 'x'.repeat(1600)],
    ['characters that grow when escaped', '&'.repeat(1600)],
    ['bold figures', '#1 '.repeat(533)],
  ])('of 1,600 characters of %s stays below every limit, beside a card', (_name, body) => {
    const items = Array.from({ length: 250 }, (_, index) => ({
      line_id: String(index),
      title: '&'.repeat(300),
      variant: '<'.repeat(200),
      quantity: 1,
      returnable_quantity: 0,
      unit_price: '$1.00',
    }));
    expect(brokenLimits(buildAnswer(body, { ...order, items }))).toEqual([]);
  });
});

describe('an order card', () => {
  const written = (view: OrderView) => JSON.stringify(buildAnswer('Here it is.', view).blocks);

  test('shows when, what, for how much, and what is left to return', () => {
    const card = written(order);
    expect(card).toContain('"text":"Order #1001"');
    expect(card).toContain('*Placed*\\n2026-11-14');
    expect(card).toContain('*Delivered*\\n2026-11-18');
    expect(card).toContain('(M) · $48.00 each · 1 left to return');
    expect(card).not.toContain('<!channel>');
  });

  test('says that an order is cancelled, not delivered, or all returned', () => {
    expect(written({ ...order, cancelled: true })).toContain('Cancelled');
    expect(written({ ...order, delivered_on: null })).toContain('Not yet');
    const [item] = order.items;
    expect(written({ ...order, items: item ? [{ ...item, returnable_quantity: 0 }] : [] })).toContain(
      'all returned',
    );
    expect(written({ ...order, items: [] })).toContain('No items');
  });
});
