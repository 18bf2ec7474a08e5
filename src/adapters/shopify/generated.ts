/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
export type CalculateExchangeLineItemInput = {
  readonly quantity: number;
  readonly variantId?: string | null | undefined;
};

export type CalculateReturnInput = {
  readonly exchangeLineItems?: ReadonlyArray<CalculateExchangeLineItemInput> | null | undefined;
  readonly orderId: string;
  readonly returnLineItems?: ReadonlyArray<CalculateReturnLineItemInput> | null | undefined;
  readonly returnShippingFee?: ReturnShippingFeeInput | null | undefined;
};

export type CalculateReturnLineItemInput = {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly restockingFee?: RestockingFeeInput | null | undefined;
};

export type CountryCode =
  | 'AC'
  | 'AD'
  | 'AE'
  | 'AF'
  | 'AG'
  | 'AI'
  | 'AL'
  | 'AM'
  | 'AN'
  | 'AO'
  | 'AR'
  | 'AT'
  | 'AU'
  | 'AW'
  | 'AX'
  | 'AZ'
  | 'BA'
  | 'BB'
  | 'BD'
  | 'BE'
  | 'BF'
  | 'BG'
  | 'BH'
  | 'BI'
  | 'BJ'
  | 'BL'
  | 'BM'
  | 'BN'
  | 'BO'
  | 'BQ'
  | 'BR'
  | 'BS'
  | 'BT'
  | 'BV'
  | 'BW'
  | 'BY'
  | 'BZ'
  | 'CA'
  | 'CC'
  | 'CD'
  | 'CF'
  | 'CG'
  | 'CH'
  | 'CI'
  | 'CK'
  | 'CL'
  | 'CM'
  | 'CN'
  | 'CO'
  | 'CR'
  | 'CU'
  | 'CV'
  | 'CW'
  | 'CX'
  | 'CY'
  | 'CZ'
  | 'DE'
  | 'DJ'
  | 'DK'
  | 'DM'
  | 'DO'
  | 'DZ'
  | 'EC'
  | 'EE'
  | 'EG'
  | 'EH'
  | 'ER'
  | 'ES'
  | 'ET'
  | 'FI'
  | 'FJ'
  | 'FK'
  | 'FO'
  | 'FR'
  | 'GA'
  | 'GB'
  | 'GD'
  | 'GE'
  | 'GF'
  | 'GG'
  | 'GH'
  | 'GI'
  | 'GL'
  | 'GM'
  | 'GN'
  | 'GP'
  | 'GQ'
  | 'GR'
  | 'GS'
  | 'GT'
  | 'GW'
  | 'GY'
  | 'HK'
  | 'HM'
  | 'HN'
  | 'HR'
  | 'HT'
  | 'HU'
  | 'ID'
  | 'IE'
  | 'IL'
  | 'IM'
  | 'IN'
  | 'IO'
  | 'IQ'
  | 'IR'
  | 'IS'
  | 'IT'
  | 'JE'
  | 'JM'
  | 'JO'
  | 'JP'
  | 'KE'
  | 'KG'
  | 'KH'
  | 'KI'
  | 'KM'
  | 'KN'
  | 'KP'
  | 'KR'
  | 'KW'
  | 'KY'
  | 'KZ'
  | 'LA'
  | 'LB'
  | 'LC'
  | 'LI'
  | 'LK'
  | 'LR'
  | 'LS'
  | 'LT'
  | 'LU'
  | 'LV'
  | 'LY'
  | 'MA'
  | 'MC'
  | 'MD'
  | 'ME'
  | 'MF'
  | 'MG'
  | 'MK'
  | 'ML'
  | 'MM'
  | 'MN'
  | 'MO'
  | 'MQ'
  | 'MR'
  | 'MS'
  | 'MT'
  | 'MU'
  | 'MV'
  | 'MW'
  | 'MX'
  | 'MY'
  | 'MZ'
  | 'NA'
  | 'NC'
  | 'NE'
  | 'NF'
  | 'NG'
  | 'NI'
  | 'NL'
  | 'NO'
  | 'NP'
  | 'NR'
  | 'NU'
  | 'NZ'
  | 'OM'
  | 'PA'
  | 'PE'
  | 'PF'
  | 'PG'
  | 'PH'
  | 'PK'
  | 'PL'
  | 'PM'
  | 'PN'
  | 'PS'
  | 'PT'
  | 'PY'
  | 'QA'
  | 'RE'
  | 'RO'
  | 'RS'
  | 'RU'
  | 'RW'
  | 'SA'
  | 'SB'
  | 'SC'
  | 'SD'
  | 'SE'
  | 'SG'
  | 'SH'
  | 'SI'
  | 'SJ'
  | 'SK'
  | 'SL'
  | 'SM'
  | 'SN'
  | 'SO'
  | 'SR'
  | 'SS'
  | 'ST'
  | 'SV'
  | 'SX'
  | 'SY'
  | 'SZ'
  | 'TA'
  | 'TC'
  | 'TD'
  | 'TF'
  | 'TG'
  | 'TH'
  | 'TJ'
  | 'TK'
  | 'TL'
  | 'TM'
  | 'TN'
  | 'TO'
  | 'TR'
  | 'TT'
  | 'TV'
  | 'TW'
  | 'TZ'
  | 'UA'
  | 'UG'
  | 'UM'
  | 'US'
  | 'UY'
  | 'UZ'
  | 'VA'
  | 'VC'
  | 'VE'
  | 'VG'
  | 'VN'
  | 'VU'
  | 'WF'
  | 'WS'
  | 'XK'
  | 'YE'
  | 'YT'
  | 'ZA'
  | 'ZM'
  | 'ZW'
  | 'ZZ';

