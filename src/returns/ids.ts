declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Shopify global ids, e.g. `gid://shopify/Order/1001`. */
export type OrderId = Branded<'OrderId'>;
export type LineItemId = Branded<'LineItemId'>;

/** Our own ids: UUIDs, version 7 where they are made, so that they sort by time. */
export type ConversationId = Branded<'ConversationId'>;
export type QuoteId = Branded<'QuoteId'>;
export type RefundId = Branded<'RefundId'>;
export type ReturnId = Branded<'ReturnId'>;
export type ApprovalId = Branded<'ApprovalId'>;
export type MediaId = Branded<'MediaId'>;

/** E.164, e.g. `+15551230001`. */
export type PhoneNumber = Branded<'PhoneNumber'>;
