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

  it('lists all problems at once, from top to bottom', () => {
    const parsed = parsePolicyFile('foo: 1\nwindow_days: x\nbar: 2', 30);
    expect(parsed.kind === 'invalid' && parsed.problems.map((problem) => problem.slice(0, 6))).toEqual([
      'line 1',
      'line 2',
      'line 3',
    ]);
  });
});