export type CurrencyCode =
  | 'AED'
  | 'AFN'
  | 'ALL'
  | 'AMD'
  | 'ANG'
  | 'AOA'
  | 'ARS'
  | 'AUD'
  | 'AWG'
  | 'AZN'
  | 'BAM'
  | 'BBD'
  | 'BDT'
  | 'BGN'
  | 'BHD'
  | 'BIF'
  | 'BMD'
  | 'BND'
  | 'BOB'
  | 'BRL'
  | 'BSD'
  | 'BTN'
  | 'BWP'
  | 'BYN'
  | 'BYR'
  | 'BZD'
  | 'CAD'
  | 'CDF'
  | 'CHF'
  | 'CLP'
  | 'CNY'
  | 'COP'
  | 'CRC'
  | 'CVE'
  | 'CZK'
  | 'DJF'
  | 'DKK'
  | 'DOP'
  | 'DZD'
  | 'EGP'
  | 'ERN'
  | 'ETB'
  | 'EUR'
  | 'FJD'
  | 'FKP'
  | 'GBP'
  | 'GEL'
  | 'GHS'
  | 'GIP'
  | 'GMD'
  | 'GNF'
  | 'GTQ'
  | 'GYD'
  | 'HKD'
  | 'HNL'
  | 'HRK'
  | 'HTG'
  | 'HUF'
  | 'IDR'
  | 'ILS'
  | 'INR'
  | 'IQD'
  | 'IRR'
  | 'ISK'
  | 'JEP'
  | 'JMD'
  | 'JOD'
  | 'JPY'
  | 'KES'
  | 'KGS'
  | 'KHR'
  | 'KID'
  | 'KMF'
  | 'KRW'
  | 'KWD'
  | 'KYD'
  | 'KZT'
  | 'LAK'
  | 'LBP'
  | 'LKR'
  | 'LRD'
  | 'LSL'
  | 'LTL'
  | 'LVL'
  | 'LYD'
  | 'MAD'
  | 'MDL'
  | 'MGA'
  | 'MKD'
  | 'MMK'
  | 'MNT'
  | 'MOP'
  | 'MRU'
  | 'MUR'
  | 'MVR'
  | 'MWK'
  | 'MXN'
  | 'MYR'
  | 'MZN'
  | 'NAD'
  | 'NGN'
  | 'NIO'
  | 'NOK'
  | 'NPR'
  | 'NZD'
  | 'OMR'
  | 'PAB'
  | 'PEN'
  | 'PGK'
  | 'PHP'
  | 'PKR'
  | 'PLN'
  | 'PYG'
  | 'QAR'
  | 'RON'
  | 'RSD'
  | 'RUB'
  | 'RWF'
  | 'SAR'
  | 'SBD'
  | 'SCR'
  | 'SDG'
  | 'SEK'
  | 'SGD'
  | 'SHP'
  | 'SLL'
  | 'SOS'
  | 'SRD'
  | 'SSP'
  | 'STD'
  | 'STN'
  | 'SYP'
  | 'SZL'
  | 'THB'
  | 'TJS'
  | 'TMT'
  | 'TND'
  | 'TOP'
  | 'TRY'
  | 'TTD'
  | 'TWD'
  | 'TZS'
  | 'UAH'
  | 'UGX'
  | 'USD'
  | 'USDC'
  | 'UYU'
  | 'UZS'
  | 'VED'
  | 'VEF'
  | 'VES'
  | 'VND'
  | 'VUV'
  | 'WST'
  | 'XAF'
  | 'XCD'
  | 'XOF'
  | 'XPF'
  | 'XXX'
  | 'YER'
  | 'ZAR'
  | 'ZMW';

