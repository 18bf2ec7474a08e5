import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import type { ShopCustomer, ShopOrder, ShopState } from '../../src/sandbox/shop/shop-state.ts';

/** Somebody with one delivered desk, which nobody asked to return yet. */
export type Buyer = { readonly phone: string; readonly orderNumber: string };

export type ManyCustomers = {
  createStore(now: Date): ShopState;
  /** Another one each time, whose desk cost so much. */
  next(price: Price): Buyer;
};

const prices = ['48.00', '320.00', '420.00'] as const;
export type Price = (typeof prices)[number];
const ofEach = 40;

/** For tests that share one store: each plays with a customer of its own. */
export function createManyCustomers(): ManyCustomers {
  const used = new Map<Price, number>();
  return {
    createStore(now) {
      const store = createDemoStore(now);
      const desk = store.orders.find(({ name }) => name === '#1002');
      if (!desk) throw new Error('The demo store sells no desk.');
      const bought = prices.flatMap((price) =>
        Array.from({ length: ofEach }, (_, index) => buy(desk, price, index)),
      );
      store.customers = [...store.customers, ...bought.map(({ customer }) => customer)];
      store.orders = [...store.orders, ...bought.map(({ order }) => order)];
      store.lastId += 1_000_000;
      return store;
    },
    next(price) {
      const index = used.get(price) ?? 0;
      if (index >= ofEach) throw new Error('There are no customers left.');
      used.set(price, index + 1);
      return buyer(price, index);
    },
  };
}

function buyer(price: Price, index: number): Buyer {
  const number = String((prices.indexOf(price) + 2) * 1_000 + index);
  return { phone: `+1555777${number}`, orderNumber: number };
}

function buy(
  desk: ShopOrder,
  price: Price,
  index: number,
): { readonly customer: ShopCustomer; readonly order: ShopOrder } {
  const { phone, orderNumber } = buyer(price, index);
  const id = (kind: string, part: string) => `gid://shopify/${kind}/${orderNumber}${part}`;
  const minor = Math.round(Number(price) * 100);
  const email = `buyer${orderNumber}@example.com`;
  const lines = desk.lines.map((line) => ({ ...line, id: id('LineItem', '1'), unitPrice: minor }));
  return {
    customer: { id: id('Customer', '0'), firstName: 'Buyer', lastName: orderNumber, email, phone },
    order: {
      ...desk,
      id: id('Order', '0'),
      name: `#${orderNumber}`,
      email,
      phone,
      customerId: id('Customer', '0'),
      lines,
      fulfillments: desk.fulfillments.map((each) => ({
        ...each,
        id: id('Fulfillment', '0'),
        lines: [{ id: id('FulfillmentLineItem', '1'), lineId: id('LineItem', '1'), quantity: 1 }],
      })),
      payments: desk.payments.map((each) => ({ ...each, id: id('OrderTransaction', '0'), amount: minor })),
    },
  };
}
