import { GraphQLError } from 'graphql';
import { wantedLines } from './record-refund.ts';
import { paymentView } from './refund-view.ts';
import { moneyBagger } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';
import { lineProblems, suggestRefund } from './suggest-refund.ts';

export type SuggestionArguments = {
  readonly refundLineItems?: readonly { readonly lineItemId: string; readonly quantity: number }[] | null;
};

/** Asking for more than was bought is an error, not a smaller suggestion. */
export function suggestionView(state: ShopState, order: ShopOrder, { refundLineItems }: SuggestionArguments) {
  const wanted = wantedLines({ refundLineItems: refundLineItems ?? [] });
  const [problem] = lineProblems(order, state.refunds, wanted);
  if (problem) throw new GraphQLError(problem.message);
  const suggestion = suggestRefund(order, state.refunds, wanted);
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  return {
    amountSet: bag(suggestion.amount),
    maximumRefundableSet: bag(suggestion.maximumRefundable),
    subtotalSet: bag(suggestion.subtotal),
    totalTaxSet: bag(suggestion.tax),
    shipping: { amountSet: bag(0) },
    suggestedRefundMethods: [],
    suggestedTransactions: suggestion.payments.map(({ paymentId, gateway, amount }) => ({
      kind: 'SUGGESTED_REFUND',
      gateway,
      amountSet: bag(amount),
      parentTransaction: () => {
        const parent = order.payments.find((payment) => payment.id === paymentId);
        return parent ? paymentView(parent, bag) : null;
      },
    })),
  };
}
