import { describe, expect, it } from 'vitest';
import { type Approval, type Click, decideApproval, mayApprove } from '../../src/returns/approval.ts';
import type { ApprovalId, RefundId } from '../../src/returns/ids.ts';

const expiresAt = new Date('2026-10-02T12:00:00.000Z');
const before = new Date('2026-10-02T11:59:59.999Z');
const anna = { userId: 'U1', name: 'Anna' };
const ben = { userId: 'U2', name: 'Ben' };

function approval(change: Partial<Approval> = {}): Approval {
  return {
    id: 'a1' as ApprovalId,
    refundId: 'r1' as RefundId,
    digest: 'digest',
    requestedBy: { kind: 'customer' },
    required: 1,
    votes: [],
    state: 'pending',
    expiresAt,
    ...change,
  };
}

function click(change: Partial<Click> = {}): Click {
  return {
    decision: 'approve',
    by: anna,
    isApprover: true,
    stillApprovers: [],
    currentDigest: 'digest',
    ...change,
  };
}

const decided = approval({ state: 'approved', decidedBy: ben, decidedAt: before });

describe('decideApproval', () => {
  it('accepts an approval and records who gave it', () => {
    expect(decideApproval(approval(), click(), before)).toEqual({
      kind: 'accepted',
      state: 'approved',
      approval: approval({ state: 'approved', votes: [anna], decidedBy: anna, decidedAt: before }),
    });
  });

  it('accepts a denial with its reason', () => {
    expect(decideApproval(approval(), click({ decision: 'deny', reason: 'worn' }), before)).toEqual({
      kind: 'accepted',
      state: 'denied',
      approval: approval({ state: 'denied', decidedBy: anna, decidedAt: before, denialReason: 'worn' }),
    });
  });

  it('accepts a denial although the order has changed', () => {
    const outcome = decideApproval(approval(), click({ decision: 'deny', currentDigest: 'other' }), before);
    expect(outcome).toMatchObject({ kind: 'accepted', state: 'denied' });
  });

  it('calls an approval stale when the order has changed', () => {
    expect(decideApproval(approval(), click({ currentDigest: 'other' }), before)).toEqual({ kind: 'stale' });
  });

  it('never takes a missing digest for a matching one', () => {
    expect(decideApproval(approval({ digest: '' }), click({ currentDigest: '' }), before)).toEqual({
      kind: 'stale',
    });
  });

  it.each(['approve', 'deny'] as const)('is too late to %s at the instant of expiry', (decision) => {
    expect(decideApproval(approval(), click({ decision }), expiresAt)).toEqual({ kind: 'expired' });
    expect(decideApproval(approval(), click({ decision }), before).kind).toBe('accepted');
  });

  it('says expired rather than stale when both hold', () => {
    expect(decideApproval(approval(), click({ currentDigest: 'other' }), expiresAt)).toEqual({
      kind: 'expired',
    });
  });

  it.each(['expired', 'stale'] as const)('says that a card is already %s', (state) => {
    expect(decideApproval(approval({ state }), click(), before)).toEqual({ kind: state });
  });

  it('tells a second clicker who decided what, even after the expiry', () => {
    const told = { kind: 'already-decided', state: 'approved', by: ben };
    expect(decideApproval(decided, click({ decision: 'deny' }), before)).toEqual(told);
    expect(decideApproval(decided, click(), expiresAt)).toEqual(told);
  });

  it.each([
    ['pending', approval()],
    ['decided', decided],
    ['expired', approval({ state: 'expired' })],
  ])('tells someone who is no approver nothing about a card that is %s', (_, card) => {
    const outcome = decideApproval(card, click({ isApprover: false }), before);
    expect(outcome).toEqual({ kind: 'not-allowed', why: 'not-an-approver' });
  });

  it.each(['approve', 'deny'] as const)(
    'does not let staff %s what they requested themselves',
    (decision) => {
      const own = approval({ requestedBy: { kind: 'staff', userId: anna.userId } });
      expect(decideApproval(own, click({ decision }), before)).toEqual({
        kind: 'not-allowed',
        why: 'requester',
      });
      expect(decideApproval(own, click({ decision, by: ben }), before).kind).toBe('accepted');
    },
  );
});

