import type { ReturnOutcome } from '../ports/return-desk.ts';
import {
  addMoney,
  compareMoney,
  isPositive,
  type Money,
  subtractMoney,
  sumMoney,
  zero,
} from '../returns/money.ts';
import { type QuotedLine, type QuotedPayment, refundDigest } from '../returns/quote.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import type { QuotedRefund, ReturnRow } from '../storage/returns.ts';
import type { StoredQuote } from '../storage/schema/refunds.ts';
import type { RefundContext } from './context.ts';
import { choosePieces } from './return-pieces.ts';

export type Divided = {
  readonly kind: 'divided';
  /** What arrived. */
  readonly part: StoredQuote;
  /** What is still awaited. Both together are what was agreed to. */
  readonly rest: StoredQuote;
};

export type BadLines = { readonly kind: 'bad-lines'; readonly say: string };

/** What of these lines has come, and what is missing then. */
export function piecesLeft(
  lines: readonly QuotedLine[],
  arrived: 'all' | readonly ReturnLine[],
):
  | BadLines
  | {
      readonly kind: 'left';
      readonly arrived: readonly QuotedLine[];
      readonly missing: readonly QuotedLine[];
    } {
  if (arrived === 'all') return { kind: 'left', arrived: lines, missing: [] };
  if (arrived.some(({ lineId }) => !lines.some((line) => line.lineId === lineId))) {
    return bad('One of these items is not awaited with this return.');
  }
  const came = lines.map((line) => ({ ...line, quantity: quantityOf(arrived, line) }));
  if (came.every(({ quantity }) => quantity === 0)) return bad('Say how many pieces arrived.');
  const beyond = lines.find((line, index) => (came[index]?.quantity ?? 0) > line.quantity);
  if (beyond) return bad(`No more than ${beyond.quantity} × ${beyond.title} can arrive.`);
  return {
    kind: 'left',
    arrived: came.filter(({ quantity }) => quantity > 0),
    missing: lines
      .map((line, index) => ({ ...line, quantity: line.quantity - (came[index]?.quantity ?? 0) }))
      .filter(({ quantity }) => quantity > 0),
  };
}

/**
 * The refund as two: what the shop gives for what came, and the difference to what was agreed to. Reads the
 * shop. What cannot be divided fairly is for people.
 */
export async function divideQuote(
  { storefront, store }: Pick<RefundContext, 'storefront' | 'store'>,
  { shopReturnId }: ReturnRow,
  { quote }: QuotedRefund,
  arrived: readonly QuotedLine[],
): Promise<Divided | BadLines | { readonly kind: 'not-open' }> {
  if (quote.exchange?.length) {
    return bad('This is an exchange: take it in once all of it is there, or settle it in the Shopify admin.');
  }
  if (quote.loweredTo) {
    return bad(
      'A lower amount was agreed to for all of it: take it in once all of it is there, or settle it in the Shopify admin.',
    );
  }
  const found = shopReturnId ? await storefront.readReturn(shopReturnId) : undefined;
  if (found?.status !== 'open') return { kind: 'not-open' };
  const lines = choosePieces(found, arrived);
  if (!lines)
    return bad('Shopify has fewer pieces of this left to settle. Look at the return in the Shopify admin.');
  const outcome = await storefront.suggestReturnOutcome({
    returnId: found.id,
    lines: lines.map(({ id, quantity }) => ({ id, quantity })),
    shipping: quote.shipping && isPositive(quote.shipping) ? 'full' : undefined,
    destination: quote.storeCredit ? 'store_credit' : 'original',
  });
  return divideBy(store, quote, arrived, outcome) ?? bad(unfair);
}

const unfair =
  'Shopify gives no amount for this part that fits what was agreed to. Wait for the rest, or settle it in the Shopify admin.';