export type ExchangeLineItemInput = {
  readonly quantity: number;
  readonly variantId?: string | null | undefined;
};

export type FulfillmentStatus =
  | 'CANCELLED'
  | 'ERROR'
  | 'FAILURE'
  | 'OPEN'
  | 'PENDING'
  | 'SUCCESS';

export type MoneyInput = {
  readonly amount: string;
  readonly currencyCode: CurrencyCode;
};

export type OrderCancelReason =
  | 'CUSTOMER'
  | 'DECLINED'
  | 'FRAUD'
  | 'INVENTORY'
  | 'OTHER'
  | 'STAFF';

export type OrderCancelRefundMethodInput =
  {   readonly originalPaymentMethodsRefund: boolean; readonly storeCreditRefund?: never; }
  |  { readonly originalPaymentMethodsRefund?: never;   readonly storeCreditRefund: OrderCancelStoreCreditRefundInput; };

export type OrderCancelStoreCreditRefundInput = {
  readonly expiresAt?: string | null | undefined;
};

export type OrderCancelUserErrorCode =
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'NOT_FOUND'
  | 'NO_REFUND_PERMISSION'
  | 'NO_REFUND_TO_STORE_CREDIT_PERMISSION'
  | 'STORE_CREDIT_REFUND_B2B_NOT_SUPPORTED'
  | 'STORE_CREDIT_REFUND_EXPIRATION_IN_PAST'
  | 'STORE_CREDIT_REFUND_MISSING_CUSTOMER';

export type OrderTransactionInput = {
  readonly amount: string;
  readonly gateway: string;
  readonly kind: OrderTransactionKind;
  readonly orderId: string;
  readonly parentId?: string | null | undefined;
};

export type OrderTransactionKind =
  | 'AUTHORIZATION'
  | 'CAPTURE'
  | 'CHANGE'
  | 'EMV_AUTHORIZATION'
  | 'REFUND'
  | 'SALE'
  | 'SUGGESTED_REFUND'
  | 'VOID';

export type OrderTransactionStatus =
  | 'AWAITING_RESPONSE'
  | 'ERROR'
  | 'FAILURE'
  | 'PENDING'
  | 'SUCCESS'
  | 'UNKNOWN';

export type RefundInput = {
  readonly allowOverRefunding?: boolean | null | undefined;
  readonly currency?: CurrencyCode | null | undefined;
  readonly note?: string | null | undefined;
  readonly notify?: boolean | null | undefined;
  readonly orderId: string;
  readonly refundLineItems?: ReadonlyArray<RefundLineItemInput> | null | undefined;
  readonly refundMethods?: ReadonlyArray<RefundMethodInput> | null | undefined;
  readonly shipping?: ShippingRefundInput | null | undefined;
  readonly transactions?: ReadonlyArray<OrderTransactionInput> | null | undefined;
};

export type RefundLineItemInput = {
  readonly lineItemId: string;
  readonly quantity: number;
  readonly restockType?: RefundLineItemRestockType | null | undefined;
};

