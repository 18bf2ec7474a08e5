export type PayoutMethod = 'card' | 'paypal' | 'klarna' | 'gift-card' | 'store-credit';

export type PayoutTime = {
  readonly method: PayoutMethod;
  /** How long it usually takes until the customer sees the money; undefined where it is there at once. */
  readonly days: { readonly from: number; readonly to: number; readonly business: boolean } | undefined;
};

/** What is known of the payments a refund goes back to, each method once; of an unknown gateway, nothing. */
export function payoutTimes(gateways: readonly string[]): readonly PayoutTime[] {
  const known = gateways.flatMap((gateway) => times.get(gateway.trim().toLowerCase()) ?? []);
  return [...new Set(known)];
}

/** https://support.stripe.com/questions/customer-refund-processing-time; Stripe also carries out Shopify Payments. */
const card: PayoutTime = { method: 'card', days: { from: 5, to: 10, business: true } };
/** https://www.paypal.com/nz/smarthelp/article/how-is-a-paypal-refund-credited-faq1083: a card, up to 30 days. */
const paypal: PayoutTime = { method: 'paypal', days: { from: 0, to: 30, business: false } };
/** https://www.klarna.com/us/business/merchant-support/when-will-a-customer-receive-the-refund/ */
const klarna: PayoutTime = { method: 'klarna', days: { from: 2, to: 5, business: true } };

/** By the name the shop gives a payment's gateway. */
const times: ReadonlyMap<string, PayoutTime> = new Map([
  ['shopify_payments', card],
  ['stripe', card],
  ['paypal', paypal],
  ['klarna', klarna],
  ['klarna_payments', klarna],
  ['gift_card', { method: 'gift-card', days: undefined }],
  ['shopify_store_credit', { method: 'store-credit', days: undefined }],
]);
