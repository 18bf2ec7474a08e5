import { describe, expect, it } from 'vitest';
import { explainVerdict } from '../../src/returns/explain-verdict.ts';
import { judge } from '../../src/returns/judge.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import { delivery, sampleLine, sampleOrder, sampleRequest, shirt } from './sample-order.ts';

const parsed = parsePolicyFile(
  `rules:
  - {id: abroad, when: {country: {none: [US]}}, then: {needs_person: true}}
  - {id: loyal, when: {customer_tag: VIP}, then: {accept: true}}
  - {id: sale, when: {tag: final sale}, then: {bypass_final_sale: true, restocking_fee_percent: 10}}
  - {id: dear, when: {price: {at_least: 20}}, then: {restocking_fee_percent: 15}}`,
  30,
);
const policy = parsed.kind === 'ok' ? parsed.policy : undefined;
const order = sampleOrder({ lines: [sampleLine({ productTags: ['Final Sale'] })] });
const now = new Date(Date.parse(delivery) + 31 * 86_400_000);

function explain() {
  if (!policy) throw new Error('The policy of this test cannot be read.');
  return explainVerdict(policy, order, sampleRequest(), undefined, now);
}

describe('explainVerdict', () => {
  it('says of every check whether it passed, failed, does not apply or is not known, and why', () => {
    expect(explain().checks.map(({ rule, result, why }) => [rule, result, why])).toEqual([
      ['foreign-order', 'passed', 'It is not so.'],
      ['cancelled-order', 'passed', 'It is not so.'],
      ['already-refunded', 'passed', 'It is not so.'],
      ['gift-card', 'passed', 'It is not so.'],
      ['final-sale', 'not applicable', 'Lifted by sale.'],
      ['non-returnable-type', 'passed', 'It is not so.'],
      ['already-refunded', 'passed', 'It is not so.'],
      ['window-closed', 'failed', 'The return window of 30 days has closed (Blue Shirt).'],
      ['not-shipped', 'passed', 'It is not so.'],
      ['not-delivered', 'passed', 'It is not so.'],
      ['abroad', 'failed', 'country is us, the rule asks for none us'],
      ['loyal', 'unknown', 'customer_tag is not known'],
      [
        'sale',
        'passed',
        'tag is final sale, the rule asks for any final sale: decides bypassFinalSale, restockingFeePercent',
      ],
      [
        'dear',
        'not applicable',
        'price is 24, the rule asks for at_least 20; rules before it decided everything',
      ],
    ]);
  });

  it('names the line of each check that is about one, and comes to the verdict of judge', () => {
    const explained = explain();
    expect(new Set(explained.checks.map(({ line }) => line))).toEqual(new Set([undefined, shirt]));
    expect(policy && judge(policy, order, sampleRequest(), now)).toEqual(explained.verdict);
    expect(explained).toEqual(explain());
  });
});
