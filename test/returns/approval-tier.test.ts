import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ApprovalTier,
  boundOf,
  canonicalTiers,
  joinDemand,
  tierFor,
} from '../../src/returns/approval-tier.ts';
import { money } from '../../src/returns/money.ts';
import { needsApproval } from '../../src/returns/quote.ts';

const lead: ApprovalTier = { above: '200', approvers: ['ULEAD'], people: 1 };
const board: ApprovalTier = { above: '1000', approvers: ['SBOARD'], people: 2 };
const tiers = [lead, board];
const usd = (minor: number) => money(minor, 'USD');

describe('what a rule demands, beside a tier', () => {
  it.each([
    ['nothing', undefined, undefined, undefined],
    ['the tier alone', lead, undefined, lead],
    ['the rule alone', undefined, { people: 2 }, { people: 2 }],
    [
      'the rule that asks more people',
      lead,
      { people: 2, approvers: ['UQA'] },
      { people: 2, approvers: ['UQA'] },
    ],
    ['the tier that asks more people', board, { people: 1, approvers: ['UQA'] }, board],
    ['the tier of as many, which guards the amount', lead, { people: 1, approvers: ['UQA'] }, lead],
    [
      'the rule of as many, where the tier names nobody',
      { above: '1', people: 1 },
      { people: 1, approvers: ['UQA'] },
      { people: 1, approvers: ['UQA'] },
    ],
  ])('comes to %s', (_, tier, demand, need) => {
    expect(joinDemand(tier, demand)).toEqual(need);
  });
});

describe('tierFor', () => {
  it.each([
    [20_000, undefined],
    [20_001, lead],
    [100_000, lead],
    [100_001, board],
  ])('for %i cents is the highest tier strictly below it', (minor, tier) => {
    expect(tierFor(tiers, [usd(minor)], 'USD')).toEqual(tier);
  });

  it('counts what was refunded beside it', () => {
    expect(tierFor(tiers, [usd(60_000), usd(40_001)], 'USD')).toEqual(board);
  });

  it('is the strictest one for another currency, and when the shop’s is not known', () => {
    expect(tierFor(tiers, [money(1, 'EUR')], 'USD')).toEqual(board);
    expect(tierFor(tiers, [usd(1), money(1, 'EUR')], 'USD')).toEqual(board);
    expect(tierFor(tiers, [usd(1)], undefined)).toEqual(board);
    expect(tierFor([{ ...lead, people: 3 }, board], [money(1, 'EUR')], 'USD')?.people).toBe(3);
    expect(tierFor([], [money(1, 'EUR')], 'USD')).toBeUndefined();
  });

  it('takes decimals a currency does not have for what lies below them', () => {
    expect(boundOf('100.005', 'USD')).toEqual(usd(10_000));
    expect(boundOf('100.9', 'JPY')).toEqual(money(100, 'JPY'));
    expect(boundOf('1.5', 'KWD')).toEqual(money(1500, 'KWD'));
  });
});

describe('canonicalTiers', () => {
  it('sorts by amount and spells one amount one way', () => {
    expect(
      canonicalTiers([
        { above: '01000.00', people: 2 },
        { above: '99.50', approvers: ['U2', 'U1', 'U2'], people: 1 },
      ]),
    ).toEqual([
      { above: '99.5', approvers: ['U1', 'U2'], people: 1 },
      { above: '1000', people: 2 },
    ]);
  });
});

describe('a refund waits for approval', () => {
  it('exactly when it is above the threshold or above a tier', () => {
    fc.assert(
      fc.property(fc.nat(200_000), fc.nat(200_000), fc.nat(200_000), (amount, threshold, above) => {
        const tier = { above: String(above / 100), people: 1 };
        expect(
          needsApproval({
            amount: usd(amount),
            recentAmounts: [],
            threshold: usd(threshold),
            tiers: [tier],
          }),
        ).toBe(amount > threshold || amount > above);
      }),
    );
  });
});
