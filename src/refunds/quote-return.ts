import { asksForPhoto } from '../returns/asks-for-photo.ts';
import { parseMoney } from '../returns/money.ts';
import type { Order } from '../returns/order.ts';
import type { RuleId } from '../returns/policy.ts';
import { needsApproval } from '../returns/quote.ts';
import type { ReturnRequest } from '../returns/return-request.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { hasFreshPicture } from '../storage/media.ts';
import { type QuoteRow, storeQuote } from '../storage/quotes.ts';
import { recentAmounts } from '../storage/refunds.ts';
import { storeReturnRequest } from '../storage/return-requests.ts';
import type { RefundContext } from './context.ts';
import { type JudgedReturn, judgeReturn } from './judge-return.ts';
import { type Asker, findVisibleOrder } from './read-order.ts';
import { findUnderWay } from './under-way.ts';

export type QuotedReturn =
  | Exclude<JudgedReturn, { readonly kind: 'quoted' }>
  | { readonly kind: 'quoted'; readonly row: QuoteRow; readonly needsApproval: boolean }
  /** The policy wants a photo first, and who asks can send one. */
  | { readonly kind: 'needs-photo'; readonly rule: string }
  | { readonly kind: 'not-found' };

/** Reads the order fresh, judges the request, and stores what the customer may agree to. Moves nothing. */
export async function quoteReturn(
  context: RefundContext,
  asker: Asker,
  orderNumber: string,
  request: (order: Order) => Omit<ReturnRequest, 'orderId'>,
): Promise<QuotedReturn> {
  const order = await findVisibleOrder(context, asker, orderNumber);
  if (!order) return { kind: 'not-found' };

  const policy = context.policies.current();
  const asked = {
    request: {
      orderId: order.id,
      ...request(order),
      ...(canSendPhoto(asker) &&
        asksForPhoto(policy) && { photoGiven: await hasFreshPicture(context.db, asker.conversation.id) }),
    },
    at: await databaseNow(context.db),
    asker: { channel: asker.conversation.channel, askedBy: asker.conversation.party },
  };
  const judged =
    (await findUnderWay(context.db, context.store, order, asked.request.lines)) ??
    (await judgeReturn(context, { policy, order, ...asked }));
  if (judged.kind === 'choose-variant') return judged;
  const keep = async (tx: Tx): Promise<void> => {
    if (judged.kind === 'invalid' || !judged.known) return;
    await storeReturnRequest(tx, {
      store: context.store,
      conversationId: asker.conversation.id,
      order: judged.known,
      policyVersion: policy.version,
      ...asked,
      ...(judged.kind === 'quoted'
        ? { verdict: 'accept', rule: judged.quote.rule, amountMinor: judged.quote.amount.minor }
        : {
            verdict: judged.kind === 'denied' ? 'deny' : judged.kind,
            rule: judged.rule,
            amountMinor: undefined,
          }),
    });
  };
  const audit = { store: context.store, conversationId: asker.conversation.id, actor: 'agent' };
  if (judged.kind !== 'quoted') {
    const rule = judged.kind === 'invalid' ? judged.problem : judged.rule;
    await context.db.transaction(async (tx) => {
      await recordAudit(tx, { ...audit, action: 'return.refused', subject: order.id, detail: { rule } });
      await keep(tx);
    });
    const wantsPhoto = judged.kind === 'needs-person' && judged.rule === photoRequired && canSendPhoto(asker);
    return wantsPhoto ? { kind: 'needs-photo', rule: photoRequired } : judged;
  }

  const { createdAt: _, expiresAt: __, ...stored } = judged.quote;
  return context.db.transaction(async (tx) => {
    await keep(tx);
    const row = await storeQuote(tx, asker.conversation, stored, context.terms.quoteTtlSeconds);
    await recordAudit(tx, {
      ...audit,
      action: 'return.quoted',
      subject: row.id,
      detail: {
        orderId: order.id,
        amount: stored.amount,
        rule: stored.rule,
        policyVersion: stored.policyVersion,
        digest: stored.digest,
        note: stored.note,
      },
    });
    return {
      kind: 'quoted',
      row,
      needsApproval: needsApproval({
        amount: stored.amount,
        recentAmounts: await recentAmounts(tx, {
          store: context.store,
          orderId: order.id,
          shopifyCustomerId: order.customer?.id ?? null,
        }),
        threshold: parseMoney(context.terms.approvalThreshold, order.shopCurrency),
        tiers: policy.approvalTiers,
        demand: stored.approval,
      }),
    };
  });
}

const photoRequired: RuleId = 'photo-required';

/** Elsewhere nothing can be attached, and what a colleague saw is theirs to judge. */
function canSendPhoto({ conversation: { channel, party } }: Asker): boolean {
  return party === 'customer' && (channel === 'sms' || channel === 'whatsapp');
}
