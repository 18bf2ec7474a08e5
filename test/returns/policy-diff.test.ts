import { describe, expect, test } from 'vitest';
import { defaultPolicy, type Policy } from '../../src/returns/policy.ts';
import { diffPolicies } from '../../src/returns/policy-diff.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';

function policy(yaml: string): Policy {
  const parsed = parsePolicyFile(yaml, 30);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.policy;
}
const rules = `
rules:
  - id: swimwear
    when: { product_type: Swimwear, price: { above: "10.00", below: "90.00" } }
    then: { deny: "Not for reasons of hygiene" }
  - id: vip
    when: { customer_tag: [VIP, gold] }
    then: { window_days: 60, refund_to: store_credit, store_credit_bonus_percent: 5 }
`;
const diff = (before: string, after: string) => diffPolicies(policy(before), policy(after));

test('says nothing of two files that mean the same', () => {
  expect(diff('window_days: 30', 'final_sale_tags: [Final Sale, final-sale]')).toEqual([]);
  expect(diff(rules, `# again\n${rules}`)).toEqual([]);
});

test('names changed keys as the file writes them, with both values', () => {
  expect(diff('window_days: 30', 'window_days: 45')).toEqual(['window_days: 30 -> 45']);
  expect(
    diff(
      'non_returnable: { product_types: [socks] }',
      'non_returnable: { gift_cards: false }\nfee_waived_for: []',
    ),
  ).toEqual([
    'fee_waived_for: damaged, not_as_described, wrong_item -> (nothing)',
    'non_returnable.gift_cards: true -> false',
    'non_returnable.product_types: socks -> (nothing)',
  ]);
});

describe('of rules', () => {
  test('names what was added with all of it and its place, and what was removed', () => {
    expect(diff('window_days: 30', rules)).toEqual([
      'rule swimwear added: when price above 10 below 90, product_type any swimwear; decision deny say Not for reasons of hygiene',
      'rule vip added: when customer_tag any gold, vip; window_days 60; refund_to to store_credit bonus_percent 5',
      'rule swimwear is asked first',
      'rule vip is asked after swimwear',
    ]);
    expect(diff(rules, 'window_days: 30')).toEqual(['rule swimwear removed', 'rule vip removed']);
  });

  test('names what changed inside a rule', () => {
    expect(diff(rules, rules.replace('hygiene', 'health').replace('"90.00"', '"80.00"'))).toEqual([
      'rule swimwear changed: decision.say: Not for reasons of hygiene -> Not for reasons of health; when: price above 10 below 90, product_type any swimwear -> price above 10 below 80, product_type any swimwear',
    ]);
    expect(
      diff(rules, rules.replace('store_credit_bonus_percent: 5', 'store_credit_bonus_percent: 10')),
    ).toEqual(['rule vip changed: refund_to.bonus_percent: 5 -> 10']);
  });

  test('names another order, though every rule is the same', () => {
    const swapped = rules.replace('- id: vip\n', '- id: vip\n    priority: 0\n');
    expect(diff(rules, swapped)).toEqual([]);
    expect(diff(rules, rules.replace('- id: vip\n', '- id: vip\n    priority: -1\n'))).toEqual([
      'rule vip changed: priority: (nothing) -> -1',
      'rules are asked in another order: vip, swimwear',
    ]);
  });

  test('tells one word with a comma from two words', () => {
    const of = (words: string) => `rules: [{ id: a, when: { tag: ${words} }, then: { note: x } }]`;
    expect(diff(of('"a, b"'), of('[a, b]'))).toHaveLength(1);
  });
});

test('every key of a policy that changes is named', () => {
  const base = defaultPolicy({ windowDays: 30 });
  const changed = [
    'window_days: 31',
    'final_sale_tags: []',
    'non_returnable: { gift_cards: false }',
    'restocking_fee_percent: 10',
    'fee_waived_for: []',
    'allow_undelivered: false',
    'offers: [refund]',
    'return_instructions: To the shop',
    'close_returns_after_days: 10',
    'cancel_before_shipping: false',
    'approvals: [{ above: 10 }]',
  ];
  for (const yaml of changed) expect(diffPolicies(base, policy(yaml))).toHaveLength(1);
});
