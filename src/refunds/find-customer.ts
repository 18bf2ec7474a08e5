import type { PhoneNumber } from '../returns/ids.ts';
import type { OrderSummary } from '../returns/order.ts';
import { normalisePhone } from '../returns/phone-number.ts';
import type { RefundContext } from './context.ts';
import type { Asker } from './read-order.ts';

export type CustomerOrders =
  /** Newest first, at most ten. */
  | { readonly kind: 'found'; readonly orders: readonly OrderSummary[] }
  | { readonly kind: 'none' }
  | { readonly kind: 'unreadable' };

const mostOrders = 10;

/** For staff only: to anybody else every customer is unknown. */
export async function findCustomerOrders(
  { storefront }: Pick<RefundContext, 'storefront'>,
  { conversation }: Asker,
  by: { readonly phone: string | null; readonly email: string | null },
): Promise<CustomerOrders> {
  if (conversation.party !== 'staff') return { kind: 'none' };
  const phones = by.phone === null ? [] : readings(by.phone);
  const email = by.email?.trim();
  const isEmail = email !== undefined && /^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/.test(email);
  if (phones.length === 0 && !isEmail) return { kind: 'unreadable' };

  const found = await Promise.all([
    ...phones.map((phone) => storefront.listOrdersByPhone(phone)),
    ...(isEmail ? [storefront.listOrdersByEmail(email)] : []),
  ]);
  const distinct = new Map(found.flat().map((order) => [order.id, order]));
  const orders = [...distinct.values()].toSorted(
    (one, other) => Date.parse(other.processedAt) - Date.parse(one.processedAt),
  );
  return orders.length === 0 ? { kind: 'none' } : { kind: 'found', orders: orders.slice(0, mostOrders) };
}

/** Without its plus a number may begin with its country code, or be a national one of North America. */
function readings(text: string): readonly PhoneNumber[] {
  const international = text.trim().replace(/^(?:00|011)(?=[\s\d(-])/, '+');
  const own = normalisePhone(international);
  const all = own ? [own] : [normalisePhone(international, 'US'), normalisePhone(`+${international}`)];
  return [...new Set(all)].filter((phone) => phone !== undefined);
}
