import type { ApprovalId } from '../returns/ids.ts';
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
  readonly expiresAt: Date;
  readonly card: CardReference | undefined;
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
