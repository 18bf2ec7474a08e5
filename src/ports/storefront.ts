import type { OrderId, PhoneNumber, RefundId } from '../returns/ids.ts';
import type { Money } from '../returns/money.ts';
import type { Order, OrderSummary } from '../returns/order.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import type { ReturnDesk } from './return-desk.ts';
import type { RefundPayment, Refusal, ShopAnswer, SuggestionOptions } from './shop-answer.ts';

/** The shop. Every method throws ExternalError when the shop cannot be asked. */
export type Storefront = {
  /**
   * `orderNumber` without `#`. Returns an order only when its name is exactly the one asked for. Takes as many
   * requests where there is none; `expected` saves one, and is only for who may know that it exists.
   */
  findOrder(orderNumber: string, expected?: OrderId): Promise<Order | undefined>;
  readOrder(id: OrderId): Promise<Order | undefined>;
  /** Newest first, at most ten. */
  listOrdersByPhone(phone: PhoneNumber): Promise<readonly OrderSummary[]>;
  /** Newest first, at most ten. The address is compared without case. */
  listOrdersByEmail(email: string): Promise<readonly OrderSummary[]>;
  /** What this customer sent back before, from their newest 20 orders. `customerId` is the shop's own. */
  readCustomerHistory(customerId: string): Promise<CustomerHistory>;
  /**
   * The order with what only a policy asks about. A fact stays undefined where it cannot be read whole: a
   * missing scope, more of it than one query may return.
   */
  addPolicyFacts(order: Order): Promise<Order>;
  /** What the shop itself computes for these lines: discounts, taxes and earlier refunds included. */
  suggestRefund(
    orderId: OrderId,
    lines: readonly ReturnLine[],
    options?: SuggestionOptions,
  ): Promise<RefundSuggestion>;
  /**
   * Moves money. Repeating it with the same key and the same command within 24 hours returns the first
   * result. ExternalError with outcome 'unknown' means the refund may exist: read the order by intent.
   */
  createRefund(command: RefundCommand): Promise<RefundReceipt>;
  /** Whether customers can spend store credit at checkout. Without it nobody should be given any. */
  storeCreditEnabled(): Promise<boolean>;
  /** Every variant of a product, sold out ones included; none when the product is gone. */
  listExchangeVariants(productId: string): Promise<readonly ExchangeVariant[]>;
  /** Adds to the tags of an order or a customer; those it has already are no error. */
  addTags(id: string, tags: readonly string[]): Promise<ShopAnswer>;
  /**
   * Cannot be undone, and is done later: poll `readJob`, then read the order. Shopify repeats nothing by
   * itself: with outcome 'unknown', read `order.cancelledAt` before asking again.
   */
  cancelOrder(command: CancelOrderCommand): Promise<CancelReceipt>;
  /** 'gone' when the shop no longer knows the job: only the order tells then. */
  readJob(jobId: string): Promise<'running' | 'done' | 'gone'>;
} & ReturnDesk;

export type ExchangeVariant = {
  readonly id: string;
  /** `Blue / L`. */
  readonly title: string;
  readonly sku: string | undefined;
  readonly options: readonly { readonly name: string; readonly value: string }[];
  /** The shop would sell it now. */
  readonly isAvailable: boolean;
  /** Pieces that may be sold online; says nothing where the shop sells beyond its stock. */
  readonly sellableQuantity: number;
};

export type CancelOrderCommand = {
  readonly orderId: OrderId;
  readonly reason: 'customer' | 'fraud' | 'inventory' | 'staff' | 'other';
  readonly refundTo: 'original' | 'store_credit';
  readonly restock: boolean;
  /** For staff, kept with the cancellation; at most 255 characters. */
  readonly staffNote: string;
};

export type CancelReceipt =
  | { readonly kind: 'accepted'; readonly jobId: string; readonly isDone: boolean }
  | Refusal;

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
  /** The part of `amount` that is shipping. */
  readonly shipping: Money;
  /** The part of `amount` that becomes store credit. */
  readonly storeCredit: Money;
};

export type RefundCommand = {
  readonly idempotencyKey: string;
  readonly intentId: RefundId;
  readonly orderId: OrderId;
  readonly lines: readonly ReturnLine[];
  /** The sum of `payments` and `storeCredit`. */
  readonly amount: Money;
  readonly payments: readonly RefundPayment[];
  readonly storeCredit?: Money | undefined;
  /** The part of `storeCredit` that is a gift, and may exceed what was paid for the order. */
  readonly bonus?: Money | undefined;
  /** Marks what is left of the order's shipping as refunded; `amount` holds it already. */
  readonly shipping?: 'full' | undefined;
};

export type RefundReceipt =
  | {
      readonly kind: 'refunded';
      readonly shopRefundId: string;
      readonly amount: Money;
      readonly payment: 'settled' | 'pending' | 'failed';
    }
  | Refusal;
