import type { ApprovalId } from '../returns/ids.ts';
import type { Money } from '../returns/money.ts';
import type { QuotedSettlement } from '../returns/settlement-words.ts';

/** Where people decide about refunds and take over conversations: Slack. */
export type ApprovalDesk = {
  /** The card of this approval if it was posted since then; read before posting again. */
  findCard(approvalId: ApprovalId, since: Date): Promise<CardReference | undefined>;
  postCard(card: ApprovalCard): Promise<CardReference>;
  /** The card keeps its body; the buttons give way to the outcome. */
  replaceCard(reference: CardReference, card: ApprovalCard): Promise<void>;
  /** A line under the card. Not money, so a reminder that may have been posted may be posted again. */
  remind(reference: CardReference, reminder: ApprovalReminder): Promise<void>;
};

export type ApprovalReminder = {
  readonly approvalId: ApprovalId;
  readonly orderName: string;
  /** Formatted. */
  readonly amount: string;
  readonly expiresAt: Date;
};

export type CardReference = { readonly channel: string; readonly ts: string };

export type ApprovalCard = {
  readonly approvalId: ApprovalId;
  readonly orderName: string;
  readonly orderUrl: string | undefined;
  /** Initials and the last four digits of the number, never more: `J. D. · …0001`. */
  readonly customer: string;
  readonly items: readonly { readonly title: string; readonly quantity: number }[];
  readonly amount: Money;
  /** Where the money goes and when, and what else is agreed to with it. */
  readonly settlement: QuotedSettlement;
  /** What counts against the threshold: this refund plus the last 24 hours. */
  readonly cumulativeAmount: Money;
  readonly reason: string;
  readonly rule: string;
  readonly policyVersion: string;
  readonly requestedBy: string;
  /** Who said yes so far, and how many different people are needed. */
  readonly votes: { readonly by: readonly string[]; readonly need: number };
  /** What the customer agreed to, when a person lowered it or a change of the order made it another amount. */
  readonly lowered: { readonly from: Money; readonly by: string } | undefined;
  /** Of this order and of the same customer's others, newest first. */
  readonly earlierRefunds: readonly {
    readonly orderName: string;
    readonly amount: Money;
    readonly createdAt: string;
  }[];
  readonly earlierReturns: readonly {
    readonly orderName: string;
    readonly name: string;
    readonly status: string;
  }[];
  /** How many the customer sent lately; they are in the card's thread. */
  readonly pictures: number;
  readonly expiresAt: Date;
  readonly outcome: CardOutcome | undefined;
};

export type CardOutcome =
  | { readonly kind: 'approved'; readonly by: string; readonly at: Date }
  | { readonly kind: 'denied'; readonly by: string; readonly at: Date; readonly reason: string | undefined }
  /** A card with the lower amount took the place of this one. */
  | { readonly kind: 'lowered'; readonly by: string; readonly at: Date; readonly to: Money }
  | { readonly kind: 'expired'; readonly at: Date }
  | { readonly kind: 'stale'; readonly at: Date };

/** A button press as Slack reports it; nothing in it is trusted but who pressed. */
export type ApprovalClick = {
  readonly approvalId: ApprovalId;
  readonly decision: 'approve' | 'deny' | 'lower';
  /** For `lower`: as it was typed, in the refund's currency. */
  readonly amount?: string | undefined;
  readonly reason?: string | undefined;
  readonly by: { readonly userId: string; readonly teamId: string; readonly name: string };
};

export type DecisionAnswer =
  | { readonly kind: 'accepted'; readonly state: 'approved' | 'denied' | 'lowered' }
  /** A yes that is one of several; the refund waits for the others. */
  | { readonly kind: 'counted'; readonly have: number; readonly need: number }
  | { readonly kind: 'counted-before'; readonly have: number; readonly need: number }
  | {
      readonly kind: 'already-decided';
      readonly state: 'approved' | 'denied' | 'lowered';
      readonly by: string;
    }
  /** The amount cannot be read, is not lower, or is nothing. */
  | { readonly kind: 'bad-amount'; readonly say: string }
  | { readonly kind: 'expired' }
  | { readonly kind: 'stale' }
  | { readonly kind: 'not-allowed'; readonly why: 'not-an-approver' | 'requester' }
  | { readonly kind: 'not-found' }
  /** Slack or the shop could not be asked; nothing changed. */
  | { readonly kind: 'try-later' };
