import { expect, test } from 'vitest';
import type { ToolEffect } from '../../src/agent/tool.ts';
import { shownOrder } from '../../src/conversation/shown-order.ts';
import type { QuoteId } from '../../src/returns/ids.ts';

const showed = (order_number: string): ToolEffect => ({
  kind: 'showed',
  order: { order_number, placed_on: '2026-11-14', delivered_on: null, cancelled: false, items: [] },
});
const quoted: ToolEffect = { kind: 'quoted', quoteId: 'q' as QuoteId, amount: '$48.00' };

test('a reply about one order is shown with it, one about several tells of them itself', () => {
  expect(shownOrder([showed('#1001'), showed('#1001')])?.order_number).toBe('#1001');
  expect(shownOrder([showed('#1001'), showed('#1002')])).toBeUndefined();
  expect(shownOrder([])).toBeUndefined();
});

test('a quote is not buried under the order it is about', () => {
  expect(shownOrder([showed('#1001'), quoted])).toBeUndefined();
  expect(shownOrder([showed('#1001'), { kind: 'proposed' }])).toBeUndefined();
});
