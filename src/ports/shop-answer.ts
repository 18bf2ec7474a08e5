import type { Money } from '../returns/money.ts';

/** The shop's no in its own words, which are no customer's business. Trying again cannot help. */
export type Refusal = {
  readonly kind: 'rejected';
  readonly messages: readonly string[];
  /** The shop's own, e.g. `INVALID_STATE`; empty or left out where it gives none. */
  readonly codes?: readonly string[] | undefined;
};

export type ShopAnswer = { readonly kind: 'done' } | Refusal;

/** A part of a refund that goes back to one of the order's own payments. */
export type RefundPayment = {
  readonly parentTransactionId: string;
  readonly gateway: string;
  readonly amount: Money;
};

export type SuggestionOptions = {
  /** What is left of the order's shipping goes back too. */
  readonly shipping?: 'full' | undefined;
  /** Default 'original'. */
  readonly destination?: 'original' | 'store_credit' | undefined;
};
