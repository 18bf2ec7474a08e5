import { explainRule } from './explain-rule.ts';
import type { Policy } from './policy.ts';
import { asClause } from './reason-clause.ts';
import { type ReturnWish, returnWishes } from './return-request.ts';
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
    ...explainOffers(policy),
    ...explainWayBack(policy),
    policy.cancelBeforeShipping ? 'Orders can be cancelled until they ship.' : "Orders can't be cancelled.",
    ...explainRules(policy),
  ];
}

function explainOffers({ offers }: Policy): readonly string[] {
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(
    returnWishes.filter((wish) => offers.includes(wish)).map((wish) => asOffer[wish]),
  );
  return [
    `You can ask for ${list}.`,
    ...(offers.includes('refund') ? ['Refunds go back to the original payment method.'] : []),
  ];
}

const asOffer: Readonly<Record<ReturnWish, string>> = {
  refund: 'a refund',
  store_credit: 'store credit',
  exchange: 'an exchange',
};

/** Only where a refund waits for what comes back is there anything to say about waiting. */
function explainWayBack({
  rules = [],
  returnInstructions,
  closeReturnsAfterDays,
}: Policy): readonly string[] {
  const waits = rules.some(({ outcomes }) => outcomes.refundWhen === 'on_arrival');
  const days = countDays(closeReturnsAfterDays);
  return [
    ...(returnInstructions ? [`How items are sent back: ${returnInstructions}`] : []),
    ...(waits ? [`A return of which nothing has arrived after ${days} is closed.`] : []),
  ];
}

/** Every turn carries these sentences: past this many, the ones asked first are told. */
const mostRules = 40;

function explainRules({ rules = [] }: Policy): readonly string[] {
  const rating = rules.findIndex((rule) => rule.outcomes.refundTo && explainRule(rule) === 'untold');
  const all = rules.flatMap(
    (rule, rank) => explainRule(rule, { promiseBonus: rating < 0 || rank < rating }) ?? [],
  );
  const told = all.filter((sentence) => sentence !== 'untold');
  const first = told.slice(0, mostRules);
  return [
    ...(first.length > 1
      ? ['Where more than one of the following says something, the first one counts.']
      : []),
    ...first,
    ...(first.length < all.length
      ? ['Other terms can hold for single orders: checking a return tells.']
      : []),
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
