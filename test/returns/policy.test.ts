import { describe, expect, it } from 'vitest';
import { explainPolicy } from '../../src/returns/explain-policy.ts';
import { defaultPolicy, type PolicyRules, versionPolicy } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';

const { version, ...rules } = defaultPolicy({ windowDays: 30 });

function explain(change: Partial<PolicyRules>): readonly string[] {
  return explainPolicy(versionPolicy({ ...rules, ...change }));
}

describe('the version of a policy', () => {
  it('is twelve hex digits', () => {
    expect(version).toMatch(/^[0-9a-f]{12}$/);
  });

  it('stays what it is without tiers: stored approvals are compared with it', () => {
    expect(version).toBe('d8086e344968');
    expect(versionPolicy({ ...rules, approvalTiers: [] }).version).toBe(version);
  });

  it('is the same for the same rules, however they are listed', () => {
    const listed = versionPolicy({
      ...rules,
      finalSaleTags: ['Final Sale', ' final-sale ', 'final sale'],
      feeWaivedFor: rules.feeWaivedFor.toReversed(),
    });
    expect(listed.version).toBe(version);
  });

  it.each<[string, Partial<PolicyRules>]>([
    ['window', { windowDays: 31 }],
    ['tags', { finalSaleTags: [] }],
    ['gift cards', { nonReturnable: { giftCards: false, productTypes: [] } }],
    ['product types', { nonReturnable: { giftCards: true, productTypes: ['socks'] } }],
    ['fee', { restockingFeePercent: 1 }],
    ['waivers', { feeWaivedFor: [] }],
    ['deliveries', { allowUndelivered: false }],
    ['rules', { rules: [{ id: 'a', priority: 0, when: [], outcomes: { note: 'a' } }] }],
    ['approval tiers', { approvalTiers: [{ above: '1000', people: 2 }] }],
  ])('changes with the %s', (_, change) => {
    expect(versionPolicy({ ...rules, ...change }).version).not.toBe(version);
  });
});

describe('explainPolicy', () => {
  it('says the default policy', () => {
    expect(explain({})).toEqual([
      'You can return items within 30 days of delivery.',
      "Final sale items can't be returned.",
      "Gift cards can't be returned.",
      'There is no restocking fee.',
      'You can ask for a refund, store credit, or an exchange.',
      'Refunds go back to the original payment method.',
      'Orders can be cancelled until they ship.',
    ]);
  });

  it('says what is offered, how to send things back, and nothing of a way back that there is not', () => {
    const change = { offers: ['store_credit'], cancelBeforeShipping: false } as const;
    expect(explain({ ...change, returnInstructions: 'Birch & Loom, Pier 3' }).slice(4)).toEqual([
      'You can ask for store credit.',
      'How items are sent back: Birch & Loom, Pier 3',
      "Orders can't be cancelled.",
    ]);
  });

  it('promises no bonus where a rule on how the shop rates customers comes first', () => {
    const rules = (first: string) =>
      parsePolicyFile(
        `rules:
  - {id: a, when: ${first}, then: {refund_to: original}}
  - {id: b, then: {refund_to: store_credit, store_credit_bonus_percent: 10, when: on_arrival, label: "https://a.example"}}`,
        30,
      );
    const sayings = (first: string) => {
      const parsed = rules(first);
      return parsed.kind === 'ok' ? explainPolicy(parsed.policy).join(' ') : parsed.problems.join();
    };
    expect(sayings('{risk: high}')).toContain(
      'In every case: the return is for store credit; the refund is made once the item has arrived; there is a label for sending it back.',
    );
    expect(sayings('{risk: high}')).toContain(
      'A return of which nothing has arrived after 30 days is closed.',
    );
    expect(sayings('{country: US}')).toContain('the return is for store credit with 10% on top');
  });

  it('says what a shop changed', () => {
    const said = explain({
      windowDays: 1,
      finalSaleTags: [],
      nonReturnable: { giftCards: false, productTypes: ['socks', 'underwear'] },
      restockingFeePercent: 12.5,
      allowUndelivered: false,
    });
    expect(said.slice(0, 4)).toEqual([
      'You can return items within 1 day of delivery.',
      'Items have to be delivered before they can be returned.',
      "We don't take back: socks, underwear.",
      'A restocking fee of 12.5% is kept back, unless the item arrived damaged, is not as described, or is not what was ordered.',
    ]);
  });

  it('says the rules that are for customers, and that there are others', () => {
    const parsed = parsePolicyFile(
      `rules:
  - {id: a, when: {reason: [damaged, wrong_item], country: {none: [US]}}, then: {window_days: 90, waive_fees: true}}
  - {id: b, when: {product_type: Swimwear}, then: {deny: "Swimwear can't be returned."}}
  - {id: c, when: {ordered: {from: 2026-11-15, until: 2026-12-31}, price: {above: 50}}, then: {restocking_fee_percent: 20, return_shipping_fee: "5.00"}}
  - {id: d, when: {gift_card: false, bought_on_sale: true}, then: {refund_to: store_credit, store_credit_bonus_percent: 10}}
  - {id: e, when: {customer_tag: VIP}, then: {window_days: 120}}
  - {id: f, when: {country: US}, then: {note: secret, approval: {people: 2}, tag_order: seen}}`,
      30,
    );
    const said = parsed.kind === 'ok' ? explainPolicy(parsed.policy) : parsed.problems;
    expect(said.slice(7)).toEqual([
      'Where more than one of the following says something, the first one counts.',
      'If the country is not us and the item arrived damaged or is not what was ordered: the return window is 90 days; there is no restocking fee; nothing is kept back for return shipping.',
      "If the kind of item is swimwear: Swimwear can't be returned.",
      "If the order was placed from 2026-11-15 until 2026-12-31 and the price of the item is above 50: a restocking fee of 20% is kept back; 5 in the shop's currency is kept back for return shipping.",
      'If it was bought on sale and it is not so that it is a gift card: the return is for store credit with 10% on top.',
      'Other terms can hold for single orders: checking a return tells.',
    ]);
  });

  it('says a fee without exceptions', () => {
    expect(explain({ restockingFeePercent: 5, feeWaivedFor: [] })).toContain(
      'A restocking fee of 5% is kept back.',
    );
  });
});
