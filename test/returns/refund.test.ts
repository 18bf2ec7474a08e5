import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isTerminal,
  nextRefundState,
  type RefundState,
  refundEvents,
  refundStates,
} from '../../src/returns/refund.ts';

const allowed = [
  ['awaiting-approval', 'approved', 'approved'],
  ['awaiting-approval', 'denied', 'denied'],
  ['awaiting-approval', 'expired', 'expired'],
  ['awaiting-approval', 'stale', 'stale'],
  ['awaiting-approval', 'lowered', 'lowered'],
  ['awaiting-approval', 'offered', 'offered'],
  ['offered', 'approved', 'approved'],
  ['offered', 'expired', 'expired'],
  ['offered', 'stale', 'stale'],
  ['approved', 'sending', 'sending'],
  ['approved', 'stale', 'stale'],
  ['approved', 'rejected', 'rejected'],
  ['approved', 'return-opened', 'awaiting-arrival'],
  ['approved', 'withdrawn', 'withdrawn'],
  ['awaiting-arrival', 'arrived', 'arrived'],
  ['awaiting-arrival', 'split', 'split'],
  ['awaiting-arrival', 'withdrawn', 'withdrawn'],
  ['awaiting-arrival', 'not-received', 'not-received'],
  ['awaiting-arrival', 'by-hand', 'by-hand'],
  ['arrived', 'sending', 'sending'],
  ['arrived', 'stale', 'stale'],
  ['arrived', 'by-hand', 'by-hand'],
  ['sending', 'refunded', 'refunded'],
  ['sending', 'rejected', 'rejected'],
  ['sending', 'outcome-lost', 'unknown'],
  ['unknown', 'sending', 'sending'],
  ['unknown', 'refunded', 'refunded'],
  ['unknown', 'rejected', 'rejected'],
] as const;

describe('a refund', () => {
  it.each(allowed)('that is %s becomes, when %s, %s', (state, event, next) => {
    expect(nextRefundState(state, event)).toBe(next);
  });

  it('allows nothing else', () => {
    const pairs = refundStates.flatMap((state) => refundEvents.map((event) => [state, event] as const));
    const open = pairs.filter(([state, event]) => nextRefundState(state, event) !== undefined);
    expect(open.map((pair) => pair.join(' ')).toSorted()).toEqual(
      allowed.map(([state, event]) => `${state} ${event}`).toSorted(),
    );
  });

  it('ends in a state that says how, and never as unknown or while goods are on their way', () => {
    expect(refundStates.filter(isTerminal)).toEqual([
      'refunded',
      'rejected',
      'denied',
      'expired',
      'stale',
      'lowered',
      'split',
      'withdrawn',
      'not-received',
      'by-hand',
    ]);
  });

  it('never leaves an end, and is never sent without having been approved', () => {
    const events = fc.array(fc.constantFrom(...refundEvents), { maxLength: 30 });
    fc.assert(
      fc.property(events, (sequence) => {
        let state: RefundState = 'awaiting-approval';
        let wasApproved = false;
        for (const event of sequence) {
          const next = nextRefundState(state, event);
          expect(next !== undefined && isTerminal(state)).toBe(false);
          wasApproved ||= next === 'approved';
          expect(next === 'sending' && !wasApproved).toBe(false);
          state = next ?? state;
        }
      }),
    );
  });
});
