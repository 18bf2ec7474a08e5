import { orderBalance, sum } from './order-balance.ts';
import type { ShopReturn } from './return-state.ts';
import type { ShopFulfillment, ShopOrder, ShopRefund } from './shop-state.ts';

export type ReturnableLine = {
  readonly fulfillment: ShopFulfillment;
  readonly fulfillmentLineId: string;
  readonly lineId: string;
  readonly quantity: number;
};

/** Pieces that were sent out, are not refunded, and are in no return. */
export function returnableLines(order: ShopOrder, refunds: readonly ShopRefund[]): readonly ReturnableLine[] {
  const balance = orderBalance(order, refunds);
  const returns = (order.returns ?? []).filter(isCounted);
  const taken = returns.flatMap((each) => each.lines);
  const left = new Map(
    order.lines.map((line) => {
      const waiting = taken.filter((each) => each.lineId === line.id);
      const promised = sum(waiting.map((each) => each.quantity - each.processed));
      return [line.id, balance.refundableQuantity(line) - balance.unfulfilledQuantity(line) - promised];
    }),
  );
  return order.fulfillments
    .filter((fulfillment) => fulfillment.status === 'SUCCESS')
    .flatMap((fulfillment) => fulfillment.lines.map((each) => ({ ...each, fulfillment })))
    .flatMap(({ id, lineId, quantity, fulfillment }) => {
      const own = sum(taken.filter((each) => each.fulfillmentLineId === id).map((each) => each.quantity));
      const free = Math.max(0, Math.min(quantity - own, left.get(lineId) ?? 0));
      left.set(lineId, (left.get(lineId) ?? 0) - free);
      return free > 0 ? [{ fulfillment, fulfillmentLineId: id, lineId, quantity: free }] : [];
    });
}

function isCounted({ status }: ShopReturn): boolean {
  return status !== 'CANCELED' && status !== 'DECLINED';
}
