import { boundOf } from '../returns/approval-tier.ts';
import {
  addMoney,
  compareMoney,
  type Money,
  money,
  percentOf,
  subtractMoney,
  zero,
} from '../returns/money.ts';
import type { Order } from '../returns/order.ts';
import type { Acceptance } from '../returns/policy.ts';
import type { ReturnRequest } from '../returns/return-request.ts';

/**
 * What a customer would get at most, from the prices on the order: the shop, which may give less, is not asked.
 * Nothing for an exchange, of which only the shop knows what is left.
 */
export function estimateRefund(order: Order, request: ReturnRequest, verdict: Acceptance): Money {
  if (request.wish === 'exchange') return zero(order.currency);
  const left = subtractMoney(order.totalReceived, order.totalRefunded);
  const worth = least(worthOf(order, request), left);
  const { feePercent, returnShippingFee, storeCredit } = verdict;
  const afterFee = subtractMoney(worth, percentOf(worth, feePercent));
  const fee = returnShippingFee ? boundOf(returnShippingFee, order.currency) : zero(order.currency);
  const amount = subtractMoney(afterFee, least(fee, afterFee));
  return storeCredit ? addMoney(amount, percentOf(amount, storeCredit.bonusPercent)) : amount;
}

function worthOf({ lines, currency }: Order, request: ReturnRequest): Money {
  return request.lines.reduce((total, { lineId, quantity }) => {
    const price = lines.find(({ id }) => id === lineId)?.unitPrice;
    return price ? addMoney(total, money(price.minor * quantity, currency)) : total;
  }, zero(currency));
}

function least(left: Money, right: Money): Money {
  return compareMoney(right, left) < 0 ? right : left;
}
