/** `#1001-R1` is the first return of order `#1001`. Amounts in minor units of the order's currency. */
export type ShopReturn = {
  readonly id: string;
  readonly name: string;
  readonly status: 'REQUESTED' | 'OPEN' | 'CLOSED' | 'CANCELED' | 'DECLINED';
  readonly createdAt: string;
  readonly closedAt?: string | undefined;
  readonly lines: readonly ShopReturnLine[];
  readonly exchanges: readonly ShopExchangeLine[];
  readonly shippingFee: ShopFee | undefined;
  /** The fee is taken once, from what is processed first. */
  readonly shippingFeeTaken: boolean;
  readonly reverseOrderId: string;
  readonly deliveries: readonly ShopReverseDelivery[];
};

type ShopFee = { readonly id: string; readonly amount: number };

export type ShopReturnLine = {
  readonly id: string;
  /** Of the reverse fulfillment order. */
  readonly reverseLineId: string;
  readonly fulfillmentLineId: string;
  readonly lineId: string;
  readonly quantity: number;
  readonly processed: number;
  readonly reasonId?: string | undefined;
  readonly note: string;
  readonly restockingFee?: { readonly id: string; readonly percentage: number } | undefined;
  readonly dispositions: readonly ShopDisposition[];
};

/** PROCESSING_REQUIRED: it arrived, and nobody decided yet what becomes of it. */
export type DispositionType = 'MISSING' | 'NOT_RESTOCKED' | 'PROCESSING_REQUIRED' | 'RESTOCKED';

type ShopDisposition = {
  readonly id: string;
  readonly type: DispositionType;
  readonly quantity: number;
  readonly createdAt: string;
};

export type ShopExchangeLine = {
  readonly id: string;
  readonly variantId: string;
  readonly quantity: number;
  readonly processed: number;
  /** For all pieces, after its own discount. */
  readonly subtotal: number;
  readonly tax: number;
  /** The line of the order that it became. */
  readonly lineIds: readonly string[];
};

type ShopReverseDelivery = {
  readonly id: string;
  readonly labelUrl?: string | undefined;
  readonly trackingNumber?: string | undefined;
  readonly trackingUrl?: string | undefined;
  readonly createdAt: string;
  readonly lines: readonly {
    readonly id: string;
    readonly reverseLineId: string;
    readonly quantity: number;
  }[];
};
