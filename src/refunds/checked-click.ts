import type { Click } from '../returns/approval.ts';
import type { ApprovalId } from '../returns/ids.ts';
import type { Money } from '../returns/money.ts';
import type { JudgedReturn } from './judge-return.ts';

/** A click with everything that had to be asked over the network. */
export type CheckedClick = {
  readonly id: ApprovalId;
  readonly click: Click;
  readonly judged: JudgedReturn | undefined;
  readonly amounts: readonly Money[];
  /** Whose rights were asked for. */
  readonly checkedVotes: readonly string[];
  /** The clicker may approve the lower amount too. */
  readonly votesForLower: boolean;
};
