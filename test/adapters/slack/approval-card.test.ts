import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildApprovalCard, buildShortCard } from '../../../src/adapters/slack/approval-card.ts';
import type { ApprovalCard, CardOutcome } from '../../../src/ports/approval-desk.ts';
import type { LineItemId } from '../../../src/returns/ids.ts';
import { brokenLimits, texts } from './block-limits.ts';
import { approvalId, sampleCard } from './sample-card.ts';

const at = new Date('2026-11-22T10:00:00Z');
const hostile = '<!channel>*Approved by Maya*\u202e\n`'.repeat(300);

const exchange = [
  {
    lineId: 'gid://shopify/LineItem/1' as LineItemId,
    variantId: 'gid://shopify/ProductVariant/2',
    title: 'Field Jacket (L)',
    quantity: 1,
  },
] as const;

function bodyOf(card: ApprovalCard): string {
  return texts(buildApprovalCard(card).blocks).join('\n');
}

function tableOf(card: ApprovalCard): string[][] {
  const table = buildApprovalCard(card).blocks.find((block) => block.type === 'table');
  return (table?.rows ?? []).map(texts);
}

describe('an open card', () => {
  test('shows order, customer, items, amount, reason, rule and expiry', () => {
    const body = bodyOf(sampleCard);
    for (const part of [
      'Refund of $240.00 for order #1001',
      '<https://admin.shopify.com/store/demo/orders/1001|#1001>',
      'J. D. · …0001',
      'Linen shirt\n2',
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

  test('says how the money moves, in the notification too', () => {
    expect(bodyOf(sampleCard)).toContain('*How*\nTo the original payment, at once');
    const card: ApprovalCard = {
      ...sampleCard,
      settlement: { ...sampleCard.settlement, settles: 'on_arrival', fee: { minor: 480, currency: 'USD' } },
    };
    const how = 'To the original payment, once the goods arrived, $4.80 fee kept back';
    expect(bodyOf(card)).toContain(`*How*\n${how}`);
    expect(buildApprovalCard(card).text).toBe(`Refund of $240.00 for order #1001 (${how}): needs approval`);
    expect(texts(buildShortCard(card).blocks).join('\n')).toContain(`How: ${how}`);
  });

  test.each([
    [
      'exchange',
      { amount: { minor: 0, currency: 'USD' }, payments: [], settles: 'on_arrival', exchange },
      'Exchange for order #1001',
      'No money moves, in exchange for 1 × Field Jacket (L), once the goods arrived',
    ],
    [
      'cancellation',
      { settles: 'cancels_order' },
      'Cancellation of order #1001, refund of $240.00',
      'To the original payment, by cancelling the order',
    ],
  ] as const)('names an %s, and offers no lower amount for it', (_name, change, title, how) => {
    const settlement = { ...sampleCard.settlement, ...change };
    const card = { ...sampleCard, settlement, amount: settlement.amount };
    for (const { blocks } of [buildApprovalCard(card), buildShortCard(card)]) {
      const body = texts(blocks).join('\n');
      expect(body).toContain(title);
      expect(body).toContain(how);
      expect(JSON.stringify(blocks)).toContain('approve_refund');
      expect(JSON.stringify(blocks)).not.toContain('lower_refund');
    }
  });

  test('lists earlier refunds', () => {
    const earlierRefunds = [
      { orderName: '#990', amount: { minor: 1500, currency: 'KWD' }, createdAt: '2026-11-01T08:00:00Z' },
    ];
    expect(bodyOf({ ...sampleCard, earlierRefunds })).toContain('KWD 1.500 for #990 on 2026-11-01');
  });

  test('has three buttons with nothing but the approval id, and Approve asks back', () => {
    const actions = buildApprovalCard(sampleCard).blocks.find((block) => block.type === 'actions');
    expect(actions).toMatchObject({
      elements: [
        {
          action_id: 'approve_refund',
          value: approvalId,
          style: 'primary',
          confirm: { text: { type: 'plain_text' } },
        },
        { action_id: 'lower_refund', value: approvalId, text: { text: 'Approve a lower amount…' } },
        { action_id: 'deny_refund', value: approvalId, style: 'danger' },
      ],
    });
  });

  test('shows the items as a table, and counts those it has no room for', () => {
    const items = Array.from({ length: 300 }, (_, index) => ({
      title: `Thing ${index}`,
      quantity: index + 1,
    }));
    const [head, first, ...rows] = tableOf({ ...sampleCard, items });
    expect([head, first, rows.at(-1)]).toEqual([
      ['Item', 'Quantity'],
      ['Thing 0', '1'],
      [`and ${300 - rows.length} more`, '…'],
    ]);
    expect(tableOf({ ...sampleCard, items: [{ title: '\u200b', quantity: 1 }] })[1]).toEqual([
      'Untitled',
      '1',
    ]);
  });

  test('says so when it names no items', () => {
    expect(bodyOf({ ...sampleCard, items: [] })).toContain('*Items*\nNone named');
  });

  test('lists earlier returns', () => {
    const earlierReturns = [{ orderName: '#990', name: '#990-R1', status: 'IN_PROGRESS' }];
    expect(bodyOf({ ...sampleCard, earlierReturns })).toContain(
      '*Earlier returns*\n#990-R1 of #990: in progress',
    );
    expect(bodyOf(sampleCard)).toContain('*Earlier returns*\nNone');
  });

  test('says who lowered it from what', () => {
    const card = { ...sampleCard, lowered: { from: { minor: 30000, currency: 'USD' }, by: 'Maya' } };
    expect(bodyOf(card)).toContain('$240.00, lowered from $300.00 by Maya; the customer has to agree');
    expect(bodyOf({ ...card, requestedBy: 'UIRIS0003' })).toContain('by Maya; whoever asked has to agree');
  });

  test('does not call it lowered when the order made it more', () => {
    const card = { ...sampleCard, lowered: { from: { minor: 20000, currency: 'USD' }, by: 'the order' } };
    expect(bodyOf(card)).toContain('$240.00, changed from $200.00 by the order; the customer');
  });

  test.each([
    [[], '0 of 2 approvals'],
    [['Maya'], '1 of 2 approvals: Maya'],
    [['<!here>'], '1 of 2 approvals: &lt;!here&gt;'],
  ])('shows %j as the first of two who have to agree, and keeps its buttons', (by, words) => {
    const { blocks } = buildApprovalCard({ ...sampleCard, votes: { by, need: 2 } });
    expect(texts(blocks)).toContain(words);
    expect(blocks.at(-1)?.type).toBe('actions');
  });

  test('does not count where one is enough', () => {
    expect(bodyOf(sampleCard)).not.toContain('approvals');
  });

  test.each([
    ['UMAYA0001', '<@UMAYA0001>'],
    ['UMAYA0001, W2', '<@UMAYA0001>, <@W2>'],
    ['the customer', 'the customer'],
    ['U1> <!here', 'U1&gt; &lt;!here'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['SGROUP1', 'SGROUP1'],
    ['', ''],
  ])('names %j as the one who asked by %j', (requestedBy, words) => {
    expect(texts(buildApprovalCard({ ...sampleCard, requestedBy }).blocks)).toContain(
      `*Requested by*\n${words}`,
    );
  });
});

describe('a decided card', () => {
  const outcomes: [CardOutcome, RegExp][] = [
    [{ kind: 'approved', by: 'Maya', at }, /^Approved by Maya at <!date/],
    [{ kind: 'denied', by: 'Maya', at, reason: 'worn <b>' }, /^Denied by Maya at <!date.*>: worn &lt;b&gt;$/],
    [{ kind: 'denied', by: 'Maya', at, reason: undefined }, /^Denied by Maya at <!date[^>]*>$/],
    [
      { kind: 'lowered', by: 'Maya', at, to: { minor: 8000, currency: 'USD' } },
      /^Maya approved \$80\.00 instead at <!date[^>]*>; a new card follows$/,
    ],
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
      earlierRefunds: Array.from({ length: 300 }, () => ({
        orderName: hostile,
        amount: sampleCard.amount,
        createdAt: hostile,
      })),
      earlierReturns: Array.from({ length: 300 }, () => ({
        orderName: hostile,
        name: hostile,
        status: hostile,
      })),
      votes: { by: Array.from({ length: 300 }, () => hostile), need: 301 },
      lowered: { from: { minor: Number.MAX_SAFE_INTEGER, currency: 'USD' }, by: hostile },
      settlement: {
        ...sampleCard.settlement,
        exchange: Array.from({ length: 300 }, () => ({ ...exchange[0], title: hostile })),
      },
      cumulativeAmount: { minor: Number.MAX_SAFE_INTEGER, currency: 'USD' },
      outcome: { kind: 'denied', by: hostile, at, reason: hostile },
    };
    // How Slack counts is not documented, so a quarter of what it takes is left.
    expect(texts(buildApprovalCard(card).blocks).join('').length).toBeLessThan(9900);
    expect(brokenLimits(buildApprovalCard(card))).toEqual([]);
    expect(brokenLimits(buildApprovalCard({ ...card, outcome: undefined }))).toEqual([]);
    expect(texts(buildApprovalCard(card).blocks.slice(1)).join('')).not.toMatch(
      /<!channel|\*Approved|‹!channel›\*/,
    );
  });

  test('stays within what Slack accepts and calls nobody, whatever the texts', () => {
    const unit = fc.constantFrom(
      '&',
      '<!here>',
      '*',
      '\n',
      'x',
      '👍',
      '\u200b',
      '|',
      '>',
      '<@U1>',
      '://',
      '@',
    );
    const text = fc.string({ unit, maxLength: 3000, size: 'max' });
    const long = fc.array(text, { maxLength: 40 });
    fc.assert(
      fc.property(text, text, long, fc.boolean(), fc.boolean(), (one, two, many, open, short) => {
        const card: ApprovalCard = {
          ...sampleCard,
          orderName: one,
          customer: two,
          reason: two,
          rule: one,
          requestedBy: one,
          policyVersion: two,
          items: many.map((title) => ({ title, quantity: 1 })),
          votes: { by: many, need: 40 },
          lowered: { from: sampleCard.amount, by: two },
          settlement: {
            ...sampleCard.settlement,
            exchange: many.map((title) => ({ ...exchange[0], title })),
          },
          earlierRefunds: many.map((orderName) => ({ ...sampleCard, orderName, createdAt: one })),
          earlierReturns: many.map((name) => ({ orderName: one, name, status: two })),
          outcome: open ? undefined : { kind: 'denied', by: one, at, reason: two },
        };
        const { text: notification, blocks } = short ? buildShortCard(card) : buildApprovalCard(card);
        expect(brokenLimits({ text: notification, blocks })).toEqual([]);
        // The header and the buttons are plain text, which Slack does not read.
        const read = blocks.filter(({ type }) => type !== 'header' && type !== 'actions');
        const all = [notification, ...texts(read)].join('\n');
        expect(
          all.replaceAll(/<!date\^\d+\^[^<>]*>|<https:\/\/admin\.shopify\.com\/[^<>|]*\|/g, ''),
        ).not.toMatch(/<[!@#]|@|:\/\//);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a short card', () => {
  test('still says what is decided about and has its buttons or its outcome', () => {
    const { blocks } = buildShortCard(sampleCard);
    expect(blocks.at(-1)).toEqual(buildApprovalCard(sampleCard).blocks.at(-1));
    const body = texts(blocks).join('\n');
    for (const part of [
      'Refund of $240.00 for order #1001',
      'J. D. · …0001',
      '<https://admin.shopify.com/store/demo/orders/1001|details in Shopify>',
    ]) {
      expect(body).toContain(part);
    }
    const decided = buildShortCard({ ...sampleCard, outcome: { kind: 'approved', by: 'Maya', at } });
    expect(texts(decided.blocks.at(-1))[0]).toMatch(/^Approved by Maya/);
  });
});
