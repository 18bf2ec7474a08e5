import { parseMoney } from '../returns/money.ts';
import { needsApproval } from '../returns/quote.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow } from '../storage/database.ts';
import { type QuoteRow, storeQuote } from '../storage/quotes.ts';
import { recentAmounts } from '../storage/refunds.ts';
import type { RefundContext } from './context.ts';
import { type PricedCancellation, priceCancellation } from './price-cancellation.ts';
import { type Asker, findVisibleOrder } from './read-order.ts';

export type QuotedCancellation =
  | Exclude<PricedCancellation, { readonly kind: 'quoted' }>
  | { readonly kind: 'quoted'; readonly row: QuoteRow; readonly needsApproval: boolean }
  | { readonly kind: 'not-found' };

/** Reads the order fresh and stores what the customer may agree to. Cancels nothing. */
export async function quoteCancellation(
  context: RefundContext,
  asker: Asker,
  orderNumber: string,
): Promise<QuotedCancellation> {
  const order = await findVisibleOrder(context, asker, orderNumber);
  if (!order) return { kind: 'not-found' };

  const policy = context.policies.current();
  const { conversation } = asker;
  const priced = await priceCancellation(context, {
    policy,
    order,
    at: await databaseNow(context.db),
    asker: { channel: conversation.channel, askedBy: conversation.party },
  });
  const audit = { store: context.store, conversationId: conversation.id, actor: 'agent' };
  if (priced.kind !== 'quoted') {
    await recordAudit(context.db, {
      ...audit,
      action: 'cancellation.refused',
      subject: order.id,
      detail: { rule: priced.rule },
    });
    return priced;
  }

  const { createdAt: _, expiresAt: __, ...stored } = priced.quote;
  return context.db.transaction(async (tx) => {
    const row = await storeQuote(tx, conversation, stored, context.terms.quoteTtlSeconds);
    const { amount, rule, policyVersion, digest } = stored;
    await recordAudit(tx, {
      ...audit,
      action: 'cancellation.quoted',
      subject: row.id,
      detail: { orderId: order.id, amount, rule, policyVersion, digest },
    });
    const recent = await recentAmounts(tx, {
      store: context.store,
      orderId: order.id,
      shopifyCustomerId: order.customer?.id ?? null,
    });
    const threshold = parseMoney(context.terms.approvalThreshold, order.shopCurrency);
    return {
      kind: 'quoted',
      row,
      needsApproval: needsApproval({
        amount,
        recentAmounts: recent,
        threshold,
        tiers: policy.approvalTiers,
      }),
    };
  });
}
