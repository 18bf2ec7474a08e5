import { findVariant, productView, variantView } from './catalogue.ts';
import { connection, type PageArguments } from './connection.ts';
import { lineTotal, type OrderBalance, orderBalance } from './order-balance.ts';
import { type MoneyBagger, moneyBagger } from './shop-money.ts';
import type { ShopFulfillment, ShopLine, ShopOrder, ShopState } from './shop-state.ts';

export function fulfillmentView(state: ShopState, order: ShopOrder, fulfillment: ShopFulfillment) {
  return {
    __typename: 'Fulfillment',
    id: fulfillment.id,
    status: fulfillment.status,
    displayStatus: fulfillment.deliveredAt ? 'DELIVERED' : 'IN_TRANSIT',
    createdAt: fulfillment.createdAt,
    deliveredAt: fulfillment.deliveredAt ?? null,
    fulfillmentLineItems: (page: PageArguments) =>
      connection(fulfillment.lines, page, (line) => sentLineView(state, order, line)),
  };
}

/** The fulfillment line of this id, wherever in the order it is. */
export function fulfillmentLineView(state: ShopState, order: ShopOrder, id: string) {
  const line = order.fulfillments.flatMap(({ lines }) => lines).find((each) => each.id === id);
  return line ? sentLineView(state, order, line) : null;
}

function sentLineView(state: ShopState, order: ShopOrder, sent: ShopFulfillment['lines'][number]) {
  const { id, lineId, quantity } = sent;
  return {
    id,
    quantity,
    lineItem: () => {
      const line = order.lines.find((candidate) => candidate.id === lineId);
      if (!line) return null;
      const bag = moneyBagger(order.currency, state.currency, order.shopRate);
      return lineView(state, line, orderBalance(order, state.refunds), bag);
    },
  };
}

export function lineView(state: ShopState, line: ShopLine, balance: OrderBalance, bag: MoneyBagger) {
  const refundableQuantity = balance.refundableQuantity(line);
  const product = state.products?.find(({ id }) => id === line.productId);
  return {
    __typename: 'LineItem',
    id: line.id,
    title: line.title,
    variantTitle: line.variantTitle ?? null,
    vendor: product?.vendor ?? null,
    sku: line.sku,
    quantity: line.quantity,
    currentQuantity: refundableQuantity,
    refundableQuantity,
    unfulfilledQuantity: balance.unfulfilledQuantity(line),
    isGiftCard: line.isGiftCard,
    requiresShipping: line.requiresShipping,
    originalUnitPriceSet: bag(line.unitPrice),
    discountedUnitPriceAfterAllDiscountsSet: bag(Math.round(lineTotal(line) / line.quantity)),
    variant: () => {
      const stocked = findVariant(state, line.variantId);
      return stocked ? variantView(state, stocked) : null;
    },
    product: () => ({
      ...productView(state, product ?? unlisted(line)),
      tags: line.productTags,
      productType: line.productType,
    }),
  };
}

/** Lines of books that were opened before the shop had a catalogue. */
function unlisted(line: ShopLine) {
  const id = line.id.replace('LineItem', 'Product');
  const { title, productType, productTags: tags } = line;
  return { id, title, vendor: '', productType, tags, variants: [] };
}
