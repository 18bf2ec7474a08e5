import { ExternalError } from '../../errors.ts';
import type { RefundPayment } from '../../ports/shop-answer.ts';
import { isPositive, type Money, sumMoney, toDecimal } from '../../returns/money.ts';
import type { CurrencyCode, MoneyInput, RefundMethodInput } from './generated.ts';

type Transfer = {
  readonly amount: Money;
  readonly payments: readonly RefundPayment[];
  readonly storeCredit?: Money | undefined;
  readonly bonus?: Money | undefined;
};

type TransferInput = { readonly refundMethods?: RefundMethodInput[]; readonly allowOverRefunding?: boolean };

/** Store credit is a way of refunding, so it shares the refund's key; only a gift may exceed what was paid. */
export function storeCreditInput({ storeCredit, bonus }: Transfer): TransferInput {
  if (!storeCredit || !isPositive(storeCredit)) return {};
  return {
    refundMethods: [{ storeCreditRefund: { amount: moneyInput(storeCredit) } }],
    ...(bonus && isPositive(bonus) && { allowOverRefunding: true }),
  };
}

export function moneyInput(value: Money): MoneyInput {
  // The amounts came from this shop's own suggestion, so their currency is one it knows.
  return { amount: toDecimal(value), currencyCode: value.currency as CurrencyCode };
}

/** What was approved is the amount; what moves are the payments and the store credit. */
export function assertAddsUp({ amount, payments, storeCredit, bonus }: Transfer): void {
  const credit = storeCredit ? [storeCredit] : [];
  const parts = [...payments.map((payment) => payment.amount), ...credit];
  const all = bonus ? [...parts, bonus] : parts;
  const sameCurrency = all.every((part) => part.currency === amount.currency);
  const positive = parts.every((part) => part.minor > 0);
  const isGift = !bonus || (bonus.minor >= 0 && bonus.minor <= (storeCredit?.minor ?? 0));
  if (sameCurrency && positive && isGift && sumMoney(parts, amount.currency).minor === amount.minor) return;
  throw new ExternalError({
    service: 'shopify',
    retryable: false,
    outcome: 'refused',
    code: 'payments_do_not_add_up',
  });
}
