import type { ApprovalCard } from '../ports/approval-desk.ts';
import type { CustomerHistory } from '../ports/storefront.ts';
import type { Order } from '../returns/order.ts';

type EarlierRefund = ApprovalCard['earlierRefunds'][number];

const shownAtMost = 10;

/**
 * Of this order and of the customer's others, newest first. The history holds this order's too, perhaps an
 * older reading of them: what the order itself says counts.
 */
export function mergeEarlierRefunds(
  order: Order | undefined,
  history: CustomerHistory['refunds'],
): readonly EarlierRefund[] {
  const own = (order?.refunds ?? []).map(({ amount, createdAt }) => ({
    orderName: order?.name ?? '',
    amount,
    createdAt,
  }));
  return [...own, ...history.filter(({ orderName }) => orderName !== order?.name)]
    .toSorted((left, right) => Date.parse(right.createdAt) - Date.parse(left.createdAt))
    .slice(0, shownAtMost);
}
