import type { Policy, Verdict } from './policy.ts';
import type { Destination } from './policy-rule.ts';
import type { ReturnWish } from './return-request.ts';
import { strictestDestination } from './rule-outcomes.ts';
import { listTitles, sayOthers, type WantedLine } from './wanted-lines.ts';

/** Where a rule says what a line is returned for, that counts; elsewhere what the policy offers. */
export function judgeWish(
  { offers }: Policy,
  wanted: readonly WantedLine[],
  wish: ReturnWish,
): Verdict | undefined {
  const closed = wanted.filter(({ outcomes }) => !isOpen(wish, outcomes.refundTo?.value.to, offers));
  if (closed.length === 0) return undefined;
  const destination = strictestDestination(closed.map(({ outcomes }) => outcomes));
  const to = destination?.value.to;
  if (destination === undefined || to === undefined || to === 'original') {
    return {
      kind: 'deny',
      rule: 'wish-not-offered',
      say: `${notOffered[wish]} (${listTitles(closed)}).${sayOthers(closed, wanted)}`,
      alternatives: offers,
    };
  }
  const { rule } = destination;
  const meant = closed.filter(({ outcomes }) => outcomes.refundTo?.rule === rule);
  const say = to === 'exchange' ? 'This can only be exchanged' : 'This can be returned for store credit';
  return {
    kind: 'deny',
    rule,
    say: `${say} (${listTitles(meant)}).${sayOthers(meant, wanted)}`,
    alternatives: [to],
  };
}

/** The least of what the lines promise: what no rule speaks of has none. */
export function bonusPercentOf(wanted: readonly WantedLine[]): number {
  return Math.min(
    ...wanted.map(({ outcomes: { refundTo } }) =>
      refundTo?.value.to === 'store_credit' ? refundTo.value.bonusPercent : 0,
    ),
  );
}

function isOpen(wish: ReturnWish, to: Destination['to'] | undefined, offers: readonly ReturnWish[]): boolean {
  switch (wish) {
    case 'refund':
      return to === 'original' || (to === undefined && offers.includes('refund'));
    case 'store_credit':
      return to === 'store_credit' || (to !== 'exchange' && offers.includes('store_credit'));
    case 'exchange':
      return to === 'exchange' || offers.includes('exchange');
  }
}

const notOffered: Readonly<Record<ReturnWish, string>> = {
  refund: 'This is not refunded to the original payment',
  store_credit: 'This is not returned for store credit',
  exchange: 'This is not exchanged',
};
