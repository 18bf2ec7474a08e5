import type { LineItemId, OrderId, RefundId } from '../returns/ids.ts';
import type { Money } from '../returns/money.ts';
import type { RecordedRefund } from '../returns/order.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import type { RefundPayment, Refusal, ShopAnswer, SuggestionOptions } from './shop-answer.ts';

/**
 * Returns as the shop keeps them: goods that travel back, and what is owed for them. The shop recognises no
 * repeated request here, so every method reads before it writes and may be called again; after outcome
 * 'unknown' leave it a minute, since what was sent may still be under way.
 */
export type ReturnDesk = {
  /** Those that may be given to a new return. `handle` is stable: `too-small`, `quality`. */
  listReturnReasons(): Promise<readonly ReturnReasonDefinition[]>;
  /** What a return would come to. Creates nothing. */
  calculateReturn(plan: ReturnPlan): Promise<ReturnCalculation | NotReturnable>;
  /** Opens a return, or finds the one opened for the same intent before. Moves no money. */
  createReturn(command: CreateReturnCommand): Promise<CreatedReturn | NotReturnable | Refusal>;
  readReturn(returnId: string): Promise<ShopReturn | undefined>;
  /** Of an order, newest first, whoever opened them. */
  listReturns(orderId: OrderId): Promise<readonly ListedReturn[]>;
  /** What processing these lines would move, fees taken off. Lines are the return's own. */
  suggestReturnOutcome(question: OutcomeQuestion): Promise<ReturnOutcome>;
  /**
   * Moves money. ExternalError with outcome 'unknown' means that the refund may exist; the same command tells
   * when it is given again.
   */
  processReturn(command: ProcessReturnCommand): Promise<ProcessReceipt>;
  /** Refused once anything of it was inspected or refunded. Done when it is cancelled already. */
  cancelReturn(returnId: string): Promise<ShopAnswer>;
  /** Done when it is closed already. */
  closeReturn(returnId: string): Promise<ShopAnswer>;
  /** Done when the parcel has a label already, whichever. The customer is not told by the shop. */
  attachLabel(command: AttachLabelCommand): Promise<ShopAnswer>;
};

export type ReturnReasonDefinition = { readonly id: string; readonly handle: string; readonly name: string };

export type ReturnPlan = {
  readonly orderId: OrderId;
  readonly lines: readonly PlannedLine[];
  /** Sent out in return; their price is set against what comes back. */
  readonly exchanges?: readonly PlannedExchange[] | undefined;
  /** Once for the whole return, in the currency the customer paid in. */
  readonly returnShippingFee?: Money | undefined;
};

type PlannedLine = ReturnLine & { readonly restockingFeePercent?: number | undefined };
type PlannedExchange = { readonly variantId: string; readonly quantity: number };

/** These were not shipped in this quantity, or are in another return. */
export type NotReturnable = { readonly kind: 'not-returnable'; readonly lineIds: readonly LineItemId[] };

export type ReturnCalculation = {
  readonly kind: 'calculated';
  /** Every `subtotal` holds its tax, as the prices of the order do. */
  readonly taxesIncluded: boolean;
  readonly lines: readonly {
    readonly lineId: LineItemId;
    readonly quantity: number;
    readonly subtotal: Money;
    readonly tax: Money;
    readonly fee: Money | undefined;
  }[];
  readonly exchanges: readonly {
    readonly variantId: string | undefined;
    readonly quantity: number;
    readonly subtotal: Money;
    readonly tax: Money;
  }[];
  readonly returnShippingFee: Money | undefined;
};

export type CreateReturnCommand = ReturnPlan & {
  readonly intentId: RefundId;
  readonly reasonId?: string | undefined;
  /** For staff, shown with every line of the return; what is longer than 200 characters is cut. */
  readonly note: string;
};

export type CreatedReturn = {
  readonly kind: 'created';
  readonly returnId: string;
  /** `#1001-R1`. */
  readonly name: string;
  readonly status: ReturnStatus;
};

export type ReturnStatus = 'requested' | 'open' | 'closed' | 'cancelled' | 'declined';

/** `intentId` is undefined for returns opened by people. */
export type ListedReturn = Pick<ShopReturn, 'id' | 'name' | 'status' | 'intentId'>;

