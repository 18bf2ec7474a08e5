export const refundStates = [
  'awaiting-approval',
  'offered',
  'approved',
  'sending',
  'refunded',
  'rejected',
  'denied',
  'expired',
  'stale',
  'lowered',
  'unknown',
  'awaiting-arrival',
  'arrived',
  'split',
  'withdrawn',
  'not-received',
  'by-hand',
] as const;
export type RefundState = (typeof refundStates)[number];

export const refundEvents = [
  'approved',
  'denied',
  'lowered',
  'offered',
  'expired',
  'stale',
  'sending',
  'refunded',
  'rejected',
  'outcome-lost',
  'return-opened',
  'arrived',
  'split',
  'withdrawn',
  'not-received',
  'by-hand',
] as const;
export type RefundEvent = (typeof refundEvents)[number];

/**
 * Once `sending`, a refund can never become stale, denied or expired: money may have moved. Only `unknown`
 * leads back to `sending`, and only with the idempotency key stored the first time.
 */
const transitions: Readonly<Record<RefundState, Partial<Readonly<Record<RefundEvent, RefundState>>>>> = {
  'awaiting-approval': {
    approved: 'approved',
    offered: 'offered',
    denied: 'denied',
    lowered: 'lowered',
    expired: 'expired',
    stale: 'stale',
  },
  // Approved for less than the customer agreed to: approved altogether once they agree to that too.
  offered: { approved: 'approved', expired: 'expired', stale: 'stale' },
  approved: {
    sending: 'sending',
    stale: 'stale',
    rejected: 'rejected',
    'return-opened': 'awaiting-arrival',
    withdrawn: 'withdrawn',
  },
  // Money is due for what came back only. Where a part came, two refunds take the place of this one.
  'awaiting-arrival': {
    arrived: 'arrived',
    split: 'split',
    withdrawn: 'withdrawn',
    'not-received': 'not-received',
    'by-hand': 'by-hand',
  },
  arrived: { sending: 'sending', stale: 'stale', 'by-hand': 'by-hand' },
  sending: { refunded: 'refunded', rejected: 'rejected', 'outcome-lost': 'unknown' },
  unknown: { sending: 'sending', refunded: 'refunded', rejected: 'rejected' },
  refunded: {},
  rejected: {},
  denied: {},
  expired: {},
  stale: {},
  lowered: {},
  split: {},
  withdrawn: {},
  'not-received': {},
  'by-hand': {},
};

/** The state after the event, or undefined when the event is not allowed in that state. */
export function nextRefundState(state: RefundState, event: RefundEvent): RefundState | undefined {
  return transitions[state][event];
}

/** Nothing can happen to the refund any more. */
export function isTerminal(state: RefundState): boolean {
  return Object.keys(transitions[state]).length === 0;
}
