import type { Storefront } from '../ports/storefront.ts';
import type { OrderId, PhoneNumber } from '../returns/ids.ts';
import type { Order, OrderSummary } from '../returns/order.ts';

/** What this process read in the last ten minutes, for showing while the shop is away. It decides nothing. */
export type RecentOrders = {
  /** `orderNumber` without `#`. */
  recall(orderNumber: string): Recalled<Order> | undefined;
  recallList(phone: PhoneNumber): Recalled<readonly OrderSummary[]> | undefined;
  /** Which order this sender was shown under this number, so that it need not be searched for again. */
  idShown(senderId: string, orderNumber: string): OrderId | undefined;
  markShown(senderId: string, order: Order): void;
};

export type Recalled<Value> = { readonly value: Value; readonly minutesOld: number };

const keptMs = 10 * 60_000;
const mostKept = 1_000;

/** The same shop, and a memory of what it answered. */
export function rememberOrders(shop: Storefront): {
  readonly storefront: Storefront;
  readonly recentOrders: RecentOrders;
} {
  const orders = createMemory<Order>();
  const lists = createMemory<readonly OrderSummary[]>();
  const shown = createMemory<OrderId>();
  const remember = (order: Order | undefined): Order | undefined => {
    if (order) orders.set(keyOf(order.name), order);
    return order;
  };
  return {
    storefront: {
      ...shop,
      findOrder: async (orderNumber, expected) => remember(await shop.findOrder(orderNumber, expected)),
      readOrder: async (id) => remember(await shop.readOrder(id)),
      async listOrdersByPhone(phone) {
        const list = await shop.listOrdersByPhone(phone);
        lists.set(phone, list);
        return list;
      },
    },
    recentOrders: {
      recall: (orderNumber) => orders.get(keyOf(orderNumber)),
      recallList: (phone) => lists.get(phone),
      idShown: (senderId, orderNumber) => shown.get(`${senderId} ${keyOf(orderNumber)}`)?.value,
      markShown: (senderId, { name, id }) => shown.set(`${senderId} ${keyOf(name)}`, id),
    },
  };
}

function createMemory<Value>() {
  const kept = new Map<string, { readonly value: Value; readonly at: number }>();
  const isOld = ({ at }: { readonly at: number }): boolean => Date.now() - at >= keptMs;
  return {
    set(key: string, value: Value): void {
      kept.delete(key);
      kept.set(key, { value, at: Date.now() });
      // Oldest first, as they were put in.
      for (const [known, entry] of kept) {
        if (!isOld(entry) && kept.size <= mostKept) break;
        kept.delete(known);
      }
    },
    get(key: string): Recalled<Value> | undefined {
      const entry = kept.get(key);
      if (!entry || isOld(entry)) return undefined;
      return { value: entry.value, minutesOld: Math.max(1, Math.ceil((Date.now() - entry.at) / 60_000)) };
    },
  };
}

function keyOf(orderName: string): string {
  return orderName.replace(/^#/, '').toLowerCase();
}
