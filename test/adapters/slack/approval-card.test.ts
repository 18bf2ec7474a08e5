import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildApprovalCard } from '../../../src/adapters/slack/approval-card.ts';
import type { ApprovalCard, CardOutcome } from '../../../src/ports/approval-desk.ts';
import { brokenLimits, texts } from './block-limits.ts';
import { approvalId, sampleCard } from './sample-card.ts';

const at = new Date('2026-11-22T10:00:00Z');
const hostile = '<!channel>*Approved by Maya*\u202e\n`'.repeat(300);

function bodyOf(card: ApprovalCard): string {
  return texts(buildApprovalCard(card).blocks).join('\n');
}

describe('an open card', () => {
  test('shows order, customer, items, amount, reason, rule and expiry', () => {
    const body = bodyOf(sampleCard);
    for (const part of [
      'Refund of $240.00 for order #1001',
      '<https://admin.shopify.com/store/demo/orders/1001|#1001>',
      'J. D. · …0001',
      '2 × Linen shirt',
      'too small',
      'Refunds above $100.00 need approval (policy default-1)',
      'Customer by SMS',
      '*Earlier refunds*\nNone',
      '<!date^1795428000^',
    ]) {
      expect(body).toContain(part);
    }
    expect(body).not.toContain('With the last 24 hours');
  });

  test('shows the sum that counts when it is not the amount itself', () => {
    const card = { ...sampleCard, cumulativeAmount: { minor: 30050, currency: 'USD' } };
    expect(bodyOf(card)).toContain('*With the last 24 hours*\n$300.50');
  });

  test('lists earlier refunds', () => {
    const earlierRefunds = [{ amount: { minor: 1500, currency: 'KWD' }, createdAt: '2026-11-01T08:00:00Z' }];
    expect(bodyOf({ ...sampleCard, earlierRefunds })).toContain('KWD 1.500 on 2026-11-01');
  });

  test('has an Approve that asks back and a Deny, both with nothing but the approval id', () => {
    const actions = buildApprovalCard(sampleCard).blocks.find((block) => block.type === 'actions');
    expect(actions).toMatchObject({
      elements: [
        {
          action_id: 'approve_refund',
          value: approvalId,
          style: 'primary',
          confirm: { text: { type: 'plain_text' } },
        },
        { action_id: 'deny_refund', value: approvalId, style: 'danger' },
      ],
    });
  });

  test('counts the items it has no room for', () => {
    const items = Array.from({ length: 300 }, (_, index) => ({ title: `Thing ${index}`, quantity: 1 }));
    const list = texts(buildApprovalCard({ ...sampleCard, items }).blocks).find((text) =>
      text.includes('*Items*'),
    );
    const [, ...lines] = list?.split('\n') ?? [];
    const last = lines.pop();
    expect(lines.every((line) => line.startsWith('1 × Thing '))).toBe(true);
    expect(last).toBe(`and ${300 - lines.length} more`);
  });
});

describe('a decided card', () => {
  const outcomes: [CardOutcome, RegExp][] = [
    [{ kind: 'approved', by: 'Maya', at }, /^Approved by Maya at <!date/],
    [{ kind: 'denied', by: 'Maya', at, reason: 'worn <b>' }, /^Denied by Maya at <!date.*>: worn &lt;b&gt;$/],
    [{ kind: 'denied', by: 'Maya', at, reason: undefined }, /^Denied by Maya at <!date[^>]*>$/],
    [{ kind: 'expired', at }, /^Expired at .* nothing was refunded$/],
    [
      { kind: 'stale', at },
      /^Closed at .* the order changed after this card was posted; nothing was refunded$/,
    ],
  ];

  test.each(outcomes)('keeps its body and says %j instead of the buttons', (outcome, words) => {
    const open = buildApprovalCard(sampleCard).blocks;
    const decided = buildApprovalCard({ ...sampleCard, outcome }).blocks;
    expect(decided.slice(0, -1)).toEqual(open.slice(0, -1));
    expect(JSON.stringify(decided)).not.toContain('"actions"');
    expect(texts(decided.at(-1))[0]).toMatch(words);
  });
});

describe('any card', () => {
  test('stays within what Slack accepts with 300 items and texts of 10,000 characters', () => {
    const card: ApprovalCard = {
      ...sampleCard,
      orderName: hostile,
      orderUrl: `https://shop.example/${'&'.repeat(5000)}`,
      customer: hostile,
      items: Array.from({ length: 300 }, () => ({ title: hostile, quantity: 9_999_999 })),
      reason: hostile,
      rule: hostile,
      policyVersion: hostile,
      requestedBy: hostile,
      earlierRefunds: Array.from({ length: 300 }, () => ({ amount: sampleCard.amount, createdAt: hostile })),
      cumulativeAmount: { minor: Number.MAX_SAFE_INTEGER, currency: 'USD' },
      outcome: { kind: 'denied', by: hostile, at, reason: hostile },
    };
    expect(brokenLimits(buildApprovalCard(card))).toEqual([]);
    expect(brokenLimits(buildApprovalCard({ ...card, outcome: undefined }))).toEqual([]);
    expect(texts(buildApprovalCard(card).blocks.slice(1)).join('')).not.toMatch(/<!channel|\*Approved/);
  });

  test('stays within what Slack accepts and calls nobody, whatever the texts', () => {
    const unit = fc.constantFrom('&', '<!here>', '*', '\n', 'x', '👍', '\u200b', '|', '>', '<@U1>');
    const text = fc.string({ unit, maxLength: 3000, size: 'max' });
    fc.assert(
      fc.property(text, text, fc.array(text, { maxLength: 40 }), fc.boolean(), (one, two, titles, open) => {
        const message = buildApprovalCard({
          ...sampleCard,
          orderName: one,
          customer: two,
          reason: two,
          rule: one,
          requestedBy: one,
          policyVersion: two,
          items: titles.map((title) => ({ title, quantity: 1 })),
          outcome: open ? undefined : { kind: 'denied', by: one, at, reason: two },
        });
        expect(brokenLimits(message)).toEqual([]);
        expect(texts(message.blocks.slice(1, 4)).join('') + message.text).not.toMatch(/<!here|<@U1/);
      }),
      { numRuns: 100 },
    );
  });
});
