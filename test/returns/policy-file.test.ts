import { describe, expect, it } from 'vitest';
import { defaultPolicy, versionPolicy } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';

describe('parsePolicyFile', () => {
  it('reads every rule', () => {
    const text = [
      'window_days: 14',
      'final_sale_tags: [Clearance]',
      'non_returnable:',
      '  gift_cards: false',
      '  product_types: [Underwear]',
      'restocking_fee_percent: 12.5',
      'fee_waived_for: [damaged]',
      'allow_undelivered: false',
      'offers: [refund, store_credit]',
      'return_instructions: Put the order number inside.',
      'close_returns_after_days: 45',
      'cancel_before_shipping: false',
    ].join('\n');
    expect(parsePolicyFile(text, 30)).toEqual({
      kind: 'ok',
      policy: versionPolicy({
        windowDays: 14,
        finalSaleTags: ['clearance'],
        nonReturnable: { giftCards: false, productTypes: ['underwear'] },
        restockingFeePercent: 12.5,
        feeWaivedFor: ['damaged'],
        allowUndelivered: false,
        offers: ['refund', 'store_credit'],
        returnInstructions: 'Put the order number inside.',
        closeReturnsAfterDays: 45,
        cancelBeforeShipping: false,
      }),
    });
  });

  it('reads who approves above which amount, lowest first', () => {
    const text = [
      'approvals:',
      '  - above: 1000.00',
      '    approvers: [S0BOARD, U0ANNA]',
      '    people: 2',
      '  - above: "250.50"',
    ].join('\n');
    const parsed = parsePolicyFile(text, 30);
    expect(parsed).toMatchObject({
      kind: 'ok',
      policy: {
        approvalTiers: [
          { above: '250.5', people: 1 },
          { above: '1000', approvers: ['S0BOARD', 'U0ANNA'], people: 2 },
        ],
      },
    });
    const { version } = defaultPolicy({ windowDays: 30 });
    expect(parsed.kind === 'ok' && parsed.policy.version).not.toBe(version);
    expect(parsePolicyFile('approvals: []', 30)).toEqual({
      kind: 'ok',
      policy: defaultPolicy({ windowDays: 30 }),
    });
  });

  it('leaves what is not in the file as it is by default', () => {
    expect(parsePolicyFile('non_returnable: {}', 21)).toEqual({
      kind: 'ok',
      policy: defaultPolicy({ windowDays: 21 }),
    });
  });

  it('makes no other version of a comment or another spelling', () => {
    const plain = parsePolicyFile('window_days: 14\nrestocking_fee_percent: 5', 30);
    expect(parsePolicyFile('# ours\nrestocking_fee_percent: 5.0\n"window_days": 14\n', 30)).toEqual(plain);
  });

  it.each([
    ['', ['line 1, column 1: the policy: expected keys such as window_days: 30']],
    ['- 1', ['line 1, column 1: the policy: expected keys such as window_days: 30']],
    ['windw_days: 3', ['line 1, column 1: unknown key windw_days']],
    ['approvals:\n  - above: 5\n    poeple: 2', ['line 3, column 5: unknown key approvals.0.poeple']],
    ['non_returnable:\n  giftcards: true', ['line 2, column 3: unknown key non_returnable.giftcards']],
    ['window_days: 1\nwindow_days: 2', ['line 2, column 1: Map keys must be unique']],
    ['a: &a [x]\nb: *a', ['line 2, column 4: aliases (*name) are not supported here']],
    ['b: *a', ['line 1, column 4: aliases (*name) are not supported here']],
  ])('says where "%s" is wrong', (text, problems) => {
    expect(parsePolicyFile(text, 30)).toEqual({ kind: 'invalid', problems });
  });

  it.each([
    ['window_days: soon', 'line 1, column 14: window_days: '],
    ['window_days: 1.5', 'line 1, column 14: window_days: '],
    ['window_days: -1', 'line 1, column 14: window_days: '],
    ['restocking_fee_percent: 101', 'line 1, column 25: restocking_fee_percent: '],
    ['restocking_fee_percent: 10.005', 'line 1, column 25: restocking_fee_percent: '],
    ['fee_waived_for:\n  - damaged\n  - bored', 'line 3, column 5: fee_waived_for.1: '],
    ['final_sale_tags: [""]', 'line 1, column 19: final_sale_tags.0: '],
    ['allow_undelivered: yes', 'line 1, column 20: allow_undelivered: '],
    ['approvals:\n  - above: much', 'line 2, column 12: approvals.0.above: expected an amount'],
    ['approvals:\n  - above: -5', 'line 2, column 12: approvals.0.above: expected an amount'],
    ['approvals:\n  - people: 2', 'line 2, column 5: approvals.0.above: '],
    ['approvals:\n  - above: 5\n    people: 0', 'line 3, column 13: approvals.0.people: '],
    ['approvals:\n  - above: 5\n    approvers: []', 'line 3, column 16: approvals.0.approvers: '],
    ['approvals:\n  - above: 5\n    approvers: [anna]', 'line 3, column 17: approvals.0.approvers.0: '],
    [
      'approvals:\n  - above: 5\n    approvers: [U1]\n    people: 2',
      'line 4, column 13: approvals.0.people: more people are needed',
    ],
    [
      'approvals:\n  - above: 5\n  - above: 5.00',
      'line 3, column 12: approvals.1.above: this amount has a tier already',
    ],
    ['a: [1', 'line 1, column 6: '],
  ])('refuses "%s"', (text, start) => {
    const parsed = parsePolicyFile(text, 30);
    expect(
      parsed.kind === 'invalid' && parsed.problems.map((problem) => problem.slice(0, start.length)),
    ).toEqual([start]);
  });

  it('reads rules in the order in which they are asked, in one form for all spellings', () => {
    const parsed = parsePolicyFile(
      'rules:\n  - {id: b, then: {deny: No}}\n  - {id: a, priority: -1, when: {tag: [B, a], price: {above: 5.50}}, then: {waive_fees: true}}',
      30,
    );
    expect(parsed).toMatchObject({
      kind: 'ok',
      policy: {
        rules: [
          {
            id: 'a',
            priority: -1,
            when: [
              { fact: 'price', test: { kind: 'range', above: '5.5' } },
              { fact: 'tag', test: { kind: 'words', any: ['a', 'b'] } },
            ],
            outcomes: { restockingFeePercent: 0, returnShippingFee: '0' },
          },
          { id: 'b', priority: 0, when: [], outcomes: { decision: { kind: 'deny', say: 'No' } } },
        ],
      },
    });
    expect(parsePolicyFile('rules: []', 30)).toEqual({
      kind: 'ok',
      policy: defaultPolicy({ windowDays: 30 }),
    });
  });

  it.each([
    ['{id: a, then: §{}}', 'rules.0.then: expected an outcome'],
    ['{id: §A b, then: {deny: No}}', 'rules.0.id: expected a name such as'],
    ['{id: a, §if: {}, then: {deny: No}}', 'unknown key rules.0.if'],
    ['{id: a, when: {§weather: bad}, then: {deny: No}}', 'unknown key rules.0.when.weather'],
    ['{id: a, when: {tag: {§non: [x]}}, then: {deny: No}}', 'unknown key rules.0.when.tag.non'],
    ['{id: a, when: {tag: §{}}, then: {deny: No}}', 'rules.0.when.tag: expected one of any:'],
    ['{id: a, when: {tag: §5}, then: {deny: No}}', 'rules.0.when.tag: expected a word, a list'],
    ['{id: a, when: {reason: §bored}, then: {deny: No}}', 'rules.0.when.reason: '],
    ['{id: a, when: {price: §cheap}, then: {deny: No}}', 'rules.0.when.price: '],
    ['{id: a, when: {quantity: {above: §-1}}, then: {deny: No}}', 'rules.0.when.quantity.above: '],
    ['{id: a, when: {quantity: {§within_days: 9}}, then: {deny: No}}', 'unknown key rules.0.when.quantity.'],
    [
      '{id: a, when: {ordered: {from: §1/2/26}}, then: {deny: No}}',
      'rules.0.when.ordered.from: expected a day',
    ],
    ['{id: a, when: {gift_card: §maybe}, then: {deny: No}}', 'rules.0.when.gift_card: '],
    ['{id: a, then: {§donate: true}}', 'unknown key rules.0.then.donate'],
    ['{id: a, then: {accept: true, deny: §No}}', 'rules.0.then.deny: a rule accepts, denies or'],
    [
      '{id: a, then: {waive_fees: §true, restocking_fee_percent: 5}}',
      'rules.0.then.waive_fees: this rule names a fee',
    ],
    ['{id: a, then: {store_credit_bonus_percent: §5}}', 'rules.0.then.store_credit_bonus_percent: needs'],
    [
      '{id: a, then: {approval: {approvers: [§anna]}}}',
      'rules.0.then.approval.approvers.0: expected a user id',
    ],
    ['{id: a, then: {approval: {approvers: [U1], people: §2}}}', 'rules.0.then.approval.people: more people'],
    [
      '{id: a, when: {price: §{above: 5, at_most: 5}}, then: {deny: No}}',
      'rules.0.when.price: nothing can be so',
    ],
    [
      '{id: a, when: {tag: §{any: [x], none: ["X*"]}}, then: {deny: No}}',
      'rules.0.when.tag: nothing can be so',
    ],
    [
      '{id: a, when: {ordered: §{from: 2026-02-01, until: 2026-01-31}}, then: {deny: No}}',
      'rules.0.when.ordered: nothing',
    ],
    [
      '{id: a, when: {days_since_delivery: {above: 30}}, then: {window_days: §29}}',
      'rules.0.then.window_days: the window has closed',
    ],
    [
      '{id: a, when: {reason: damaged}, then: {return_shipping_fee: §5}}',
      'rules.0.then.return_shipping_fee: fee_waived_for',
    ],
    [
      '{id: a, then: {keep_item: true, when: §on_arrival}}',
      'rules.0.then.when: nothing arrives of an item that is kept',
    ],
    ['{id: a, then: {keep_item: true, label: §"https://a.example"}}', 'rules.0.then.label: an item that is'],
    ['{id: a, then: {keep_item: true, refund_to: §exchange}}', 'rules.0.then.refund_to: an exchange is sent'],
    [
      '{id: a, then: {keep_item: true, return_shipping_fee: §5}}',
      'rules.0.then.return_shipping_fee: an item that is kept',
    ],
    ['{id: a, then: {label: §by post}}', 'rules.0.then.label: expected a link'],
    ['{id: §gift-card, then: {deny: No}}', 'rules.0.id: the program has a rule of its own'],
    ['{id: a, then: {deny: No}}, {id: §a, then: {note: x}}', 'rules.1.id: another rule is called a already'],
    [
      '{id: a, then: {deny: No}}, §{id: b, when: {sku: x}, then: {accept: true}}',
      'rules.1: never decides anything: a comes first',
    ],
  ])('refuses the rule %s, at the mark', (marked, problem) => {
    const text = `rules: [ ${marked}]`;
    const parsed = parsePolicyFile(text.replace('§', ''), 30);
    expect(parsed.kind === 'invalid' && parsed.problems).toEqual([
      expect.stringContaining(`line 1, column ${text.indexOf('§') + 1}: ${problem}`),
    ]);
  });

  it('refuses what a rule of higher priority decides, wherever it stands in the file', () => {
    const text = 'rules:\n  - {id: a, then: {deny: No}}\n  - {id: b, priority: -1, then: {accept: true}}';
    expect(parsePolicyFile(text, 30)).toEqual({
      kind: 'invalid',
      problems: ['line 2, column 5: rules.0: never decides anything: b comes first'],
    });
  });

  it('lists all problems at once, from top to bottom', () => {
    const parsed = parsePolicyFile('foo: 1\nwindow_days: x\nbar: 2', 30);
    expect(parsed.kind === 'invalid' && parsed.problems.map((problem) => problem.slice(0, 6))).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ]);
  });
});
