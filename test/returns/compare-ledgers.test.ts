import { describe, expect, test } from 'vitest';
import { compareLedgers, type LedgerEntry } from '../../src/returns/compare-ledgers.ts';
import type { RefundId } from '../../src/returns/ids.ts';
import type { RecordedRefund } from '../../src/returns/order.ts';

const id = '0198c0de-0000-7000-8000-000000000001' as RefundId;
const usd = (minor: number) => ({ minor, currency: 'USD' });
const entry: LedgerEntry = {
  id,
  state: 'refunded',
  amount: usd(4800),
  payment: 'settled',
  shopRefundId: 'gid://shopify/Refund/1',
  isOverdue: false,
};
const recorded: RecordedRefund = {
  id: 'gid://shopify/Refund/1',
  createdAt: '2026-11-01T00:00:00Z',
  amount: usd(4800),
  intentId: id,
  payment: 'settled',
};
const kinds = (ours: readonly LedgerEntry[], theirs: readonly RecordedRefund[]) =>
  compareLedgers(ours, theirs).map(({ kind }) => kind);

describe('the ledger and the shop', () => {
  test.each<[string, Partial<LedgerEntry>, Partial<RecordedRefund>, readonly string[]]>([
    ['say the same', {}, {}, []],
    ['are known by the shop’s id where it bears no mark', {}, { intentId: undefined }, []],
    ['wait for a payment that is still pending', { payment: 'pending' }, { payment: 'pending' }, []],
    ['take nothing back because a payment shows as pending', {}, { payment: 'pending' }, []],
    ['take no payment for made before one is there', { payment: 'pending' }, { amount: usd(0) }, []],
    ['differ where none is there a day later', { isOverdue: true }, { amount: usd(0) }, ['amount']],
    ['learn that a payment went through', { payment: 'pending' }, {}, ['payment']],
    ['learn that it failed', {}, { payment: 'failed', amount: usd(0) }, ['payment']],
    ['agree on what failed', { payment: 'failed' }, { payment: 'failed', amount: usd(0) }, []],
    ['differ by a cent', {}, { amount: usd(4801) }, ['amount']],
    ['differ by the currency', {}, { amount: { minor: 4800, currency: 'CAD' } }, ['amount']],
    ['find made what is approved', { state: 'approved', shopRefundId: undefined }, {}, ['made']],
    ['find made what was never due', { state: 'expired', shopRefundId: undefined }, {}, ['not-due']],
  ])('%s', (_, ours, theirs, wanted) => {
    expect(kinds([{ ...entry, ...ours }], [{ ...recorded, ...theirs }])).toEqual(wanted);
  });

  test('differ where the shop shows nothing, but not on an exchange that came out even', () => {
    expect(kinds([entry], [])).toEqual(['missing']);
    expect(kinds([{ ...entry, amount: usd(0), shopRefundId: undefined }], [])).toEqual([]);
  });

  test('leave the shop time for what was just sent', () => {
    expect(kinds([{ ...entry, state: 'sending', shopRefundId: undefined }], [])).toEqual([]);
    const late = { ...entry, state: 'sending', shopRefundId: undefined, isOverdue: true } as const;
    expect(kinds([late], [])).toEqual(['unclear']);
  });

  test('leave to people what people made, and know a mark that is in no ledger', () => {
    const other = { ...recorded, id: 'gid://shopify/Refund/2' };
    expect(kinds([entry], [recorded, { ...other, intentId: undefined }])).toEqual([]);
    const unknown = '0198c0de-0000-7000-8000-000000000002' as RefundId;
    expect(kinds([entry], [recorded, { ...other, intentId: unknown }])).toEqual(['not-known']);
    expect(kinds([entry], [recorded, other])).toEqual(['twice']);
  });
});
