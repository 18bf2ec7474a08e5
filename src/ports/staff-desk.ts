import type { ApprovalId, LineItemId, RefundId, ReturnId } from '../returns/ids.ts';
import type { CardReference } from './approval-desk.ts';

/** Who pressed, typed or wrote something in Slack, as Slack signed it. */
export type StaffPerson = { readonly userId: string; readonly teamId: string; readonly name: string };

/** Something a colleague wrote to the bot. */
export type StaffMessage = {
  /** The same for every delivery of the same message, whatever event carried it. */
  readonly key: string;
  /** Where the answer goes; the thread is the conversation. */
  readonly thread: CardReference;
  readonly by: StaffPerson;
  readonly writtenAt?: Date | undefined;
  /** Without the mention of the bot. */
  readonly text: string;
  /** False for a reply in a thread that does not mention the bot: it counts only where the bot already talks. */
  readonly isAddressed: boolean;
};

export type StaffReceipt =
  | { readonly kind: 'stored' | 'duplicate' }
  /** A thread the bot has no part in. */
  | { readonly kind: 'not-for-us' }
  | { readonly kind: 'not-staff' };

/** What App Home shows one person. */
export type HomeView = {
  readonly person: 'approver' | 'staff' | 'nobody';
  readonly approvals: readonly WaitingApproval[];
  /** The newest ones; `count` is how many there are. */
  readonly returns: { readonly newest: readonly OpenReturn[]; readonly count: number };
  readonly handOffs: readonly OpenHandOff[];
  readonly today: TodayFigures;
  readonly pause: Pause | undefined;
};

export type WaitingApproval = {
  readonly approvalId: ApprovalId;
  readonly orderName: string;
  /** Formatted. */
  readonly amount: string;
  /** How the money moves, a few words each. */
  readonly settlement: readonly string[];
  readonly canBeLowered: boolean;
  readonly votes: { readonly have: number; readonly need: number };
  /** Whether the person who looks may; who may, as ids of people and groups. */
  readonly mayDecide: boolean;
  readonly approvers: readonly string[];
  readonly expiresAt: Date;
  readonly card: CardReference | undefined;
};

/** On its way back: not all of it has arrived. */
export type OpenReturn = {
  readonly returnId: ReturnId;
  /** The refund that waits for it: another one as soon as a part has arrived. */
  readonly refundId: RefundId;
  /** `#1001-R1`. */
  readonly name: string;
  readonly orderName: string;
  readonly missing: readonly MissingLine[];
  /** Formatted. */
  readonly amount: string;
  readonly settlement: readonly string[];
  readonly openedAt: Date;
  readonly closesAt: Date | undefined;
  readonly hasLabel: boolean;
};

export type MissingLine = {
  readonly lineId: LineItemId;
  readonly title: string;
  readonly quantity: number;
};

/** As it is called (`#1001-R1`, `1001`), or by the button of one. */
export type ReturnReference = { readonly name: string } | { readonly returnId: ReturnId };

export type FoundReturn =
  | { readonly kind: 'found'; readonly openReturn: OpenReturn }
  | { readonly kind: 'several'; readonly names: readonly string[] }
  /** None of this name is on its way. */
  | { readonly kind: 'not-found' }
  | TakeInRefusal;

/** What a colleague says has come back. */
export type TakenIn = {
  readonly returnId: ReturnId;
  /** What was waited for when they were asked: counted against that, and once. */
  readonly refundId: RefundId;
  readonly lines: readonly { readonly lineId: LineItemId; readonly quantity: number }[];
  readonly by: StaffPerson;
};

export type TakeInAnswer =
  | { readonly kind: 'recorded'; readonly say: string }
  /** This, or another part of it, was taken in since they were asked. */
  | { readonly kind: 'already' }
  | { readonly kind: 'not-open' }
  | { readonly kind: 'not-found' }
  | { readonly kind: 'bad-lines'; readonly say: string }
  | TakeInRefusal;

export type TakeInRefusal = {
  readonly kind: 'not-allowed';
  /** 'requester': asked for the refund, which nobody approved. */
  readonly why: 'not-staff' | 'requester';
};

export type OpenHandOff = {
  readonly reason: string;
  readonly since: Date;
  /** Undefined: nobody has written in the thread yet. */
  readonly takenBy: string | undefined;
  readonly thread: CardReference | undefined;
};

/** Since midnight UTC. */
export type TodayFigures = {
  readonly conversations: number;
  readonly refunds: number;
  /** Formatted, one per currency. */
  readonly refunded: readonly string[];
  readonly handOffs: number;
};

/** While it lasts no refund is sent. */
export type Pause = {
  readonly by: string;
  readonly reason: string;
  readonly since: Date;
  /** Refunds that would be made otherwise. */
  readonly held: number;
};

export type PauseAnswer =
  | { readonly kind: 'paused'; readonly pause: Pause }
  | { readonly kind: 'already-paused'; readonly pause: Pause }
  | { readonly kind: 'resumed'; readonly by: string; readonly released: number }
  | { readonly kind: 'not-paused' }
  | { readonly kind: 'not-allowed' };
