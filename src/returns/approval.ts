import type { ApprovalId, RefundId } from './ids.ts';
import type { Money } from './money.ts';

export type ApprovalState = 'pending' | 'approved' | 'denied' | 'lowered' | 'expired' | 'stale';

export type Approval = {
  readonly id: ApprovalId;
  readonly refundId: RefundId;
  /** Of exactly the refund that was shown on the card: see `refundDigest`. */
  readonly digest: string;
  readonly requestedBy: Requester;
  /** How many different people must say yes. */
  readonly required: number;
  /** Who said yes to this digest so far, each once. */
  readonly votes: readonly Decider[];
  readonly state: ApprovalState;
  /** Undefined until the card is in Slack: the time to decide begins when people can see it. */
  readonly expiresAt: Date | undefined;
  readonly decidedBy?: Decider | undefined;
  readonly decidedAt?: Date | undefined;
  readonly denialReason?: string | undefined;
};

export type Requester =
  | { readonly kind: 'customer' }
  /** Everybody who asked for it: in a thread, all who wrote there. */
  | { readonly kind: 'staff'; readonly userId: string; readonly with?: readonly string[] };
export type Decider = { readonly userId: string; readonly name: string };

export type Click = {
  readonly decision: 'approve' | 'deny' | 'lower';
  readonly by: Decider;
  readonly isApprover: boolean;
  /** Those of the earlier voters who still have the right. */
  readonly stillApprovers: readonly string[];
  /** Of the order as it was read after the click. */
  readonly currentDigest: string;
  /** For `lower`: what was typed, read against the amount on the card. */
  readonly lowerTo?: LowerAmount | undefined;
  readonly reason?: string | undefined;
};

export type LowerAmount =
  | { readonly kind: 'ok'; readonly amount: Money }
  | { readonly kind: 'bad-amount'; readonly say: string };

export type ApprovalDecision =
  | { readonly kind: 'accepted'; readonly state: 'approved' | 'denied'; readonly approval: Approval }
  /** Ends this approval; the refund of the lower amount has one of its own. */
  | {
      readonly kind: 'accepted';
      readonly state: 'lowered';
      readonly approval: Approval;
      readonly amount: Money;
    }
  | {
      readonly kind: 'counted' | 'counted-before';
      readonly have: number;
      readonly need: number;
      readonly approval: Approval;
    }
  | {
      readonly kind: 'already-decided';
      readonly state: 'approved' | 'denied' | 'lowered';
      readonly by: Decider | undefined;
    }
  | { readonly kind: 'bad-amount'; readonly say: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'not-allowed'; readonly why: 'not-an-approver' | 'requester' };

/** Rights come first: who may not decide learns nothing about who did. */
export function decideApproval(approval: Approval, click: Click, now: Date): ApprovalDecision {
  if (!click.isApprover) {
    return { kind: 'not-allowed', why: 'not-an-approver' };
  }
  if (hasRequested(approval.requestedBy, click.by.userId)) {
    return { kind: 'not-allowed', why: 'requester' };
  }
  switch (approval.state) {
    case 'approved':
    case 'denied':
    case 'lowered':
      return { kind: 'already-decided', state: approval.state, by: approval.decidedBy };
    case 'expired':
    case 'stale':
      return { kind: approval.state };
    case 'pending':
      return decidePending(approval, click, now);
  }
}

/** An empty list of approvers means nobody. Groups are the user-group ids the person belongs to. */
export function mayApprove(
  approvers: readonly string[],
  userId: string,
  groupsOfUser: readonly string[],
): boolean {
  return [userId, ...groupsOfUser].some((id) => id !== '' && approvers.includes(id));
}

export function hasRequested(requester: Requester, userId: string): boolean {
  if (requester.kind !== 'staff') return false;
  const requesters = [requester.userId, ...(requester.with ?? [])].map(withoutWorkspace);
  return requesters.includes(withoutWorkspace(userId));
}

/** Written `T0123/U45` where it is another workspace's; in an organisation one person has one id in them all. */
function withoutWorkspace(userId: string): string {
  return userId.slice(userId.lastIndexOf('/') + 1);
}

function decidePending(approval: Approval, click: Click, now: Date): ApprovalDecision {
  if (approval.expiresAt !== undefined && now.getTime() >= approval.expiresAt.getTime()) {
    return { kind: 'expired' };
  }
  const decided = { ...approval, decidedBy: click.by, decidedAt: now };
  // A denial moves nothing, so it may answer a card whose order has changed since.
  if (click.decision === 'deny') {
    const denied: Approval = { ...decided, state: 'denied', denialReason: click.reason };
    return { kind: 'accepted', state: 'denied', approval: denied };
  }
  if (approval.digest === '' || approval.digest !== click.currentDigest) {
    return { kind: 'stale' };
  }
  if (click.decision === 'approve') {
    return countVote(approval, click, now);
  }
  const { lowerTo } = click;
  if (lowerTo?.kind !== 'ok') {
    return { kind: 'bad-amount', say: lowerTo?.say ?? 'Write the amount to refund.' };
  }
  return {
    kind: 'accepted',
    state: 'lowered',
    approval: { ...decided, state: 'lowered' },
    amount: lowerTo.amount,
  };
}

/** Votes of people who lost the right are dropped for good: they would have to say yes again. */
function countVote(approval: Approval, { by, stillApprovers }: Click, now: Date): ApprovalDecision {
  const kept = approval.votes.filter(({ userId }) => userId === by.userId || stillApprovers.includes(userId));
  const isNew = !kept.some(({ userId }) => userId === by.userId);
  const votes = isNew ? [...kept, by] : kept;
  const counted: Approval = { ...approval, votes };
  const need = Math.max(1, approval.required);
  if (votes.length < need) {
    return { kind: isNew ? 'counted' : 'counted-before', have: votes.length, need, approval: counted };
  }
  return {
    kind: 'accepted',
    state: 'approved',
    approval: { ...counted, state: 'approved', decidedBy: by, decidedAt: now },
  };
}
