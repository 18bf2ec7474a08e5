import { GraphQLError } from 'graphql';
import { wantedLines } from './record-refund.ts';
import { paymentView } from './refund-view.ts';
import { type MoneyBagger, moneyBagger, toMinor } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';
import { lineProblems, type ProposedPayment, type ShippingWish, suggestRefund } from './suggest-refund.ts';

export type SuggestionArguments = {
  readonly refundLineItems?: readonly { readonly lineItemId: string; readonly quantity: number }[] | null;
  readonly refundShipping?: boolean | null;
  /** Of the order's currency. */
  readonly shippingAmount?: string | null;
  readonly refundMethodAllocation?: 'ORIGINAL_PAYMENT_METHODS' | 'STORE_CREDIT' | null;
};

/** Asking for more than was bought is an error, not a smaller suggestion. */
export function suggestionView(state: ShopState, order: ShopOrder, wish: SuggestionArguments) {
  const wanted = wantedLines({ refundLineItems: wish.refundLineItems ?? [] });
  const [problem] = lineProblems(order, state.refunds, wanted);
  if (problem) throw new GraphQLError(problem.message);
  const suggestion = suggestRefund(order, state.refunds, wanted, shippingWish(order, wish));
  const { amount, maximumRefundable, shipping, maximumShipping } = suggestion;
  if (shipping > maximumShipping) throw new GraphQLError('Shipping amount is more than was paid for it');
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  const toCredit = wish.refundMethodAllocation === 'STORE_CREDIT';
  return {
    amountSet: bag(amount),
    maximumRefundableSet: bag(maximumRefundable),
    subtotalSet: bag(suggestion.subtotal),
    discountedSubtotalSet: bag(suggestion.subtotal),
    totalTaxSet: bag(suggestion.tax),
    totalDutiesSet: bag(0),
    shipping: {
      amountSet: bag(shipping),
      maximumRefundableSet: bag(maximumShipping),
      taxSet: bag(0),
    },
    suggestedTransactions: toCredit ? [] : suggestedTransactions(order, suggestion.payments, bag),
    suggestedRefundMethods: toCredit ? [suggestedCredit(amount, maximumRefundable, bag)] : [],
  };
}

export function suggestedTransactions(
  order: ShopOrder,
  payments: readonly ProposedPayment[],
  bag: MoneyBagger,
) {
  return payments.map(({ paymentId, gateway, amount }) => ({
    kind: 'SUGGESTED_REFUND',
    gateway,
    amountSet: bag(amount),
    parentTransaction: () => {
      const parent = order.payments.find((payment) => payment.id === paymentId);
      return parent ? paymentView(parent, bag) : null;
    },
  }));
}

export function suggestedCredit(amount: number, maximum: number, bag: MoneyBagger) {
  return {
    __typename: 'SuggestedStoreCreditRefund',
    amount: bag(amount),
    maximumRefundable: bag(maximum),
    expiresAt: null,
  };
}

function shippingWish(order: ShopOrder, wish: SuggestionArguments): ShippingWish {
  if (wish.refundShipping) return 'full';
  if (wish.shippingAmount == null) return undefined;
  const amount = toMinor(String(wish.shippingAmount), order.currency);
  if (amount === undefined) throw new GraphQLError('Shipping amount is invalid');
  return amount;
}