export type RefundLineItemRestockType =
  | 'CANCEL'
  | 'LEGACY_RESTOCK'
  | 'NO_RESTOCK'
  | 'RETURN';

export type RefundMethodAllocation =
  | 'ORIGINAL_PAYMENT_METHODS'
  | 'STORE_CREDIT';

export type RefundMethodInput =
  {   readonly storeCreditRefund: StoreCreditRefundInput; };

export type RefundShippingInput = {
  readonly fullRefund?: boolean | null | undefined;
};

export type RestockingFeeInput = {
  readonly percentage: number;
};

export type ReturnErrorCode =
  | 'ALREADY_EXISTS'
  | 'BLANK'
  | 'CREATION_FAILED'
  | 'EQUAL_TO'
  | 'FEATURE_NOT_ENABLED'
  | 'GREATER_THAN'
  | 'GREATER_THAN_OR_EQUAL_TO'
  | 'INCLUSION'
  | 'INCOMPATIBLE_WITH_STANDARD_POLICY'
  | 'INTERNAL_ERROR'
  | 'INVALID'
  | 'INVALID_STATE'
  | 'LESS_THAN'
  | 'LESS_THAN_OR_EQUAL_TO'
  | 'MISSING_PERMISSION'
  | 'NOTIFICATION_FAILED'
  | 'NOT_A_NUMBER'
  | 'NOT_EDITABLE'
  | 'NOT_FOUND'
  | 'PRESENT'
  | 'TAKEN'
  | 'TOO_BIG'
  | 'TOO_LONG'
  | 'TOO_MANY_ARGUMENTS'
  | 'TOO_SHORT'
  | 'WRONG_LENGTH';

export type ReturnInput = {
  readonly exchangeLineItems?: ReadonlyArray<ExchangeLineItemInput> | null | undefined;
  readonly orderId: string;
  readonly returnLineItems: ReadonlyArray<ReturnLineItemInput>;
  readonly returnShippingFee?: ReturnShippingFeeInput | null | undefined;
};

export type ReturnLineItemInput = {
  readonly fulfillmentLineItemId: string;
  readonly quantity: number;
  readonly restockingFee?: RestockingFeeInput | null | undefined;
  readonly returnReasonDefinitionId?: string | null | undefined;
  readonly returnReasonNote?: string | null | undefined;
};

export type ReturnProcessExchangeLineItemInput = {
  readonly id: string;
  readonly quantity: number;
};

export type ReturnProcessFinancialTransferInput =
  {   readonly issueRefund: ReturnProcessRefundInput; };

export type ReturnProcessInput = {
  readonly exchangeLineItems?: ReadonlyArray<ReturnProcessExchangeLineItemInput> | null | undefined;
  readonly financialTransfer?: ReturnProcessFinancialTransferInput | null | undefined;
  readonly note?: string | null | undefined;
  readonly notifyCustomer?: boolean | null | undefined;
  readonly refundShipping?: RefundShippingInput | null | undefined;
  readonly returnId: string;
  readonly returnLineItems?: ReadonlyArray<ReturnProcessReturnLineItemInput> | null | undefined;
};

export type ReturnProcessRefundInput = {
  readonly allowOverRefunding?: boolean | null | undefined;
  readonly orderTransactions: ReadonlyArray<ReturnRefundOrderTransactionInput>;
  readonly refundMethods?: ReadonlyArray<RefundMethodInput> | null | undefined;
};

export type ReturnProcessReturnLineItemInput = {
  readonly dispositions?: ReadonlyArray<ReverseFulfillmentOrderDisposeInput> | null | undefined;
  readonly id: string;
  readonly quantity: number;
};

export type ReturnRefundOrderTransactionInput = {
  readonly parentId: string;
  readonly transactionAmount: MoneyInput;
};

export type ReturnShippingFeeInput = {
  readonly amount: MoneyInput;
};

export type ReturnStatus =
  | 'CANCELED'
  | 'CLOSED'
  | 'DECLINED'
  | 'OPEN'
  | 'REQUESTED';

export type ReverseDeliveryLabelInput = {
  readonly fileUrl: string;
};

