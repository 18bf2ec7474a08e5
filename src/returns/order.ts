import type { LineItemId, OrderId, PhoneNumber, RefundId } from './ids.ts';
import type { Money } from './money.ts';

/** An order as the shop knows it at the moment of reading. Money is what the customer paid in. */
export type Order = {
  readonly id: OrderId;
  /** As the shop shows it, e.g. `#1001`. */
  readonly name: string;
  /** ISO 8601 instants, as everywhere in this type. */
  readonly processedAt: string;
  readonly cancelledAt: string | undefined;
  readonly currency: string;
  readonly shopCurrency: string;
  readonly email: string | undefined;
  readonly phone: PhoneNumber | undefined;
  readonly shippingAddress: PostalAddress | undefined;
  readonly billingAddress: PostalAddress | undefined;
  readonly customer: OrderCustomer | undefined;
  readonly lines: readonly OrderLine[];
  readonly shipments: readonly Shipment[];
  readonly refunds: readonly RecordedRefund[];
  readonly totalReceived: Money;
  readonly totalRefunded: Money;
  /** Where a person can look at the order in the shop's admin. */
  readonly adminUrl: string | undefined;
  /** Here and below: what is left out is not known, and no rule of the policy matches it. */
  readonly tags?: readonly string[] | undefined;
  readonly discountCodes?: readonly string[] | undefined;
  /** As the shop names it, e.g. `Online Store`. */
  readonly salesChannel?: string | undefined;
  readonly riskLevel?: RiskLevel | undefined;
};

type RiskLevel = 'low' | 'medium' | 'high';

export type PostalAddress = {
  readonly postalCode: string | undefined;
  readonly phone: PhoneNumber | undefined;
  readonly countryCode: string | undefined;
};

export type OrderCustomer = {
  readonly id: string;
  readonly displayName: string;
  readonly email: string | undefined;
  readonly phone: PhoneNumber | undefined;
  readonly tags?: readonly string[] | undefined;
  /** Ever placed, this one included. */
  readonly numberOfOrders?: number | undefined;
  readonly earlierReturns?: readonly EarlierReturn[] | undefined;
};

/** Of any order of the customer; a refund without a return counts too. */
export type EarlierReturn = { readonly createdAt: string; readonly skus: readonly string[] };

export type OrderLine = {
  readonly id: LineItemId;
  readonly title: string;
  readonly variantTitle: string | undefined;
  readonly sku: string | undefined;
  readonly quantity: number;
  /** Ordered minus refunded minus removed; says nothing about what was delivered. */
  readonly refundableQuantity: number;
  /** Not yet shipped. */
  readonly unfulfilledQuantity: number;
  /** After every discount, approximate: the shop's own suggestion decides what is refunded. */
  readonly unitPrice: Money;
  readonly isGiftCard: boolean;
  readonly requiresShipping: boolean;
  readonly productTags: readonly string[];
  readonly productType: string | undefined;
  /** The number at the end of the shop's id. */
  readonly productId?: string | undefined;
  readonly vendor?: string | undefined;
  /** Handles, e.g. `summer-sale`. */
  readonly collections?: readonly string[] | undefined;
  /** Of the full price, 0 to 100. */
  readonly discountPercent?: number | undefined;
  /** Sold below its compare-at price. */
  readonly boughtOnSale?: boolean | undefined;
};

export type Shipment = {
  readonly shippedAt: string;
  readonly deliveredAt: string | undefined;
  readonly lines: readonly { readonly lineId: LineItemId; readonly quantity: number }[];
};

export type RecordedRefund = {
  /** The shop's id. */
  readonly id: string;
  readonly createdAt: string;
  readonly amount: Money;
  /** Which of our refunds this is, read from the note we left; undefined for refunds made by people. */
  readonly intentId: RefundId | undefined;
  /** A refund can exist while its payment is still under way, or after it failed. */
  readonly payment: 'settled' | 'pending' | 'failed';
};

/** Enough to let a customer recognise one of their orders. */
export type OrderSummary = {
  readonly id: OrderId;
  readonly name: string;
  readonly processedAt: string;
  readonly lines: readonly { readonly title: string; readonly quantity: number }[];
};
