/**
 * The shop's books, as JSON. Every amount is whole minor units of the order's own (presentment) currency;
 * ids are Shopify global ids; instants are ISO 8601.
 */
export type ShopState = {
  readonly storeName: string;
  readonly currency: string;
  customers: readonly ShopCustomer[];
  orders: readonly ShopOrder[];
  refunds: readonly ShopRefund[];
  idempotencyKeys: readonly UsedKey[];
  accessTokens: readonly IssuedToken[];
  lastId: number;
};

export type ShopCustomer = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
};

export type ShopAddress = {
  readonly zip: string;
  readonly countryCode: string;
  readonly phone?: string | undefined;
};

export type ShopOrder = {
  readonly id: string;
  readonly name: string;
  readonly processedAt: string;
  readonly cancelledAt?: string | undefined;
  readonly currency: string;
  readonly shopRate: ShopRate;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly customerId?: string | undefined;
  readonly shippingAddress?: ShopAddress | undefined;
  readonly billingAddress?: ShopAddress | undefined;
  readonly tags: readonly string[];
  /** True where prices contain the tax, as in the EU. */
  readonly taxesIncluded: boolean;
  readonly shippingPrice: number;
  readonly lines: readonly ShopLine[];
  readonly fulfillments: readonly ShopFulfillment[];
  /** What was received. Refund transactions belong to their refunds. */
  readonly payments: readonly ShopPayment[];
  /** Oldest first. */
  readonly returns?: readonly ShopReturn[] | undefined;
};

/** `#1001-R1` is the first return of order `#1001`. */
export type ShopReturn = {
  readonly id: string;
  readonly name: string;
  readonly status: 'REQUESTED' | 'OPEN' | 'CLOSED' | 'CANCELED' | 'DECLINED';
};

/** So many minor units of the shop's currency are so many of the order's. */
export type ShopRate = { readonly shop: number; readonly order: number };

export type ShopLine = {
  readonly id: string;
  readonly title: string;
  readonly variantTitle?: string | undefined;
  readonly sku: string;
  readonly quantity: number;
  /** Taken off the order by the merchant before anything was refunded for it. */
  readonly removedQuantity: number;
  readonly unitPrice: number;
  /** For the whole line, its share of the order's discounts included. */
  readonly discount: number;
  /** For the whole line, after discounts. */
  readonly tax: number;
  readonly isGiftCard: boolean;
  readonly requiresShipping: boolean;
  readonly productTags: readonly string[];
  readonly productType: string;
};

export type ShopFulfillment = {
  readonly id: string;
  readonly status: 'SUCCESS' | 'CANCELLED';
  readonly createdAt: string;
  readonly deliveredAt?: string | undefined;
  readonly lines: readonly { readonly id: string; readonly lineId: string; readonly quantity: number }[];
};

export type ShopPayment = {
  readonly id: string;
  readonly gateway: string;
  readonly amount: number;
  readonly createdAt: string;
};

export type PaymentStatus = 'SUCCESS' | 'PENDING' | 'FAILURE';

export type ShopRefund = {
  readonly id: string;
  readonly orderId: string;
  readonly orderName: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly note?: string | undefined;
  readonly currency: string;
  /** Sum of its transactions, whatever became of them. */
  readonly amount: number;
  readonly lines: readonly ShopRefundLine[];
  readonly transactions: readonly ShopRefundTransaction[];
  /** Undefined for refunds made by hand. */
  readonly idempotencyKey?: string | undefined;
};

type ShopRefundLine = {
  readonly id: string;
  readonly lineId: string;
  readonly quantity: number;
  readonly restockType: string;
  readonly subtotal: number;
  readonly tax: number;
};

export type ShopRefundTransaction = {
  readonly id: string;
  readonly parentId: string;
  readonly gateway: string;
  readonly amount: number;
  readonly status: PaymentStatus;
};

export type UsedKey = {
  readonly key: string;
  readonly inputDigest: string;
  /** Undefined when the attempt was refused. */
  readonly refundId?: string | undefined;
  readonly usedAt: string;
};

type IssuedToken = { readonly token: string; readonly expiresAt: string };