export type ReverseDeliveryLineItemInput = {
  readonly quantity: number;
  readonly reverseFulfillmentOrderLineItemId: string;
};

export type ReverseDeliveryTrackingInput = {
  readonly number?: string | null | undefined;
  readonly url?: string | null | undefined;
};

export type ReverseFulfillmentOrderDisposeInput = {
  readonly dispositionType: ReverseFulfillmentOrderDispositionType;
  readonly locationId?: string | null | undefined;
  readonly quantity: number;
  readonly reverseFulfillmentOrderLineItemId: string;
};

export type ReverseFulfillmentOrderDispositionType =
  | 'MISSING'
  | 'NOT_RESTOCKED'
  | 'PROCESSING_REQUIRED'
  | 'RESTOCKED';

export type ReverseFulfillmentOrderStatus =
  | 'CANCELED'
  | 'CLOSED'
  | 'OPEN';

export type RiskAssessmentResult =
  | 'HIGH'
  | 'LOW'
  | 'MEDIUM'
  | 'NONE'
  | 'PENDING';

export type ShippingRefundInput = {
  readonly fullRefund?: boolean | null | undefined;
};

export type StoreCreditRefundInput = {
  readonly amount: MoneyInput;
};

export type SuggestedOutcomeExchangeLineItemInput = {
  readonly id: string;
  readonly quantity: number;
};

export type SuggestedOutcomeReturnLineItemInput = {
  readonly id: string;
  readonly quantity: number;
};

export type FindOrdersByNameQueryVariables = Exact<{
  search: string;
}>;


export type FindOrdersByNameQuery = { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string }> } };

export type ReadOrderQueryVariables = Exact<{
  id: string;
  shipments: number;
  refunds: number;
}>;


export type ReadOrderQuery = { readonly order: { readonly id: string, readonly name: string, readonly processedAt: string, readonly cancelledAt: string | null, readonly currencyCode: CurrencyCode, readonly presentmentCurrencyCode: CurrencyCode, readonly email: string | null, readonly phone: string | null, readonly shippingAddress: { readonly zip: string | null, readonly phone: string | null, readonly countryCodeV2: CountryCode | null } | null, readonly billingAddress: { readonly zip: string | null, readonly phone: string | null, readonly countryCodeV2: CountryCode | null } | null, readonly customer: { readonly id: string, readonly displayName: string, readonly defaultEmailAddress: { readonly emailAddress: string } | null, readonly defaultPhoneNumber: { readonly phoneNumber: string } | null } | null, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly variantTitle: string | null, readonly sku: string | null, readonly quantity: number, readonly refundableQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly discountedUnitPriceAfterAllDiscountsSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly product: { readonly tags: ReadonlyArray<string>, readonly productType: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } }, readonly fulfillments: ReadonlyArray<{ readonly id: string, readonly status: FulfillmentStatus, readonly createdAt: string, readonly deliveredAt: string | null, readonly fulfillmentLineItems: { readonly nodes: ReadonlyArray<{ readonly quantity: number | null, readonly lineItem: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } }>, readonly refunds: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly updatedAt: string, readonly note: string | null, readonly totalRefundedSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly transactions: { readonly nodes: ReadonlyArray<{ readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus }> } }>, readonly totalReceivedSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalRefundedSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null };

export type ReadMoreLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ReadMoreLinesQuery = { readonly order: { readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly variantTitle: string | null, readonly sku: string | null, readonly quantity: number, readonly refundableQuantity: number, readonly unfulfilledQuantity: number, readonly isGiftCard: boolean, readonly requiresShipping: boolean, readonly discountedUnitPriceAfterAllDiscountsSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly product: { readonly tags: ReadonlyArray<string>, readonly productType: string } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ReadMoreShippedLinesQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ReadMoreShippedLinesQuery = { readonly fulfillment: { readonly fulfillmentLineItems: { readonly nodes: ReadonlyArray<{ readonly quantity: number | null, readonly lineItem: { readonly id: string } }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ListOrdersByPhoneQueryVariables = Exact<{
  phone: string;
}>;


export type ListOrdersByPhoneQuery = { readonly customerByIdentifier: { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly processedAt: string, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly title: string, readonly quantity: number }> } }> } } | null };

export type ListOrdersByEmailQueryVariables = Exact<{
  search: string;
  email: string;
}>;


export type ListOrdersByEmailQuery = { readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly processedAt: string, readonly email: string | null, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly title: string, readonly quantity: number }> } }> }, readonly customerByIdentifier: { readonly defaultEmailAddress: { readonly emailAddress: string } | null, readonly orders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly processedAt: string, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly title: string, readonly quantity: number }> } }> } } | null };

