import type { Policy } from './policy.ts';
import type { ReturnReason } from './return-request.ts';
import { countDays } from './return-window.ts';

/** The policy for customers, a sentence each, made from the data that judges. */
export function explainPolicy(policy: Policy): readonly string[] {
  const { productTypes, giftCards } = policy.nonReturnable;
  return [
    policy.windowDays === 0
      ? 'Items can be returned only until they are delivered.'
      : `You can return items within ${countDays(policy.windowDays)} of delivery.`,
    ...(policy.allowUndelivered ? [] : ['Items have to be delivered before they can be returned.']),
    ...(policy.finalSaleTags.length === 0 ? [] : ["Final sale items can't be returned."]),
    ...(giftCards ? ["Gift cards can't be returned."] : []),
    ...(productTypes.length === 0 ? [] : [`We don't take back: ${productTypes.join(', ')}.`]),
    ...explainFee(policy),
    'Refunds go back to the original payment method.',
    'Exchanges and store credit are arranged by a person.',
  ];
}

function explainFee({ restockingFeePercent, feeWaivedFor }: Policy): readonly string[] {
  if (restockingFeePercent === 0) {
    return ['There is no restocking fee.'];
  }
  const fee = `A restocking fee of ${restockingFeePercent}% is kept back`;
  if (feeWaivedFor.length === 0) {
    return [`${fee}.`];
  }
  const cases = new Intl.ListFormat('en', { type: 'disjunction' }).format(
    feeWaivedFor.map((reason) => asClause[reason]),
  );
  return [`${fee}, unless the item ${cases}.`];
}

const asClause: Readonly<Record<ReturnReason, string>> = {
  unwanted: 'is no longer wanted',
  too_small: 'is too small',
  too_large: 'is too large',
  damaged: 'arrived damaged',
  wrong_item: 'is not what was ordered',
  not_as_described: 'is not as described',
  arrived_late: 'arrived late',
  other: 'comes back for a reason not listed here',
};
