import type { ProcessReturnCommand } from '../ports/return-desk.ts';
import type { CancelOrderCommand, RefundCommand } from '../ports/storefront.ts';
import type { RefundRow } from '../storage/refunds.ts';

/** What is to be done with a refund that is due. Nothing was sent to find out. */
export type Prepared =
  | { readonly kind: 'send'; readonly order: MoneyOrder }
  /** It was asked for already, and the shop has not done it yet. */
  | { readonly kind: 'wait'; readonly forMs: number }
  /** Another refund of the same return is at work; its end begins this one. */
  | { readonly kind: 'queued' }
  | ({ readonly kind: 'ended' } & EndedRefund);

/** One movement of money, as the shop is told it. */
export type MoneyOrder =
  | { readonly kind: 'refund'; readonly command: RefundCommand }
  | {
      readonly kind: 'return';
      readonly command: ProcessReturnCommand;
      /** Parts of the same return that were settled when the shop was read. */
      readonly madeBefore: number;
    }
  | { readonly kind: 'cancellation'; readonly command: CancelOrderCommand };

export type EndedRefund = {
  readonly event: 'refunded' | 'rejected' | 'stale' | 'by-hand';
  readonly ending: Ending;
};

export type Ending = Partial<Pick<RefundRow, 'shopRefundId' | 'payment' | 'rejection'>>;