export type ReadEarlierRefundsQueryVariables = Exact<{
  id: string;
}>;


export type ReadEarlierRefundsQuery = { readonly customer: { readonly orders: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly refunds: ReadonlyArray<{ readonly createdAt: string | null, readonly updatedAt: string, readonly totalRefundedSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }> }> } } | null };

export type ReadEarlierReturnsQueryVariables = Exact<{
  id: string;
}>;


export type ReadEarlierReturnsQuery = { readonly customer: { readonly orders: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly returns: { readonly nodes: ReadonlyArray<{ readonly name: string, readonly status: ReturnStatus }> } }> } } | null };

export type SuggestRefundQueryVariables = Exact<{
  id: string;
  lines: ReadonlyArray<RefundLineItemInput> | RefundLineItemInput;
  shipping: boolean;
  destination: RefundMethodAllocation;
}>;


export type SuggestRefundQuery = { readonly order: { readonly suggestedRefund: { readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly maximumRefundableSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly shipping: { readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }, readonly suggestedTransactions: ReadonlyArray<{ readonly gateway: string | null, readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null }>, readonly suggestedRefundMethods: ReadonlyArray<{ readonly amount: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }> } | null } | null };

export type CreateRefundMutationVariables = Exact<{
  input: RefundInput;
  key: string;
}>;


export type CreateRefundMutation = { readonly refundCreate: { readonly refund: { readonly id: string, readonly totalRefundedSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly transactions: { readonly nodes: ReadonlyArray<{ readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus }> } } | null, readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type ListExchangeVariantsQueryVariables = Exact<{
  id: string;
}>;


export type ListExchangeVariantsQuery = { readonly product: { readonly variants: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly title: string, readonly sku: string | null, readonly availableForSale: boolean, readonly sellableOnlineQuantity: number, readonly selectedOptions: ReadonlyArray<{ readonly name: string, readonly value: string }> }> } } | null };

export type ReadStoreCreditQueryVariables = Exact<{ [key: string]: never; }>;


export type ReadStoreCreditQuery = { readonly storeCreditConfiguration: { readonly storeCreditEnabled: boolean } };

export type CancelOrderMutationVariables = Exact<{
  id: string;
  reason: OrderCancelReason;
  restock: boolean;
  refund: OrderCancelRefundMethodInput;
  note: string;
}>;


