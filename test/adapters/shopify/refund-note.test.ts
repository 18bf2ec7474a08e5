import { expect, it } from 'vitest';
import { intentOf, refundNote } from '../../../src/adapters/shopify/refund-note.ts';
import type { RefundId } from '../../../src/returns/ids.ts';

const intentId = '0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e' as RefundId;

it('finds the intent in the note it wrote', () => {
  expect(refundNote(intentId)).toBe(
    'Returned through the returns agent [intent:0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e]',
  );
  expect(intentOf(refundNote(intentId))).toBe(intentId);
});

it('finds the intent after staff added to the note', () => {
  expect(intentOf(`Checked by Ann.\n${refundNote(intentId)} See ticket 12.`)).toBe(intentId);
});

it.each([null, '', 'Refunded by hand', '[intent:]', '[intent:1001]', `intent:${intentId}`])(
  'sees no intent of ours in %j',
  (note) => {
    expect(intentOf(note)).toBeUndefined();
  },
);
