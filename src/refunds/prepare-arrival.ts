import type { ProcessReturnCommand, ReturnOutcome, ShopReturn } from '../ports/return-desk.ts';
import { addMoney, compareMoney, isPositive, subtractMoney, sumMoney, zero } from '../returns/money.ts';
import type { QuotedPayment } from '../returns/quote.ts';
import { trimPayments } from '../returns/quote-destination.ts';
import type { QuoteRow } from '../storage/quotes.ts';
import type { RefundRow } from '../storage/refunds.ts';
import { lockReturn, type QuotedRefund, quotedRefundsOf, readReturn } from '../storage/returns.ts';
import type { Sending, StoredQuote } from '../storage/schema/refunds.ts';
import type { RefundContext } from './context.ts';
import type { Prepared } from './prepared-refund.ts';
import { chooseExchanges, choosePieces, isMade, isMoving, wasTouched } from './return-pieces.ts';

/**
 * What arrived is settled with the shop's own return. Once that was sent it is sent as it was stored, and the
 * shop's return tells whether it was done.
 */
export async function prepareArrival(
  context: RefundContext,
  refund: RefundRow,
  { quote }: QuoteRow,
): Promise<Prepared> {
  const { db, storefront } = context;
  const row = refund.returnId ? await readReturn(db, refund.returnId) : undefined;
  if (!row?.shopReturnId) throw new Error('What arrived has lost its return.');
  if (refund.sending?.kind === 'return') {
    return sendWith(row.shopReturnId, refund, quote, refund.sending, []);
  }

  // Behind whoever ends one of them: what they begin then may have been folded into this very job.
  const siblings = await db.transaction(async (tx) => {
    await lockReturn(tx, row.id);
    return quotedRefundsOf(tx, row.id);
  });
  const others = siblings.filter((each) => each.refund.id !== refund.id);
  const next = siblings.find(isMoving) ?? siblings.find((each) => each.refund.state === 'arrived');
  if (next && next.refund.id !== refund.id) return { kind: 'queued' };

  const found = await storefront.readReturn(row.shopReturnId);
  if (found?.status !== 'open' || wasTouched(found, others)) {
    return { kind: 'ended', event: 'by-hand', ending: {} };
  }
  const lines = choosePieces(found, quote.lines);
  const exchanges = chooseExchanges(found, quote.exchange ?? []);
  if (!lines || !exchanges) return stale;
  const outcome = await storefront.suggestReturnOutcome({
    returnId: found.id,
    lines: lines.map(({ id, quantity }) => ({ id, quantity })),
    exchanges,
    shipping: wantsShipping(quote) ? 'full' : undefined,
    destination: quote.storeCredit ? 'store_credit' : 'original',
  });
  if (!isWhatWasAgreed(outcome, quote)) return stale;
  const sending = {
    lines,
    exchanges: exchanges.length > 0 ? exchanges : undefined,
    refundsBefore: found.refunds.map(({ id }) => id),
  };
  return sendWith(found.id, refund, quote, sending, siblings);
}

const stale: Prepared = { kind: 'ended', event: 'stale', ending: {} };

function sendWith(
  returnId: ShopReturn['id'],
  { id }: RefundRow,
  quote: StoredQuote,
  {
    lines,
    exchanges,
    refundsBefore,
  }: Pick<Extract<Sending, { kind: 'return' }>, 'lines' | 'exchanges' | 'refundsBefore'>,
  siblings: readonly QuotedRefund[],
): Prepared {
  const { amount, payments, storeCredit, bonus } = quote;
  const command: ProcessReturnCommand = {
    returnId,
    intentId: id,
    lines,
    exchanges,
    refundsBefore,
    amount,
    payments,
    ...(storeCredit && isPositive(storeCredit) && { storeCredit, bonus }),
    ...(wantsShipping(quote) && { shipping: 'full' }),
  };
  return { kind: 'send', order: { kind: 'return', command, madeBefore: siblings.filter(isMade).length } };
}

function wantsShipping({ shipping }: StoredQuote): boolean {
  return shipping !== undefined && isPositive(shipping);
}

/** To the cent, and to the payment. A person may have allowed less; then the shop may say more. */
export function isWhatWasAgreed(outcome: ReturnOutcome, quote: StoredQuote): boolean {
  const { amount, payments, loweredTo } = quote;
  if (outcome.kind === 'customer-owes') return false;
  if (outcome.kind === 'even') return !isPositive(amount);
  const none = zero(amount.currency);
  const bonus = quote.bonus ?? none;
  const credit = subtractMoney(quote.storeCredit ?? none, bonus);
  const owed = addMoney(
    sumMoney(
      payments.map((each) => each.amount),
      amount.currency,
    ),
    credit,
  );
  if (compareMoney(outcome.maximumRefundable, owed) < 0) return false;
  if (loweredTo) {
    const trimmed = trimPayments(outcome.payments, subtractMoney(owed, credit));
    const isEnough =
      compareMoney(outcome.amount, owed) >= 0 && compareMoney(outcome.storeCredit, credit) >= 0;
    return isEnough && trimmed !== undefined && areSame(trimmed, payments);
  }
  const shipping = quote.shipping ?? none;
  // Quoted is no more shipping than the whole amount, where the shop still names all of it.
  const isAllShipping = compareMoney(shipping, owed) >= 0 && compareMoney(outcome.shipping, shipping) > 0;
  if (!isAllShipping && compareMoney(outcome.shipping, shipping) !== 0) return false;
  const isSameAmount = compareMoney(outcome.amount, owed) === 0;
  return (
    isSameAmount && compareMoney(outcome.storeCredit, credit) === 0 && areSame(outcome.payments, payments)
  );
}

function areSame(left: readonly QuotedPayment[], right: readonly QuotedPayment[]): boolean {
  const listed = (payments: readonly QuotedPayment[]) =>
    payments
      .filter(({ amount }) => isPositive(amount))
      .map(({ parentTransactionId, amount }) => `${parentTransactionId} ${amount.minor} ${amount.currency}`)
      .toSorted()
      .join();
  return listed(left) === listed(right);
}
