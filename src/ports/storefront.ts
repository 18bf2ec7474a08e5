import type { OrderId, PhoneNumber, RefundId } from '../returns/ids.ts';
import type { Money } from '../returns/money.ts';
import type { Order, OrderSummary } from '../returns/order.ts';
import type { ReturnLine } from '../returns/return-request.ts';

/** The shop. Every method throws ExternalError when the shop cannot be asked. */
export type Storefront = {
  /** `orderNumber` without `#`. Returns an order only when its name is exactly the one asked for. */
  findOrder(orderNumber: string): Promise<Order | undefined>;
  readOrder(id: OrderId): Promise<Order | undefined>;
  /** Newest first, at most ten. */
  listOrdersByPhone(phone: PhoneNumber): Promise<readonly OrderSummary[]>;
  /** Newest first, at most ten. The address is compared without case. */
  listOrdersByEmail(email: string): Promise<readonly OrderSummary[]>;
  /** What this customer sent back before, from their newest 20 orders. `customerId` is the shop's own. */
  readCustomerHistory(customerId: string): Promise<CustomerHistory>;
  /** What the shop itself computes for these lines: discounts, taxes and earlier refunds included. */
  suggestRefund(orderId: OrderId, lines: readonly ReturnLine[]): Promise<RefundSuggestion>;
  /**
   * Moves money. Repeating it with the same key and the same command within 24 hours returns the first
   * result. ExternalError with outcome 'unknown' means the refund may exist: read the order by intent.
   */
  createRefund(command: RefundCommand): Promise<RefundReceipt>;
};

export type CustomerHistory = {
  /** Newest first. */
  readonly refunds: readonly {
    readonly orderName: string;
    readonly amount: Money;
    readonly createdAt: string;
  }[];
  /** `name` and `status` are the shop's: `#1001-R1`, `OPEN`. */
  readonly returns: readonly { readonly orderName: string; readonly name: string; readonly status: string }[];
};

export type RefundSuggestion = {
  readonly amount: Money;
  readonly maximumRefundable: Money;
  readonly payments: readonly RefundPayment[];
};

/** A part of a refund that goes back to one of the order's own payments. */
export type RefundPayment = {
  readonly parentTransactionId: string;
  readonly gateway: string;
  readonly amount: Money;
};

export type RefundCommand = {
  readonly idempotencyKey: string;
  readonly intentId: RefundId;
  readonly orderId: OrderId;
  readonly lines: readonly ReturnLine[];
  readonly amount: Money;
  readonly payments: readonly RefundPayment[];
};

export type RefundReceipt =
  | {
      readonly kind: 'refunded';
      readonly shopRefundId: string;
      readonly amount: Money;
      readonly payment: 'settled' | 'pending' | 'failed';
    }
  /** The shop understood and said no; trying again cannot help. */
  | { readonly kind: 'rejected'; readonly messages: readonly string[] };
