import { createHash } from 'node:crypto';
import { type ApprovalTier, tierFor } from './approval-tier.ts';
import { canonicalJson } from './canonical-json.ts';
import type { OrderId, QuoteId } from './ids.ts';
import { compareMoney, type Money, sumMoney } from './money.ts';
import type { ApprovalDemand } from './policy-rule.ts';
import type { ReturnLine, ReturnReason, ReturnWish } from './return-request.ts';
import type { AskerFacts } from './rule-facts.ts';

export type Quote = {
  readonly id: QuoteId;
  readonly orderId: OrderId;
  readonly orderName: string;
  readonly lines: readonly QuotedLine[];
  readonly reason: ReturnReason;
  readonly wish: ReturnWish;
  /** What the customer gets, fee already taken off: `payments` and `storeCredit`. Zero in an even exchange. */
  readonly amount: Money;
  readonly fee: Money;
  /** The part of `fee` that is not the restocking fee. */
  readonly returnShippingFee?: Money | undefined;
  readonly payments: readonly QuotedPayment[];
  /** The part of `amount` that becomes store credit; `payments` are the rest. */
  readonly storeCredit?: Money | undefined;
  /** The part of `storeCredit` that is a gift on top of what was paid. */
  readonly bonus?: Money | undefined;
  /** The part of `amount` that is the order's shipping. */
  readonly shipping?: Money | undefined;
  readonly settles?: Settlement | undefined;
  /** What is sent out in return; `amount` is what is left of the price of what comes back. */
  readonly exchange?: readonly QuotedExchange[] | undefined;
  readonly rule: string;
  readonly policyVersion: string;
  readonly digest: string;
  /** Tiers and the threshold are in it. Not known of quotes made before it was written down. */
  readonly shopCurrency?: string | undefined;
  /** What a person allowed, less than policy gives; the refund stays at or below it. */
  readonly loweredTo?: Money | undefined;
  /** What a rule of the policy demands whatever the amount. */
  readonly approval?: ApprovalDemand | undefined;
  /** The customer need not send anything back. */
  readonly keepItem?: true | undefined;
  /** The restocking fee of every line, 0 to 100. */
  readonly feePercent?: number | undefined;
  /** Where the customer gets the label for what they send back. */
  readonly label?: string | undefined;
  readonly tags?: { readonly order: readonly string[]; readonly customer: readonly string[] } | undefined;
  /** From the policy, for staff. */
  readonly note?: string | undefined;
  /** Judging again asks what was asked. Not known of quotes made before rules could ask. */
  readonly asker?: AskerFacts | undefined;
  readonly photoGiven?: boolean | undefined;
  readonly createdAt: Date;
  readonly expiresAt: Date;
};

/**
 * When the money moves. Left out: at once. 'on_arrival': a return is opened in the shop, and what of it
 * arrives is settled. 'cancels_order': with the cancellation of an order that was not shipped.
 */
export type Settlement = 'on_arrival' | 'cancels_order';

export type QuotedExchange = {
  readonly lineId: ReturnLine['lineId'];
  readonly variantId: string;
  /** `Field Jacket (L)`. */
  readonly title: string;
  readonly quantity: number;
};

export type QuotedLine = ReturnLine & { readonly title: string; readonly variantTitle: string | undefined };

export type QuotedPayment = {
  readonly parentTransactionId: string;
  readonly gateway: string;
  readonly amount: Money;
};

export function isExpired(quote: Pick<Quote, 'expiresAt'>, now: Date): boolean {
  return now.getTime() >= quote.expiresAt.getTime();
}

export type ApprovalQuestion = {
  readonly amount: Money;
  /** Every other refund made on the order or for the customer in the last 24 hours. */
  readonly recentAmounts: readonly Money[];
  /** In the shop's currency. */
  readonly threshold: Money;
  readonly tiers?: readonly ApprovalTier[] | undefined;
  /** Of a rule, for this refund. */
  readonly demand?: ApprovalDemand | undefined;
};

/**
 * A rule demands it, or it lies strictly above the threshold or the amount of a tier, recent refunds
 * included. Amounts in a currency other than the threshold's cannot be weighed against it without
 * a rate, so any of them asks for approval.
 */
export function needsApproval({
  amount,
  recentAmounts,
  threshold,
  tiers = [],
  demand,
}: ApprovalQuestion): boolean {
  if (demand) return true;
  const all = [amount, ...recentAmounts];
  if (all.some(({ currency }) => currency !== threshold.currency)) {
    return true;
  }
  const isAbove = compareMoney(sumMoney(all, threshold.currency), threshold) > 0;
  return isAbove || tierFor(tiers, all, threshold.currency) !== undefined;
}

export type DigestedRefund = {
  /** The shop's own name, e.g. `my-store.myshopify.com`. */
  readonly shop: string;
  readonly orderId: OrderId;
  readonly lines: readonly ReturnLine[];
  readonly amount: Money;
  /** Where the money goes. */
  readonly payments: readonly QuotedPayment[];
  readonly policyVersion: string;
  /** An approval demanded by a rule that came to hold is another refund: nobody skips it with an old yes. */
  readonly approval?: ApprovalDemand | undefined;
  /** The part of `amount` that becomes store credit, and the part that is the order's shipping. */
  readonly storeCredit?: Money | undefined;
  readonly bonus?: Money | undefined;
  readonly shipping?: Money | undefined;
  readonly settles?: Settlement | undefined;
  readonly exchange?: readonly QuotedExchange[] | undefined;
};

/** SHA-256 hex of exactly this refund; the order of lines and of payments does not matter. */
export function refundDigest(refund: DigestedRefund): string {
  const text = canonicalJson({
    format: 1,
    shop: refund.shop,
    orderId: refund.orderId,
    amount: [refund.amount.minor, refund.amount.currency],
    lines: sorted(refund.lines.map((line) => canonicalJson([line.lineId, line.quantity]))),
    payments: sorted(
      refund.payments.map((payment) =>
        canonicalJson([
          payment.parentTransactionId,
          payment.gateway,
          payment.amount.minor,
          payment.amount.currency,
        ]),
      ),
    ),
    policyVersion: refund.policyVersion,
    // Only when present: the digests of refunds without are stored.
    ...(refund.approval && { approval: [refund.approval.people, refund.approval.approvers ?? []] }),
    ...(refund.storeCredit && { storeCredit: [refund.storeCredit.minor, refund.storeCredit.currency] }),
    ...(refund.bonus && { bonus: [refund.bonus.minor, refund.bonus.currency] }),
    ...(refund.settles && { settles: refund.settles }),
    ...(refund.exchange && {
      exchange: sorted(
        refund.exchange.map(({ lineId, variantId, quantity }) =>
          canonicalJson([lineId, variantId, quantity]),
        ),
      ),
    }),
    ...(refund.shipping && { shipping: [refund.shipping.minor, refund.shipping.currency] }),
  });
  return createHash('sha256').update(text).digest('hex');
}

function sorted(texts: readonly string[]): readonly string[] {
  return texts.toSorted();
}
