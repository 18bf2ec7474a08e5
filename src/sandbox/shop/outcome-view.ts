import { GraphQLError } from 'graphql';
import { returnOutcome } from './price-return.ts';
import { type RefundShippingInput, shippingOf } from './process-problems.ts';
import type { ShopReturn } from './return-state.ts';
import { moneyBagger } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';
import { suggestedCredit, suggestedTransactions } from './suggestion-view.ts';

type Wanted = readonly { readonly id: string; readonly quantity: number }[];
type OutcomeArguments = {
  readonly returnLineItems: Wanted;
  readonly exchangeLineItems: Wanted;
  readonly refundShipping?: RefundShippingInput | null;
  readonly refundMethodAllocation?: 'ORIGINAL_PAYMENT_METHODS' | 'STORE_CREDIT' | null;
};

/** The same sum that processing checks against. Asking for more than is left is an error. */
export function outcomeView(state: ShopState, order: ShopOrder, made: ShopReturn) {
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  return (wish: OutcomeArguments) => {
    refuseExcess(made.lines, wish.returnLineItems);
    refuseExcess(made.exchanges, wish.exchangeLineItems);
    const outcome = returnOutcome(order, state.refunds, made, {
      lines: wish.returnLineItems,
      exchanges: wish.exchangeLineItems,
      shipping: shippingOf(order, wish.refundShipping),
    });
    if (!(outcome.shipping <= outcome.maximumShipping)) throw new GraphQLError('Shipping amount is invalid');
    const { amount, net, payments, maximumRefundable } = outcome;
    const toCredit = wish.refundMethodAllocation === 'STORE_CREDIT';
    const refund = {
      __typename: 'RefundReturnOutcome',
      amount: bag(amount),
      suggestedTransactions: toCredit ? [] : suggestedTransactions(order, payments, bag),
      suggestedRefundMethods: toCredit ? [suggestedCredit(amount, maximumRefundable, bag)] : [],
    };
    const invoice = { __typename: 'InvoiceReturnOutcome', amount: bag(-net) };
    return {
      discountedSubtotal: bag(outcome.subtotal),
      totalTax: bag(outcome.tax),
      totalAdditionalFees: bag(outcome.fees),
      totalCartDiscountAmount: bag(0),
      totalDuties: bag(0),
      refundDuties: [],
      maximumRefundable: bag(maximumRefundable),
      shipping: {
        amountSet: bag(outcome.shipping),
        maximumRefundableSet: bag(outcome.maximumShipping),
        taxSet: bag(0),
      },
      financialTransfer: net === 0 ? null : net > 0 ? refund : invoice,
    };
  };
}

function refuseExcess(
  known: readonly { readonly id: string; readonly quantity: number; readonly processed: number }[],
  wanted: Wanted,
): void {
  for (const { id, quantity } of wanted) {
    const line = known.find((each) => each.id === id);
    if (!line) throw new GraphQLError('Line item is not part of the return');
    if (quantity < 1 || quantity > line.quantity - line.processed) {
      throw new GraphQLError('Quantity is more than can be processed');
    }
  }
}