export type ShopReturn = {
  readonly id: string;
  readonly name: string;
  readonly orderId: OrderId;
  readonly status: ReturnStatus;
  readonly createdAt: string;
  readonly closedAt: string | undefined;
  /** Undefined for returns opened by people. */
  readonly intentId: RefundId | undefined;
  readonly lines: readonly ReturnedLine[];
  readonly exchanges: readonly {
    readonly id: string;
    readonly variantId: string | undefined;
    readonly quantity: number;
    readonly processedQuantity: number;
  }[];
  readonly parcels: readonly Parcel[];
  readonly refunds: readonly RecordedRefund[];
};

export type ReturnedLine = {
  readonly id: string;
  /** Undefined for goods that are on no order. */
  readonly lineId: LineItemId | undefined;
  /** The same in `Parcel`: one line of the order may have been shipped in parts. */
  readonly shippedLineId: string | undefined;
  readonly quantity: number;
  /** Processed pieces were decided on, whether or not money was given for them. */
  readonly processedQuantity: number;
  readonly processableQuantity: number;
  readonly refundedQuantity: number;
};

/** What goes to one place. */
export type Parcel = {
  readonly id: string;
  readonly isOpen: boolean;
  readonly lines: readonly {
    readonly id: string;
    readonly lineId: LineItemId | undefined;
    readonly shippedLineId: string | undefined;
    readonly quantity: number;
    /** Of it, what the shop knows to have come, decided on or not, and what it has given up. */
    readonly arrivedQuantity: number;
    readonly missingQuantity: number;
  }[];
  readonly deliveries: readonly {
    readonly labelUrl: string | undefined;
    readonly trackingNumber: string | undefined;
    readonly trackingUrl: string | undefined;
    readonly carrier: string | undefined;
  }[];
};

export type OutcomeQuestion = SuggestionOptions & {
  readonly returnId: string;
  readonly lines: readonly ReturnQuantity[];
  readonly exchanges?: readonly ReturnQuantity[] | undefined;
};

type ReturnQuantity = { readonly id: string; readonly quantity: number };

export type ReturnOutcome =
  | {
      readonly kind: 'refund';
      readonly amount: Money;
      readonly maximumRefundable: Money;
      readonly payments: readonly RefundPayment[];
      readonly storeCredit: Money;
      readonly shipping: Money;
    }
  /** The customer would have to pay: never to be submitted by this program. */
  | { readonly kind: 'customer-owes'; readonly amount: Money }
  | { readonly kind: 'even' };

export type ProcessReturnCommand = {
  readonly returnId: string;
  readonly intentId: RefundId;
  readonly lines: readonly ProcessedLine[];
  readonly exchanges?: readonly ReturnQuantity[] | undefined;
  /** The refunds the return had when this was decided, by id. */
  readonly refundsBefore: readonly string[];
  /** The sum of `payments` and `storeCredit`; nothing is refunded when it is zero. */
  readonly amount: Money;
  readonly payments: readonly RefundPayment[];
  readonly storeCredit?: Money | undefined;
  /** The part of `storeCredit` that is a gift, and may exceed what was paid for the order. */
  readonly bonus?: Money | undefined;
  /** Marks what is left of the order's shipping as refunded; `amount` holds it already. */
  readonly shipping?: 'full' | undefined;
};

type ProcessedLine = ReturnQuantity & {
  /** What was read when this was decided: tells afterwards whether it was done. */
  readonly processedBefore: number;
  readonly dispositions: readonly {
    /** Of the parcel's line. */
    readonly id: string;
    readonly quantity: number;
    readonly type: 'restocked' | 'not_restocked' | 'processing_required' | 'missing';
    /** Needed to restock. */
    readonly locationId?: string | undefined;
  }[];
};

export type ProcessReceipt =
  | { readonly kind: 'processed'; readonly refund: RecordedRefund | undefined }
  /** It is no longer the return this was decided on: somebody processed or refunded part of it. */
  | { readonly kind: 'changed' }
  | Refusal;

export type AttachLabelCommand = {
  readonly returnId: string;
  readonly parcelId: string;
  readonly labelUrl: string;
  readonly trackingNumber?: string | undefined;
  readonly trackingUrl?: string | undefined;
};
