import { describe, expect, it } from 'vitest';
import { explainPolicy } from '../../src/returns/explain-policy.ts';
import { defaultPolicy, type PolicyRules, versionPolicy } from '../../src/returns/policy.ts';

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
      'Refunds go back to the original payment method.',
      'Exchanges and store credit are arranged by a person.',
    ]);
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

  it('says a fee without exceptions', () => {
    expect(explain({ restockingFeePercent: 5, feeWaivedFor: [] })).toContain(
      'A restocking fee of 5% is kept back.',
    );
  });
});
