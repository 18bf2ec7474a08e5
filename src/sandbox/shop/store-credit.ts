import { nextId } from './shop-ids.ts';
import { type MoneyInput, minorOf } from './shop-money.ts';
import type { ShopOrder, ShopState } from './shop-state.ts';

export type StoreCreditInput = {
  readonly storeCreditRefund?: { readonly amount: MoneyInput; readonly expiresAt?: string | null } | null;
};

export const storeCreditGateway = 'shopify_store_credit';

/** Why the shop would not give store credit for this order, if so. */
export function storeCreditProblem(
  state: ShopState,
  order: ShopOrder,
  { storeCreditRefund }: StoreCreditInput,
  now: Date,
): string | undefined {
  if (state.storeCreditOff) return 'Store credit is not enabled for this shop';
  if (order.customerId === undefined) return 'Store credit needs an order with a customer';
  if (!storeCreditRefund) return 'Refund method is missing';
  const { amount, expiresAt } = storeCreditRefund;
  if (amount.currencyCode !== order.currency) return `Store credit must be in ${order.currency}`;
  if ((minorOf(amount, order.currency) ?? 0) <= 0) return 'Store credit amount is invalid';
  if (expiresAt && new Date(expiresAt) <= now) return 'Store credit cannot expire in the past';
  return undefined;
}

/** Opens the customer's account of this currency when they have none. */
export function giveStoreCredit(
  state: ShopState,
  customerId: string,
  credit: { readonly currency: string; readonly amount: number },
): void {
  const accounts = state.storeCreditAccounts ?? [];
  const { currency, amount } = credit;
  const known = accounts.find((each) => each.customerId === customerId && each.currency === currency);
  state.storeCreditAccounts = known
    ? accounts.map((each) => (each === known ? { ...each, balance: each.balance + amount } : each))
    : [...accounts, { id: nextId(state, 'StoreCreditAccount'), customerId, currency, balance: amount }];
}
