import { z } from 'zod';
import type { CheckCancellationArguments, CheckCancellationResult } from '../../ports/tools.ts';
import { type QuotedCancellation, quoteCancellation } from '../../refunds/quote-cancellation.ts';
import { formatMoney, isPositive } from '../../returns/money.ts';
import { parseOrderNumber } from '../../returns/order-number.ts';
import type { Tool } from '../tool.ts';
import { sayItems, viewLine } from '../views.ts';
import { type ToolWords, wordsFor } from '../words.ts';
import { viewNobodyMayApprove, viewRefusal } from './view-refusal.ts';

export const checkCancellation: Tool<CheckCancellationArguments, CheckCancellationResult> = {
  name: 'check_cancellation',
  description:
    'Asks whether an order that has not been shipped can be cancelled as a whole, and what would be refunded. Quotes the cancellation; nothing is cancelled until submit_return. For a return that is on its way it is not: that one has a tool of its own.',
  schema: z.strictObject({ order_number: z.string().max(60) }),
  keep: (input) => ({ order_number: parseOrderNumber(input.order_number) ?? 'unreadable' }),
  async run({ refunds, asker }, input) {
    const words = wordsFor(asker);
    const number = parseOrderNumber(input.order_number);
    if (!number) return { result: words.notFound(number) };
    const quoted = await quoteCancellation(refunds, asker, number);
    switch (quoted.kind) {
      case 'quoted': {
        if (quoted.needsApproval && !refunds.approvals) return { result: viewNobodyMayApprove(words) };
        const result = viewQuote(quoted, words);
        return { result, effect: { kind: 'quoted', quoteId: quoted.row.id, amount: result.amount } };
      }
      case 'denied':
      case 'needs-person':
      case 'not-found':
        return { result: viewRefusal(quoted, words, number) };
    }
  },
};

function viewQuote(
  { row, needsApproval }: Extract<QuotedCancellation, { kind: 'quoted' }>,
  words: ToolWords,
): Extract<CheckCancellationResult, { status: 'quoted' }> {
  const { quote } = row;
  const items = quote.lines.map(viewLine);
  const amount = formatMoney(quote.amount);
  const back = isPositive(quote.amount)
    ? `${amount} goes back to ${words.paymentMethod}.`
    : `There is nothing to pay back (${amount}).`;
  const review = needsApproval ? ` ${words.review}` : '';
  return {
    status: 'quoted',
    quote_id: row.id,
    order_number: quote.orderName,
    items,
    amount,
    needs_approval: needsApproval,
    rule: quote.rule,
    say: `I can cancel order ${quote.orderName} (${sayItems(items)}). ${back}${review} Reply YES to go ahead, or NO to keep the order.`,
  };
}
