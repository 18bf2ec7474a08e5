import type { ApprovalId, RefundId } from './ids.ts';

export type ApprovalState = 'pending' | 'approved' | 'denied' | 'lowered' | 'expired' | 'stale';

export type Approval = {
  readonly id: ApprovalId;
  readonly refundId: RefundId;
  /** Of exactly the refund that was shown on the card: see `refundDigest`. */
  readonly digest: string;
  readonly requestedBy: Requester;
  readonly state: ApprovalState;
  readonly expiresAt: Date;
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
  readonly decision: 'approve' | 'deny';
  readonly by: Decider;
  readonly isApprover: boolean;
  /** Of the order as it was read after the click. */
  readonly currentDigest: string;
  readonly reason?: string | undefined;
};

export type ApprovalDecision =
  | { readonly kind: 'accepted'; readonly state: 'approved' | 'denied'; readonly approval: Approval }
  | {
      readonly kind: 'already-decided';
      readonly state: 'approved' | 'denied';
      readonly by: Decider | undefined;
    }
  | { readonly kind: 'expired' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'not-allowed'; readonly why: 'not-an-approver' | 'requester' };

/** Rights come first: who may not decide learns nothing about who did. */
export function decideApproval(approval: Approval, click: Click, now: Date): ApprovalDecision {
  if (!click.isApprover) {
    return { kind: 'not-allowed', why: 'not-an-approver' };
  }
  if (approval.requestedBy.kind === 'staff' && approval.requestedBy.userId === click.by.userId) {
    return { kind: 'not-allowed', why: 'requester' };
  }
  switch (approval.state) {
    case 'approved':
    case 'denied':
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

function decidePending(approval: Approval, click: Click, now: Date): ApprovalDecision {
  if (now.getTime() >= approval.expiresAt.getTime()) {
    return { kind: 'expired' };
  }
  // A denial moves nothing, so it may answer a card whose order has changed since.
  if (click.decision === 'approve' && (approval.digest === '' || approval.digest !== click.currentDigest)) {
    return { kind: 'stale' };
  }
  const state = click.decision === 'approve' ? 'approved' : 'denied';
  const decided: Approval = { ...approval, state, decidedBy: click.by, decidedAt: now };
  return {
    kind: 'accepted',
    state,
    approval: state === 'denied' ? { ...decided, denialReason: click.reason } : decided,
  };
}
