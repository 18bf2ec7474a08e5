import type { Money } from '../returns/money.ts';
import type { Order, RecordedRefund } from '../returns/order.ts';
import type { LedgerRefund } from '../storage/refund-history.ts';

export type RefundProgress =
  | 'awaiting-approval'
  | 'offered'
  | 'under-way'
  /** It was sent, and nobody knows yet whether it arrived. */
  | 'checking'
  | 'made'
  | 'payment-pending'
  | 'payment-failed'
  | 'denied'
  | 'expired'
  | 'offer-expired'
  | 'stale'
  | 'rejected'
  /** The goods have to come back first. */
  | 'awaiting-arrival'
  | 'withdrawn'
  | 'not-received'
  | 'by-hand';

/** Where one refund stands, by the ledger and by what the shop shows now. */
export type KnownRefund = {
  readonly orderName: string;
  /** Undefined where the shop no longer shows one: a refund made by hand whose payment failed. */
  readonly amount: Money | undefined;
  /** What was asked for, where a person offers less. */
  readonly insteadOf: Money | undefined;
  readonly progress: RefundProgress;
  /** When it got there, else when it was asked for. */
  readonly at: Date;
  /** Why it was denied, in the words the customer is told. */
  readonly reason: string | undefined;
  /** Made by people in the shop's admin. */
  readonly byHand: boolean;
  readonly gateways: readonly string[];
  /** What is sent out in exchange. */
  readonly exchange: readonly string[];
};

/** What the ledger knows of a refund, corrected by the shop's own record of it. */
export function progressOf(ledger: LedgerRefund, order: Order | undefined): KnownRefund {
  const { refund, approval, gateways, exchange } = ledger;
  const recorded = order?.refunds.find((each) => isSame(ledger, each));
  const progress = recorded ? paymentProgress[recorded.payment] : ledgerProgress(ledger);
  const amount = { minor: refund.amountMinor, currency: refund.currency };
  const asked = { minor: refund.lowered?.fromMinor ?? amount.minor, currency: amount.currency };
  const decidedAt = progress === 'denied' ? approval?.decidedAt : undefined;
  return {
    orderName: refund.orderName,
    amount: knowsLowered.has(progress) ? amount : asked,
    insteadOf: progress === 'offered' && refund.lowered ? asked : undefined,
    progress,
    at: recorded ? new Date(recorded.createdAt) : (decidedAt ?? refund.settledAt ?? refund.createdAt),
    reason: progress === 'denied' ? (approval?.denialReason ?? undefined) : undefined,
    byHand: false,
    gateways,
    exchange,
  };
}

/** Refunds of the order that are not in the ledger. Putting goods back on the shelf moves no money. */
export function refundsByHand(order: Order, ledger: readonly LedgerRefund[]): readonly KnownRefund[] {
  return order.refunds
    .filter((recorded) => !ledger.some((each) => isSame(each, recorded)))
    .filter(({ amount, payment }) => amount.minor > 0 || payment === 'failed')
    .map(({ amount, payment, createdAt, intentId }) => ({
      orderName: order.name,
      amount: amount.minor > 0 ? amount : undefined,
      insteadOf: undefined,
      progress: paymentProgress[payment],
      at: new Date(createdAt),
      reason: undefined,
      byHand: intentId === undefined,
      gateways: [],
      exchange: [],
    }));
}

/**
 * What a colleague asked for and nobody made is between colleagues, and of a refund with a lower amount the
 * one that took its place tells.
 */
export function mayBeTold({ refund }: LedgerRefund, party: 'customer' | 'staff'): boolean {
  if (refund.state === 'lowered' || refund.state === 'split') return false;
  const moves = ['approved', 'awaiting-arrival', 'arrived', 'sending', 'unknown', 'refunded'].includes(
    refund.state,
  );
  return party === 'staff' || refund.requestedBy.kind === 'customer' || moves;
}

const paymentProgress = {
  settled: 'made',
  pending: 'payment-pending',
  failed: 'payment-failed',
} as const satisfies Readonly<Record<RecordedRefund['payment'], RefundProgress>>;

/** A lower amount is new to the customer until it is offered and agreed to. */
const knowsLowered: ReadonlySet<RefundProgress> = new Set([
  'offered',
  'offer-expired',
  'under-way',
  'checking',
  'made',
  'payment-pending',
  'payment-failed',
  'rejected',
  'awaiting-arrival',
  'withdrawn',
  'not-received',
  'by-hand',
]);

function ledgerProgress({ refund, approval }: LedgerRefund): RefundProgress {
  switch (refund.state) {
    case 'approved':
    case 'arrived':
    case 'sending':
      return 'under-way';
    case 'unknown':
      return 'checking';
    case 'refunded':
      return paymentProgress[refund.payment ?? 'settled'];
    case 'expired':
      return refund.lowered && approval?.state === 'approved' ? 'offer-expired' : 'expired';
    case 'lowered':
      return 'awaiting-approval';
    case 'awaiting-approval':
    case 'offered':
    case 'denied':
    case 'stale':
    case 'rejected':
    case 'awaiting-arrival':
    case 'withdrawn':
    case 'not-received':
    case 'by-hand':
      return refund.state;
    case 'split':
      return 'awaiting-arrival';
  }
}

function isSame({ refund }: LedgerRefund, recorded: RecordedRefund): boolean {
  return recorded.intentId === refund.id || recorded.id === refund.shopRefundId;
}