export type CancelOrderMutation = { readonly orderCancel: { readonly job: { readonly id: string, readonly done: boolean } | null, readonly orderCancelUserErrors: ReadonlyArray<{ readonly code: OrderCancelUserErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type ReadJobQueryVariables = Exact<{
  id: string;
}>;


export type ReadJobQuery = { readonly job: { readonly id: string, readonly done: boolean } | null };

export type AddTagsMutationVariables = Exact<{
  id: string;
  tags: ReadonlyArray<string> | string;
}>;


export type AddTagsMutation = { readonly tagsAdd: { readonly userErrors: ReadonlyArray<{ readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type ReadOrderFactsQueryVariables = Exact<{
  id: string;
  after?: string | null | undefined;
}>;


export type ReadOrderFactsQuery = { readonly order: { readonly tags: ReadonlyArray<string>, readonly discountCodes: ReadonlyArray<string>, readonly app: { readonly name: string } | null, readonly risk: { readonly assessments: ReadonlyArray<{ readonly riskLevel: RiskAssessmentResult }> }, readonly customer: { readonly tags: ReadonlyArray<string>, readonly numberOfOrders: string } | null, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly vendor: string | null, readonly originalUnitPriceSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly product: { readonly id: string, readonly collections: { readonly nodes: ReadonlyArray<{ readonly handle: string }> } } | null }>, readonly pageInfo: { readonly hasNextPage: boolean, readonly endCursor: string | null } } } | null };

export type ReadRefundedLinesQueryVariables = Exact<{
  id: string;
}>;


export type ReadRefundedLinesQuery = { readonly customer: { readonly orders: { readonly nodes: ReadonlyArray<{ readonly refunds: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly updatedAt: string, readonly refundLineItems: { readonly nodes: ReadonlyArray<{ readonly lineItem: { readonly sku: string | null } }>, readonly pageInfo: { readonly hasNextPage: boolean } } }> }>, readonly pageInfo: { readonly hasNextPage: boolean } } } | null };

export type ReadReturnedLinesQueryVariables = Exact<{
  id: string;
}>;


export type ReadReturnedLinesQuery = { readonly customer: { readonly orders: { readonly nodes: ReadonlyArray<{ readonly returns: { readonly nodes: ReadonlyArray<{ readonly createdAt: string, readonly status: ReturnStatus, readonly returnLineItems: { readonly nodes: ReadonlyArray<
                | { readonly fulfillmentLineItem: { readonly lineItem: { readonly sku: string | null } } }
                | Record<PropertyKey, never>
              >, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly refunds: { readonly nodes: ReadonlyArray<{ readonly id: string }> } }>, readonly pageInfo: { readonly hasNextPage: boolean } } }> } } | null };

export type ReadReturnableQueryVariables = Exact<{
  id: string;
  fulfillments: number;
}>;


export type ReadReturnableQuery = { readonly returnableFulfillments: { readonly nodes: ReadonlyArray<{ readonly returnableFulfillmentLineItems: { readonly nodes: ReadonlyArray<{ readonly quantity: number, readonly fulfillmentLineItem: { readonly id: string, readonly lineItem: { readonly id: string } } }>, readonly pageInfo: { readonly hasNextPage: boolean } } }> } };

export type ListReturnReasonsQueryVariables = Exact<{ [key: string]: never; }>;


export type ListReturnReasonsQuery = { readonly returnReasonDefinitions: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly handle: string, readonly name: string }> } };

export type CalculateReturnQueryVariables = Exact<{
  orderId: string;
  input: CalculateReturnInput;
}>;


export type CalculateReturnQuery = { readonly order: { readonly taxesIncluded: boolean } | null, readonly returnCalculate: { readonly returnLineItems: ReadonlyArray<{ readonly quantity: number, readonly fulfillmentLineItem: { readonly lineItem: { readonly id: string } }, readonly subtotalSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalTaxSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly restockingFee: { readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null }>, readonly exchangeLineItems: ReadonlyArray<{ readonly quantity: number, readonly variant: { readonly id: string } | null, readonly subtotalSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly totalTaxSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }>, readonly returnShippingFee: { readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } } | null } | null };

export type FindReturnsQueryVariables = Exact<{
  id: string;
  returns: number;
}>;


export type FindReturnsQuery = { readonly order: { readonly returns: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly name: string, readonly status: ReturnStatus, readonly returnLineItems: { readonly nodes: ReadonlyArray<
            | { readonly returnReasonNote: string }
            | { readonly returnReasonNote: string }
          > } }> } } | null };

export type CreateReturnMutationVariables = Exact<{
  input: ReturnInput;
}>;