/** Undefined where the shop's figures for the part do not fit into what was agreed to. */
export function divideBy(
  shop: string,
  quote: StoredQuote,
  arrived: readonly QuotedLine[],
  outcome: ReturnOutcome,
): Divided | undefined {
  if (outcome.kind === 'customer-owes') return undefined;
  const { currency } = quote.amount;
  const none = zero(currency);
  const given = outcome.kind === 'refund' ? outcome : { payments: [], storeCredit: none, shipping: none };
  const bonus = quote.bonus ?? none;
  const credit = subtractMoney(quote.storeCredit ?? none, bonus);
  const restPayments = takeFrom(quote.payments, given.payments);
  const restCredit = subtractMoney(credit, given.storeCredit);
  const restShipping = subtractMoney(quote.shipping ?? none, given.shipping);
  if (!restPayments || restCredit.minor < 0 || restShipping.minor < 0) return undefined;
  const gift = shareOf(bonus, given.storeCredit, credit);
  const fee = shareOf(
    quote.fee,
    amountOf(given.payments, given.storeCredit),
    subtractMoney(quote.amount, bonus),
  );
  const missing = quote.lines
    .map((line) => ({ ...line, quantity: line.quantity - quantityOf(arrived, line) }))
    .filter(({ quantity }) => quantity > 0);
  const { returnShippingFee: _, tags: __, label: ___, ...rest } = quote;
  return {
    kind: 'divided',
    part: withFigures(shop, quote, arrived, given.payments, given.storeCredit, gift, fee, given.shipping),
    rest: withFigures(
      shop,
      rest,
      missing,
      restPayments,
      restCredit,
      subtractMoney(bonus, gift),
      subtractMoney(quote.fee, fee),
      restShipping,
    ),
  };
}

function withFigures(
  shop: string,
  quote: StoredQuote,
  lines: readonly QuotedLine[],
  payments: readonly QuotedPayment[],
  credit: Money,
  bonus: Money,
  fee: Money,
  shipping: Money,
): StoredQuote {
  const { storeCredit: _, bonus: __, shipping: ___, ...kept } = quote;
  const storeCredit = addMoney(credit, bonus);
  const figures = {
    amount: amountOf(payments, storeCredit),
    payments,
    ...(isPositive(storeCredit) && { storeCredit }),
    ...(isPositive(bonus) && { bonus }),
    ...(isPositive(shipping) && { shipping }),
  };
  const { orderId, policyVersion, approval, settles } = quote;
  const digest = refundDigest({ shop, orderId, lines, policyVersion, approval, settles, ...figures });
  return { ...kept, lines, fee, ...figures, digest };
}

function amountOf(payments: readonly QuotedPayment[], credit: Money): Money {
  return addMoney(
    sumMoney(
      payments.map(({ amount }) => amount),
      credit.currency,
    ),
    credit,
  );
}

/** What is left of each payment; undefined where more is taken than there is. */
function takeFrom(
  payments: readonly QuotedPayment[],
  taken: readonly QuotedPayment[],
): readonly QuotedPayment[] | undefined {
  const left: QuotedPayment[] = [];
  let known = 0;
  for (const payment of payments) {
    const own = taken.filter((each) => each.parentTransactionId === payment.parentTransactionId);
    known += own.length;
    const open = own.reduce((amount, each) => subtractMoney(amount, each.amount), payment.amount);
    if (open.minor < 0) return undefined;
    if (isPositive(open)) left.push({ ...payment, amount: open });
  }
  return known === taken.length ? left : undefined;
}

/** Rounded down, so that what is left over stays with the rest. */
function shareOf(whole: Money, part: Money, of: Money): Money {
  if (!isPositive(of) || compareMoney(part, of) >= 0) return isPositive(of) ? whole : { ...whole, minor: 0 };
  return { ...whole, minor: Number((BigInt(whole.minor) * BigInt(part.minor)) / BigInt(of.minor)) };
}

function quantityOf(lines: readonly ReturnLine[], { lineId }: Pick<QuotedLine, 'lineId'>): number {
  return lines.filter((each) => each.lineId === lineId).reduce((total, { quantity }) => total + quantity, 0);
}

function bad(say: string): BadLines {
  return { kind: 'bad-lines', say };
}
