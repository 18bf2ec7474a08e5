import type { AdminContext } from './admin-context.ts';
import { calculationView } from './calculation-view.ts';
import { connection, type PageArguments } from './connection.ts';
import { createReturn, findReturn, type ReturnAnswer } from './create-return.ts';
import { cancelReturn, closeReturn } from './end-return.ts';
import { fulfillmentLineView, fulfillmentView } from './line-view.ts';
import { orderView } from './order-view.ts';
import type { ReturnInput } from './plan-return.ts';
import type { ReturnProcessInput } from './process-problems.ts';
import { processReturn } from './process-return.ts';
import { findReturnReasons } from './return-reasons.ts';
import { returnView } from './return-view.ts';
import { type ReturnableLine, returnableLines } from './returnable.ts';
import { createDelivery, type DeliveryInput } from './reverse-delivery.ts';
import { deliveryView } from './reverse-view.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';

/** The root fields of Shopify's Admin API about returns. */
export const returnRoot = {
  return: ({ id }: { id: string }, { file }: AdminContext) => fullView(file.state, id),

  returnableFulfillments: (
    { orderId, ...page }: PageArguments & { readonly orderId: string },
    { file }: AdminContext,
  ) => {
    const order = file.state.orders.find((candidate) => candidate.id === orderId);
    const lines = order ? returnableLines(order, file.state.refunds) : [];
    const sent = (order?.fulfillments ?? []).filter(({ id }) =>
      lines.some((each) => each.fulfillment.id === id),
    );
    return connection(sent, page, (fulfillment) => ({
      id: fulfillment.id.replace('Fulfillment', 'ReturnableFulfillment'),
      fulfillment: () => (order ? fulfillmentView(file.state, order, fulfillment) : null),
      returnableFulfillmentLineItems: (below: PageArguments) =>
        connection(
          lines.filter((each) => each.fulfillment.id === fulfillment.id),
          below,
          (line) => returnableView(file.state, order, line),
        ),
    }));
  },

  returnReasonDefinitions: (
    wish: PageArguments & Parameters<typeof findReturnReasons>[0],
    _context: AdminContext,
  ) => connection(findReturnReasons(wish), wish, (reason) => reason),

  returnCalculate: ({ input }: { input: ReturnInput }, { file }: AdminContext) =>
    calculationView(file.state, input),

  returnCreate: ({ returnInput }: { returnInput: ReturnInput }, context: AdminContext) =>
    answered(context, createReturn(context.file.state, returnInput, context.now())),

  returnProcess: ({ input }: { input: ReturnProcessInput }, context: AdminContext) => {
    const made = { at: context.now(), paymentStatus: context.paymentStatus() };
    return answered(context, processReturn(context.file.state, input, made));
  },

  returnCancel: ({ id }: { id: string }, context: AdminContext) =>
    answered(context, cancelReturn(context.file.state, id, context.now())),

  returnClose: ({ id }: { id: string }, context: AdminContext) =>
    answered(context, closeReturn(context.file.state, id, context.now())),

  reverseDeliveryCreateWithShipping: (input: DeliveryInput, { file, now }: AdminContext) => {
    const answer = createDelivery(file.state, input, now());
    if (answer.kind === 'refused') return { reverseDelivery: null, userErrors: answer.problems };
    file.save();
    const { deliveries } = findReturn(file.state, answer.returnId)?.found ?? { deliveries: [] };
    const made = deliveries.find(({ id }) => id === answer.deliveryId);
    return { reverseDelivery: made ? deliveryView(made) : null, userErrors: [] };
  },
};

function answered({ file }: AdminContext, answer: ReturnAnswer) {
  if (answer.kind === 'refused') return { return: null, userErrors: answer.problems };
  file.save();
  return { return: fullView(file.state, answer.returnId), userErrors: [] };
}

function fullView(state: ShopState, id: string) {
  const known = findReturn(state, id);
  if (!known) return null;
  const { order, found } = known;
  return { ...returnView(state, order, found), order: () => orderView(state, order) };
}

function returnableView(state: ShopState, order: ShopOrder | undefined, line: ReturnableLine) {
  return {
    quantity: line.quantity,
    fulfillmentLineItem: () => (order ? fulfillmentLineView(state, order, line.fulfillmentLineId) : null),
  };
}
