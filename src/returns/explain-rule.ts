import type { Condition, FactTest, Outcomes, PolicyRule, RangeTest } from './policy-rule.ts';
import { asClause, isReason } from './reason-clause.ts';
import { countDays } from './return-window.ts';
import type { FactName } from './rule-facts.ts';

/**
 * A rule as customers may read it. Undefined when it has nothing for them, 'untold' when it asks for what is
 * none of their business: how the shop rates them, and who is a favourite. Where such a rule is asked before
 * this one, nobody can be promised its bonus.
 */
export function explainRule(
  { when, outcomes }: PolicyRule,
  { promiseBonus }: { readonly promiseBonus: boolean } = { promiseBonus: true },
): string | 'untold' | undefined {
  const effects = sayOutcomes(outcomes, promiseBonus);
  if (effects.length === 0) return undefined;
  const conditions = when.map(sayCondition);
  if (conditions.includes(undefined)) return 'untold';
  const start = conditions.length === 0 ? 'In every case' : `If ${conditions.join(' and ')}`;
  return `${start}: ${effects.join('; ')}.`;
}

function sayCondition({ fact, test }: Condition): string | undefined {
  const subject = told[fact];
  if (subject === undefined) return undefined;
  if (test.kind === 'flag') return test.is ? subject : `it is not so that ${subject}`;
  if (fact === 'reason' && test.kind === 'words' && test.any && !test.none && !test.all) {
    return `the item ${listOr(test.any.map((reason) => (isReason(reason) ? asClause[reason] : reason)))}`;
  }
  return `${subject} ${sayTest(test)}`;
}

/** What is missing here is not told. */
const told: Readonly<Partial<Record<FactName, string>>> = {
  country: 'the country is',
  currency: 'the currency is',
  product_type: 'the kind of item is',
  tag: 'the tag of the item is',
  vendor: 'the brand is',
  collection: 'the collection is',
  discount_code: 'the discount code is',
  reason: 'the reason is',
  wish: 'the wish is',
  days_since_delivery: 'the days since delivery are',
  days_since_shipment: 'the days since shipment are',
  days_since_sale: 'the days since the sale are',
  price: 'the price of the item is',
  order_total: 'the total of the order is',
  quantity: 'the number of items is',
  discount_percent: 'the discount in percent is',
  requested: 'the return is asked for',
  ordered: 'the order was placed',
  gift_card: 'it is a gift card',
  digital: 'it is a digital item',
  undelivered: 'it was not reported as delivered',
  partly_shipped: 'only a part of the order was shipped',
  bought_on_sale: 'it was bought on sale',
  photo_given: 'a photo is given',
};

function sayTest(test: Exclude<FactTest, { readonly kind: 'flag' }>): string {
  switch (test.kind) {
    case 'words':
      return [
        ...(test.any ? [listOr(test.any.map(plain))] : []),
        ...(test.all ? [new Intl.ListFormat('en').format(test.all.map(plain))] : []),
        ...(test.none ? [`not ${listOr(test.none.map(plain))}`] : []),
      ].join(', ');
    case 'dates':
      return [
        ...(test.from ? [`from ${test.from}`] : []),
        ...(test.until ? [`until ${test.until}`] : []),
      ].join(' ');
    case 'range':
      return sayRange(test);
  }
}

function sayRange({ exactly, above, atLeast, atMost, below }: RangeTest): string {
  return [
    ...(exactly === undefined ? [] : [exactly]),
    ...(above === undefined ? [] : [`above ${above}`]),
    ...(atLeast === undefined ? [] : [`at least ${atLeast}`]),
    ...(atMost === undefined ? [] : [`at most ${atMost}`]),
    ...(below === undefined ? [] : [`below ${below}`]),
  ].join(' and ');
}

function sayOutcomes(outcomes: Outcomes, promiseBonus: boolean): readonly string[] {
  const { decision, windowDays, bypassFinalSale, restockingFeePercent, returnShippingFee } = outcomes;
  const fee = Number(returnShippingFee ?? 0);
  return [
    ...(decision?.kind === 'deny' ? [decision.say.replace(/[.\s]+$/, '')] : []),
    ...(decision?.kind === 'needs-person' ? ['a person decides about the return'] : []),
    ...(windowDays === undefined ? [] : [`the return window is ${countDays(windowDays)}`]),
    ...(bypassFinalSale ? ['final sale items can be returned too'] : []),
    ...(restockingFeePercent === undefined ? [] : [sayPercent(restockingFeePercent)]),
    ...(fee > 0 ? [`${returnShippingFee} in the shop's currency is kept back for return shipping`] : []),
    ...(returnShippingFee !== undefined && fee === 0 ? ['nothing is kept back for return shipping'] : []),
    ...sayRefund(outcomes, promiseBonus),
  ];
}

function sayPercent(percent: number): string {
  return percent === 0 ? 'there is no restocking fee' : `a restocking fee of ${percent}% is kept back`;
}

function sayRefund(
  { refundTo, refundShipping, refundWhen, photoRequired, keepItem, label }: Outcomes,
  promiseBonus: boolean,
): readonly string[] {
  const bonus =
    promiseBonus && refundTo?.to === 'store_credit' && refundTo.bonusPercent > 0
      ? ` with ${refundTo.bonusPercent}% on top`
      : '';
  return [
    ...(refundTo?.to === 'original' ? ['the refund goes back to the original payment method'] : []),
    ...(refundTo?.to === 'store_credit' ? [`the return is for store credit${bonus}`] : []),
    ...(refundTo?.to === 'exchange' ? ['the item can be exchanged only'] : []),
    ...(refundShipping === 'always' ? ['shipping costs are refunded'] : []),
    ...(refundShipping === 'our_fault' ? ['shipping costs are refunded when we made a mistake'] : []),
    ...(refundShipping === 'never' ? ['shipping costs are not refunded'] : []),
    ...(refundWhen === 'on_arrival' ? ['the refund is made once the item has arrived'] : []),
    ...(photoRequired ? ['a photo of the item is needed'] : []),
    ...(keepItem ? ['nothing has to be sent back'] : []),
    ...(label && !keepItem ? ['there is a label for sending it back'] : []),
  ];
}

function listOr(words: readonly string[]): string {
  return new Intl.ListFormat('en', { type: 'disjunction' }).format(words);
}

function plain(word: string): string {
  return word.replaceAll('_', ' ');
}
