import { GraphQLError } from 'graphql';
import { findVariant, variantView } from './catalogue.ts';
import { fulfillmentLineView } from './line-view.ts';
import { planReturn, type ReturnInput } from './plan-return.ts';
import { moneyBagger } from './shop-money.ts';
import type { ShopState } from './shop-state.ts';

/** What a return would come to, without making one. What could not be made cannot be calculated. */
export function calculationView(state: ShopState, input: ReturnInput) {
  const order = state.orders.find((candidate) => candidate.id === input.orderId);
  if (!order) throw new GraphQLError('Order does not exist');
  const plan = planReturn(state, order, input);
  if (!('lines' in plan)) throw new GraphQLError(plan[0]?.message ?? 'Return cannot be made');
  const bag = moneyBagger(order.currency, state.currency, order.shopRate);
  const id = (kind: string, index: number) => `gid://shopify/${kind}/${index + 1}`;
  return {
    id: id('CalculatedReturn', 0),
    returnLineItems: plan.lines.map(({ wish, priced }, index) => ({
      id: id('CalculatedReturnLineItem', index),
      quantity: wish.quantity,
      fulfillmentLineItem: () => fulfillmentLineView(state, order, wish.fulfillmentLineItemId),
      subtotalBeforeOrderDiscountsSet: bag(priced.beforeDiscounts),
      subtotalSet: bag(priced.subtotal),
      totalTaxSet: bag(priced.tax),
      restockingFee: wish.restockingFee
        ? {
            id: id('CalculatedRestockingFee', index),
            percentage: wish.restockingFee.percentage,
            amountSet: bag(priced.fee),
          }
        : null,
    })),
    exchangeLineItems: plan.exchanges.map(({ variant, quantity, unitPrice, subtotal, tax }, index) => ({
      id: id('CalculatedExchangeLineItem', index),
      quantity,
      originalUnitPriceSet: bag(unitPrice),
      discountedUnitPriceSet: bag(Math.round(subtotal / quantity)),
      subtotalSet: bag(subtotal),
      totalTaxSet: bag(tax),
      variant: () => {
        const stocked = findVariant(state, variant.id);
        return stocked ? variantView(state, stocked) : null;
      },
    })),
    returnShippingFee: input.returnShippingFee
      ? { id: id('CalculatedReturnShippingFee', 0), amountSet: bag(plan.shippingFee) }
      : null,
  };
}
