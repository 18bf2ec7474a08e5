import type { ShopReturn } from './return-state.ts';

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
  // Undefined in books that were opened before the shop knew of them.
  products?: readonly ShopProduct[] | undefined;
  storeCreditAccounts?: readonly ShopCreditAccount[] | undefined;
  /** Switched off by the merchant. */
  storeCreditOff?: boolean | undefined;
  cancellations?: readonly ShopCancellation[] | undefined;
};

export type ShopProduct = {
  readonly id: string;
  readonly title: string;
  readonly vendor: string;
  readonly productType: string;
  readonly tags: readonly string[];
  readonly variants: readonly ShopVariant[];
};

export type ShopVariant = {
  readonly id: string;
  readonly title: string;
  readonly sku: string;
  /** Minor units of the shop's currency. */
  readonly price: number;
  readonly stock: number;
};

/** One per customer and currency. */
export type ShopCreditAccount = {
  readonly id: string;
  readonly customerId: string;
  readonly currency: string;
  readonly balance: number;
};

/** A job: the shop answers at once and cancels later. */
export type ShopCancellation = {
  readonly jobId: string;
  readonly orderId: string;
  readonly refundTo: 'payments' | 'store-credit' | 'nobody';
  readonly restock: boolean;
  readonly state: 'asked' | 'seen' | 'done' | 'failed';
};

export type ShopCustomer = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email?: string | undefined;
  readonly phone?: string | undefined;
  readonly tags?: readonly string[] | undefined;
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

/** So many minor units of the shop's currency are so many of the order's. */
export type ShopRate = { readonly shop: number; readonly order: number };

export type ShopLine = {
  readonly id: string;
  readonly productId?: string | undefined;
  readonly variantId?: string | undefined;
  /** The return that this piece was sent out for, in exchange. */
  readonly exchangeOf?: string | undefined;
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
  /** The part of it that was for shipping. */
  readonly shipping?: number | undefined;
  /** The return that was processed. */
  readonly returnId?: string | undefined;
  /** What the shop kept of this return. */
  readonly fees?: number | undefined;
  /** Undefined for refunds made by hand. */
  readonly idempotencyKey?: string | undefined;
};

export type ShopRefundLine = {
  readonly id: string;
  readonly lineId: string;
  readonly quantity: number;
  readonly restockType: string;
  readonly subtotal: number;
  readonly tax: number;
};

export type ShopRefundTransaction = {
  readonly id: string;
  /** Undefined for store credit, which was no payment. */
  readonly parentId?: string | undefined;
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
