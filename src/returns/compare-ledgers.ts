import type { RefundId } from './ids.ts';
import { isPositive, type Money } from './money.ts';
import type { RecordedRefund } from './order.ts';
import type { RefundState } from './refund.ts';

/** A refund as our ledger has it. */
export type LedgerEntry = {
  readonly id: RefundId;
  readonly state: RefundState;
  readonly amount: Money;
  readonly payment: RecordedRefund['payment'] | undefined;
  readonly shopRefundId: string | undefined;
  /** Since it was sent, or made, more time went by than either takes. */
  readonly isOverdue: boolean;
};

export type Difference<Entry extends LedgerEntry> =
  /** On its way here, and the shop shows it as made. */
  | { readonly kind: 'made'; readonly entry: Entry; readonly recorded: RecordedRefund }
  /** What became of its payment is known now. */
  | { readonly kind: 'payment'; readonly entry: Entry; readonly recorded: RecordedRefund }
  | DifferenceForPeople<Entry>;

export type DifferenceForPeople<Entry extends LedgerEntry> =
  | {
      readonly kind: 'amount' | 'not-due' | 'twice';
      readonly entry: Entry;
      readonly recorded: RecordedRefund;
    }
  | { readonly kind: 'missing' | 'unclear'; readonly entry: Entry }
  | { readonly kind: 'not-known'; readonly recorded: RecordedRefund };

/**
 * What our ledger and the shop say about one order, where they differ. Refunds that bear no mark of ours and
 * that no entry names were made by people, and are theirs.
 */
export function compareLedgers<Entry extends LedgerEntry>(
  entries: readonly Entry[],
  shown: readonly RecordedRefund[],
): readonly Difference<Entry>[] {
  const known = new Set(entries.map(({ id }) => id));
  return [
    ...entries.flatMap((entry) => compareEntry(entry, shown)),
    ...shown
      .filter(({ intentId }) => intentId !== undefined && !known.has(intentId))
      .map((recorded) => ({ kind: 'not-known', recorded }) as const),
  ];
}

function compareEntry<Entry extends LedgerEntry>(
  entry: Entry,
  shown: readonly RecordedRefund[],
): readonly Difference<Entry>[] {
  const [recorded, ...more] = shown.filter(
    ({ id, intentId }) => intentId === entry.id || id === entry.shopRefundId,
  );
  if (!recorded) return absent(entry);
  const again = more.map((each) => ({ kind: 'twice', entry, recorded: each }) as const);
  if (onTheWay.includes(entry.state)) return [{ kind: 'made', entry, recorded }, ...again];
  if (entry.state !== 'refunded') return [{ kind: 'not-due', entry, recorded }, ...again];
  return [...compareMade(entry, recorded), ...again];
}

const onTheWay: readonly RefundState[] = ['approved', 'arrived', 'sending', 'unknown'];

function absent<Entry extends LedgerEntry>(entry: Entry): readonly Difference<Entry>[] {
  // The shop may keep no record of an exchange that came out even.
  if (entry.state === 'refunded') return isPositive(entry.amount) ? [{ kind: 'missing', entry }] : [];
  const wasSent = entry.state === 'sending' || entry.state === 'unknown';
  return wasSent && entry.isOverdue ? [{ kind: 'unclear', entry }] : [];
}

function compareMade<Entry extends LedgerEntry>(
  entry: Entry,
  recorded: RecordedRefund,
): readonly Difference<Entry>[] {
  // A refund is there before its payments are: nothing moved is no answer yet, and neither is a pending payment.
  const hasBegun = isPositive(recorded.amount) || recorded.payment === 'failed' || !isPositive(entry.amount);
  if (recorded.payment === 'pending' || (!hasBegun && !entry.isOverdue)) return [];
  if (recorded.payment !== entry.payment && hasBegun) return [{ kind: 'payment', entry, recorded }];
  // Of what the payment provider turned down the shop no longer shows the amount.
  return recorded.payment === 'failed' || isSame(recorded.amount, entry.amount)
    ? []
    : [{ kind: 'amount', entry, recorded }];
}

function isSame(left: Money, right: Money): boolean {
  return left.currency === right.currency && left.minor === right.minor;
}
