import type { DemoCustomerKey } from './demo-store-customers.ts';

/** One order of the demo store, as a story. Amounts in minor units of `currency`. */
export type DemoOrder = {
  readonly number: string;
  readonly customer: DemoCustomerKey;
  readonly placedDaysAgo: number;
  readonly shippedDaysAgo?: number;
  readonly deliveredDaysAgo?: number;
  readonly cancelledDaysAgo?: number;
  readonly currency?: string;
  readonly rate?: { readonly shop: number; readonly order: number };
  readonly taxesIncluded?: boolean;
  readonly lines: readonly DemoLine[];
  /** Off the whole order, spread over its lines. */
  readonly discount?: number;
  readonly shipping?: number;
  /** What a gift card paid; the card paid the rest. */
  readonly giftCardPaid?: number;
  readonly refundedByHand?: readonly { readonly line: string; readonly daysAgo: number }[];
  readonly summary: string;
  readonly expect: string;
};

export type DemoLine = {
  readonly title: string;
  readonly variant?: string;
  readonly type: string;
  readonly price: number;
  readonly quantity?: number;
  readonly tax?: number;
  readonly tags?: readonly string[];
  /** What else there is of this product, at the same price unless told. */
  readonly others?: readonly {
    readonly variant: string;
    readonly stock: number;
    readonly price?: number;
  }[];
};