export type CreateReturnMutation = { readonly returnCreate: { readonly return: { readonly id: string, readonly name: string, readonly status: ReturnStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: ReturnErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type ReadReturnQueryVariables = Exact<{
  id: string;
}>;


export type ReadReturnQuery = { readonly return: { readonly id: string, readonly name: string, readonly status: ReturnStatus, readonly createdAt: string, readonly closedAt: string | null, readonly order: { readonly id: string }, readonly returnLineItems: { readonly nodes: ReadonlyArray<
        | { readonly id: string, readonly quantity: number, readonly processableQuantity: number, readonly processedQuantity: number, readonly refundedQuantity: number, readonly returnReasonNote: string, readonly fulfillmentLineItem: { readonly id: string, readonly lineItem: { readonly id: string } } }
        | { readonly id: string, readonly quantity: number, readonly processableQuantity: number, readonly processedQuantity: number, readonly refundedQuantity: number, readonly returnReasonNote: string }
      >, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly exchangeLineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly quantity: number, readonly processedQuantity: number, readonly variantId: string | null }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly reverseFulfillmentOrders: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly status: ReverseFulfillmentOrderStatus, readonly lineItems: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly totalQuantity: number, readonly fulfillmentLineItem: { readonly id: string, readonly lineItem: { readonly id: string } } | null, readonly dispositions: ReadonlyArray<{ readonly type: ReverseFulfillmentOrderDispositionType, readonly quantity: number }> }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly reverseDeliveries: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly deliverable: { readonly tracking: { readonly number: string | null, readonly url: string | null, readonly carrierName: string | null } | null, readonly label: { readonly publicFileUrl: string | null } | null } | null }> } }>, readonly pageInfo: { readonly hasNextPage: boolean } }, readonly refunds: { readonly nodes: ReadonlyArray<{ readonly id: string, readonly createdAt: string | null, readonly updatedAt: string, readonly note: string | null, readonly totalRefundedSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly transactions: { readonly nodes: ReadonlyArray<{ readonly kind: OrderTransactionKind, readonly status: OrderTransactionStatus }> } }>, readonly pageInfo: { readonly hasNextPage: boolean } } } | null };

export type SuggestReturnOutcomeQueryVariables = Exact<{
  id: string;
  lines: ReadonlyArray<SuggestedOutcomeReturnLineItemInput> | SuggestedOutcomeReturnLineItemInput;
  exchanges: ReadonlyArray<SuggestedOutcomeExchangeLineItemInput> | SuggestedOutcomeExchangeLineItemInput;
  shipping?: RefundShippingInput | null | undefined;
  destination?: RefundMethodAllocation | null | undefined;
}>;


export type SuggestReturnOutcomeQuery = { readonly return: { readonly suggestedFinancialOutcome: { readonly maximumRefundable: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly shipping: { readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }, readonly financialTransfer:
        | { readonly __typename: 'InvoiceReturnOutcome', readonly amount: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }
        | { readonly __typename: 'RefundReturnOutcome', readonly amount: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly suggestedTransactions: ReadonlyArray<{ readonly gateway: string | null, readonly amountSet: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } }, readonly parentTransaction: { readonly id: string } | null }>, readonly suggestedRefundMethods: ReadonlyArray<{ readonly amount: { readonly presentmentMoney: { readonly amount: string, readonly currencyCode: CurrencyCode } } }> }
       | null } | null } | null };

export type ProcessReturnMutationVariables = Exact<{
  input: ReturnProcessInput;
}>;


export type ProcessReturnMutation = { readonly returnProcess: { readonly return: { readonly id: string, readonly status: ReturnStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: ReturnErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type CancelReturnMutationVariables = Exact<{
  id: string;
}>;


export type CancelReturnMutation = { readonly returnCancel: { readonly return: { readonly id: string, readonly status: ReturnStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: ReturnErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type CloseReturnMutationVariables = Exact<{
  id: string;
}>;


export type CloseReturnMutation = { readonly returnClose: { readonly return: { readonly id: string, readonly status: ReturnStatus } | null, readonly userErrors: ReadonlyArray<{ readonly code: ReturnErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };

export type AttachLabelMutationVariables = Exact<{
  id: string;
  lines: ReadonlyArray<ReverseDeliveryLineItemInput> | ReverseDeliveryLineItemInput;
  label?: ReverseDeliveryLabelInput | null | undefined;
  tracking?: ReverseDeliveryTrackingInput | null | undefined;
}>;


export type AttachLabelMutation = { readonly reverseDeliveryCreateWithShipping: { readonly reverseDelivery: { readonly id: string } | null, readonly userErrors: ReadonlyArray<{ readonly code: ReturnErrorCode | null, readonly field: ReadonlyArray<string> | null, readonly message: string }> } | null };
