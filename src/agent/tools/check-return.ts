import { z } from 'zod';
import type { CheckReturnArguments, CheckReturnResult } from '../../ports/tools.ts';
import { type QuotedReturn, quoteReturn } from '../../refunds/quote-return.ts';
import type { LineItemId } from '../../returns/ids.ts';
import { formatMoney, isPositive } from '../../returns/money.ts';
import type { Order } from '../../returns/order.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import { returnReasons, returnWishes } from '../../returns/return-request.ts';
import { listExchange, sayQuote } from '../say-quote.ts';
import { sayVariants, viewVariants } from '../say-variants.ts';
import type { Tool } from '../tool.ts';
import { lineRef, viewLine } from '../views.ts';
import { type ToolWords, wordsFor } from '../words.ts';
import { viewNobodyMayApprove, viewRefusal } from './view-refusal.ts';

export const checkReturn: Tool<CheckReturnArguments, CheckReturnResult> = {
  name: 'check_return',
  description:
    'Asks whether these items of one order can be returned and what would be refunded. Names lines and quantities only; the amount is computed. For an exchange, exchange_for names the variant wanted of the same product: its ref from choose_variant, or its title as the customer says it; null asks which there are. Quotes the return; nothing moves until submit_return. Call it again whenever the customer changes what they want.',
  schema: z.strictObject({
    order_number: z.string().max(60),
    items: z
      .array(
        z.strictObject({
          line_id: z.string().max(60),
          quantity: z.number().int().min(1).max(1000),
          exchange_for: z.string().max(120).nullable().default(null),
        }),
      )
      .min(1)
      .max(100),
    reason: z.enum(returnReasons),
    wish: z.enum(returnWishes),
  }),
  keep: (input) => ({
    ...input,
    order_number: parseOrderNumber(input.order_number) ?? 'unreadable',
    // A reference, or the customer's own words.
    items: input.items.map(({ exchange_for, ...item }) =>
      exchange_for ? { ...item, exchange_for: /^\d+$/.test(exchange_for) ? exchange_for : 'named' } : item,
    ),
  }),
  async run({ refunds, asker }, input) {
    const words = wordsFor(asker);
    const number = parseOrderNumber(input.order_number);
    if (!number) return { result: words.notFound(number) };
    const quoted = await quoteReturn(refunds, asker, number, (order) => ({
      lines: input.items.map((item) => ({ lineId: lineId(order, item.line_id), quantity: item.quantity })),
      reason: input.reason,
      wish: input.wish,
      exchangeFor: input.items.flatMap(({ line_id, exchange_for }) =>
        exchange_for ? [{ lineId: lineId(order, line_id), variant: exchange_for }] : [],
      ),
    }));
    switch (quoted.kind) {
      case 'quoted': {
        if (quoted.needsApproval && !refunds.approvals) return { result: viewNobodyMayApprove(words) };
        const result = viewQuote(quoted, words);
        return { result, effect: { kind: 'quoted', quoteId: quoted.row.id, amount: result.amount } };
      }
      case 'choose-variant':
        return {
          result: {
            status: 'choose_variant',
            line_id: lineRef(quoted.line),
            variants: viewVariants(quoted),
            say: sayVariants(quoted),
          },
        };
      case 'invalid':
        return { result: { status: 'invalid', problem: quoted.problem, say: quoted.say } };
      case 'needs-photo':
        return { result: { status: 'needs_photo', rule: quoted.rule, say: words.askPhoto } };
      case 'denied':
      case 'needs-person':
      case 'not-found':
        return { result: viewRefusal(quoted, words, number) };
    }
  },
};

/** A line the order does not have stays as it was written and is refused as unknown. */
function lineId(order: Order, ref: string): LineItemId {
  return order.lines.find((line) => lineRef(line) === ref || line.id === ref)?.id ?? (ref as LineItemId);
}

function viewQuote(
  { row, needsApproval }: Extract<QuotedReturn, { kind: 'quoted' }>,
  words: ToolWords,
): Extract<CheckReturnResult, { status: 'quoted' }> {
  const { quote } = row;
  const items = quote.lines.map(viewLine);
  const amount = formatMoney(quote.amount);
  const fee = isPositive(quote.fee) ? formatMoney(quote.fee) : null;
  return {
    status: 'quoted',
    quote_id: row.id,
    order_number: quote.orderName,
    items,
    amount,
    fee,
    needs_approval: needsApproval,
    rule: quote.rule,
    settles: quote.settles ?? 'at_once',
    store_credit: quote.storeCredit ? formatMoney(quote.storeCredit) : null,
    exchange: listExchange(quote),
    say: sayQuote(quote, words, needsApproval),
  };
}
