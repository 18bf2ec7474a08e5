import type { OutcomeQuestion, ReturnOutcome } from '../../ports/return-desk.ts';
import type { RefundPayment, SuggestionOptions } from '../../ports/shop-answer.ts';
import type { RefundSuggestion } from '../../ports/storefront.ts';
import type { OrderId } from '../../returns/ids.ts';
import { type Money, sumMoney } from '../../returns/money.ts';
import type { ReturnLine } from '../../returns/return-request.ts';
import { suggestRefund } from './documents.ts';
import type {
  RefundMethodAllocation,
  SuggestRefundQuery,
  SuggestRefundQueryVariables,
  SuggestReturnOutcomeQuery,
  SuggestReturnOutcomeQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { presentmentMoney } from './parse-money.ts';
import { readable } from './readable.ts';
import { suggestReturnOutcome } from './return-documents.ts';
import { unusable } from './unusable.ts';

type Suggestion = NonNullable<NonNullable<SuggestRefundQuery['order']>['suggestedRefund']>;

export async function suggestionFor(
  client: GraphqlClient,
  id: OrderId,
  lines: readonly ReturnLine[],
  options: SuggestionOptions = {},
): Promise<RefundSuggestion> {
  const { order } = await client.query<SuggestRefundQuery, SuggestRefundQueryVariables>(suggestRefund, {
    id,
    lines: lines.map((line) => ({ lineItemId: line.lineId, quantity: line.quantity })),
    shipping: options.shipping === 'full',
    destination: allocationOf(options),
  });
  const suggestion = order?.suggestedRefund;
  if (!suggestion) throw unusable('no_suggestion');
  return readable('refused', () => {
    const amount = presentmentMoney(suggestion.amountSet);
    return {
      amount,
      maximumRefundable: presentmentMoney(suggestion.maximumRefundableSet),
      payments: suggestion.suggestedTransactions.flatMap(parsePayment),
      shipping: presentmentMoney(suggestion.shipping.amountSet),
      storeCredit: creditOf(suggestion.suggestedRefundMethods, amount.currency),
    };
  });
}

export async function outcomeOf(client: GraphqlClient, question: OutcomeQuestion): Promise<ReturnOutcome> {
  const { return: node } = await client.query<SuggestReturnOutcomeQuery, SuggestReturnOutcomeQueryVariables>(
    suggestReturnOutcome,
    {
      id: question.returnId,
      lines: question.lines.map(({ id, quantity }) => ({ id, quantity })),
      exchanges: (question.exchanges ?? []).map(({ id, quantity }) => ({ id, quantity })),
      ...(question.shipping && { shipping: { fullRefund: true } }),
      destination: allocationOf(question),
    },
  );
  const outcome = node?.suggestedFinancialOutcome;
  if (!outcome) throw unusable('no_suggestion');
  return readable('refused', () => {
    const transfer = outcome.financialTransfer;
    if (!transfer) return { kind: 'even' };
    const amount = presentmentMoney(transfer.amount);
    if (transfer.__typename === 'InvoiceReturnOutcome') return { kind: 'customer-owes', amount };
    return {
      kind: 'refund',
      amount,
      maximumRefundable: presentmentMoney(outcome.maximumRefundable),
      payments: transfer.suggestedTransactions.flatMap(parsePayment),
      shipping: presentmentMoney(outcome.shipping.amountSet),
      storeCredit: creditOf(transfer.suggestedRefundMethods, amount.currency),
    };
  });
}

function allocationOf({ destination }: SuggestionOptions): RefundMethodAllocation {
  return destination === 'store_credit' ? 'STORE_CREDIT' : 'ORIGINAL_PAYMENT_METHODS';
}

function creditOf(methods: Suggestion['suggestedRefundMethods'], currency: string): Money {
  return sumMoney(
    methods.map((method) => presentmentMoney(method.amount)),
    currency,
  );
}

function parsePayment(node: Suggestion['suggestedTransactions'][number]): readonly RefundPayment[] {
  const amount = presentmentMoney(node.amountSet);
  if (amount.minor === 0) return [];
  // Without its own payment to go back to, money could only leave by a way nobody chose.
  if (!node.parentTransaction || !node.gateway) throw unusable('no_payment_to_refund');
  return [{ parentTransactionId: node.parentTransaction.id, gateway: node.gateway, amount }];
}