describe('when two people are needed', () => {
  const carl = { userId: 'U3', name: 'Carl' };
  const waiting = approval({ required: 2, votes: [anna] });
  const still = { stillApprovers: [anna.userId] };

  it('the first yes is counted and decides nothing', () => {
    expect(decideApproval(approval({ required: 2 }), click(), before)).toEqual({
      kind: 'counted',
      have: 1,
      need: 2,
      approval: waiting,
    });
  });

  it('the same person saying yes again does not count twice', () => {
    expect(decideApproval(waiting, click(still), before)).toMatchObject({
      kind: 'counted-before',
      have: 1,
      need: 2,
    });
  });

  it('another person’s yes decides', () => {
    expect(decideApproval(waiting, click({ by: ben, ...still }), before)).toMatchObject({
      kind: 'accepted',
      state: 'approved',
      approval: { votes: [anna, ben], decidedBy: ben },
    });
  });

  it('a yes of somebody who lost the right is dropped', () => {
    const counted = decideApproval(waiting, click({ by: ben }), before);
    expect(counted).toMatchObject({ kind: 'counted', have: 1, need: 2, approval: { votes: [ben] } });
    const card = counted.kind === 'counted' ? counted.approval : waiting;
    const third = click({ by: carl, stillApprovers: [ben.userId] });
    expect(decideApproval(card, third, before)).toMatchObject({ kind: 'accepted', state: 'approved' });
  });

  it('one denial ends it', () => {
    expect(decideApproval(waiting, click({ by: ben, decision: 'deny', ...still }), before)).toMatchObject({
      kind: 'accepted',
      state: 'denied',
    });
  });

  it('a changed order makes the card stale, however many said yes before', () => {
    const late = click({ by: ben, currentDigest: 'other', ...still });
    expect(decideApproval(waiting, late, before)).toEqual({ kind: 'stale' });
  });
});

describe('a lower amount', () => {
  const lowerTo = { kind: 'ok', amount: { minor: 8000, currency: 'USD' } } as const;

  it('ends the approval and names the amount', () => {
    expect(decideApproval(approval(), click({ decision: 'lower', lowerTo }), before)).toMatchObject({
      kind: 'accepted',
      state: 'lowered',
      amount: lowerTo.amount,
      approval: { state: 'lowered', decidedBy: anna },
    });
  });

  it('that cannot be used is refused with a sentence, and the card stays open', () => {
    const say = 'The amount must be more than zero.';
    expect(
      decideApproval(approval(), click({ decision: 'lower', lowerTo: { kind: 'bad-amount', say } }), before),
    ).toEqual({ kind: 'bad-amount', say });
    expect(decideApproval(approval(), click({ decision: 'lower' }), before).kind).toBe('bad-amount');
  });

  it('of an order that changed is stale', () => {
    const late = click({ decision: 'lower', lowerTo, currentDigest: 'other' });
    expect(decideApproval(approval(), late, before)).toEqual({ kind: 'stale' });
  });

  it('tells later clickers who lowered it', () => {
    const lowered = approval({ state: 'lowered', decidedBy: anna });
    expect(decideApproval(lowered, click({ by: ben }), before)).toEqual({
      kind: 'already-decided',
      state: 'lowered',
      by: anna,
    });
  });
});

it('does not expire before its card is in Slack', () => {
  const late = new Date(expiresAt.getTime() + 86_400_000);
  expect(decideApproval(approval({ expiresAt: undefined }), click(), late).kind).toBe('accepted');
});

it('does not let anybody who wrote in the requester’s thread approve it', () => {
  const own = approval({ requestedBy: { kind: 'staff', userId: 'U9', with: [anna.userId] } });
  expect(decideApproval(own, click(), before)).toEqual({ kind: 'not-allowed', why: 'requester' });
});

describe('mayApprove', () => {
  it.each([
    [['U1'], 'U1', [], true],
    [['U2'], 'U1', [], false],
    [['S1'], 'U1', ['S1'], true],
    [['S1'], 'U1', ['S2'], false],
    [[], 'U1', ['S1'], false],
    [[''], '', [''], false],
  ])('of approvers %j, user %s in groups %j: %s', (approvers, user, groups, expected) => {
    expect(mayApprove(approvers, user, groups)).toBe(expected);
  });
});

it('does not let a requester approve who asked from another workspace of the organisation', () => {
  const own = approval({ requestedBy: { kind: 'staff', userId: `EORG1/${click().by.userId}` } });
  expect(decideApproval(own, click(), before)).toEqual({ kind: 'not-allowed', why: 'requester' });
});
