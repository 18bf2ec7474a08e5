import type { NotReturnable, ReturnCalculation, ReturnPlan } from '../../ports/return-desk.ts';
import type { LineItemId } from '../../returns/ids.ts';
import type {
  CalculateReturnInput,
  CalculateReturnQuery,
  CalculateReturnQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { presentmentMoney } from './parse-money.ts';
import { count, text } from './parse-order.ts';
import { readable } from './readable.ts';
import { moneyInput } from './refund-methods.ts';
import { calculateReturn } from './return-documents.ts';
import { findShippedParts, type ShippedPart } from './returnable-lines.ts';
import { unusable } from './unusable.ts';

export async function calculateReturnOf(
  client: GraphqlClient,
  plan: ReturnPlan,
): Promise<ReturnCalculation | NotReturnable> {
  const found = await findShippedParts(client, plan);
  if (found.kind === 'not-returnable') return found;
  const { orderId } = plan;
  const { order, returnCalculate } = await client.query<CalculateReturnQuery, CalculateReturnQueryVariables>(
    calculateReturn,
    { orderId, input: { orderId, ...planInput(plan, found.parts) } },
  );
  if (!order || !returnCalculate) throw unusable('no_calculation');
  return readable('refused', () => parseCalculation(returnCalculate, order.taxesIncluded === true));
}

/** The same for a calculation and for the return itself, so that one is what the other promised. */
export function planInput(
  { exchanges, returnShippingFee }: ReturnPlan,
  parts: readonly ShippedPart[],
): Pick<CalculateReturnInput, 'exchangeLineItems' | 'returnShippingFee'> & {
  readonly returnLineItems: {
    fulfillmentLineItemId: string;
    quantity: number;
    restockingFee?: { percentage: number };
  }[];
} {
  return {
    returnLineItems: parts.map(({ fulfillmentLineItemId, quantity, restockingFeePercent }) => ({
      fulfillmentLineItemId,
      quantity,
      ...(restockingFeePercent && { restockingFee: { percentage: restockingFeePercent } }),
    })),
    ...(exchanges?.length && {
      exchangeLineItems: exchanges.map(({ variantId, quantity }) => ({ variantId, quantity })),
    }),
    ...(returnShippingFee?.minor && { returnShippingFee: { amount: moneyInput(returnShippingFee) } }),
  };
}

function parseCalculation(
  node: NonNullable<CalculateReturnQuery['returnCalculate']>,
  taxesIncluded: boolean,
): ReturnCalculation {
  return {
    kind: 'calculated',
    taxesIncluded,
    lines: node.returnLineItems.map((line) => ({
      lineId: text(line.fulfillmentLineItem.lineItem.id) as LineItemId,
      quantity: count(line.quantity),
      subtotal: presentmentMoney(line.subtotalSet),
      tax: presentmentMoney(line.totalTaxSet),
      fee: line.restockingFee ? presentmentMoney(line.restockingFee.amountSet) : undefined,
    })),
    exchanges: node.exchangeLineItems.map((line) => ({
      variantId: line.variant?.id,
      quantity: count(line.quantity),
      subtotal: presentmentMoney(line.subtotalSet),
      tax: presentmentMoney(line.totalTaxSet),
    })),
    returnShippingFee: node.returnShippingFee
      ? presentmentMoney(node.returnShippingFee.amountSet)
      : undefined,
  };
}
