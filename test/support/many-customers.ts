import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import type { ShopCustomer, ShopOrder, ShopState } from '../../src/sandbox/shop/shop-state.ts';

/** Somebody with one thing, which nobody asked to return yet: a delivered desk unless told. */
export type Buyer = { readonly phone: string; readonly orderNumber: string };

export type ManyCustomers = {
  createStore(now: Date): ShopState;
  /** Another one each time, whose thing cost so much: a desk that was not shipped 61.00, a jacket M 96.00. */
  next(price: Price): Buyer;
};

const prices = ['48.00', '320.00', '420.00', '61.00', '96.00'] as const;
export type Price = (typeof prices)[number];
const ofEach = 40;

/** For tests that share one store: each plays with a customer of its own. */
export function createManyCustomers(): ManyCustomers {
  const used = new Map<Price, number>();
  return {
    createStore(now) {
      const store = createDemoStore(now);
      const bought = prices.flatMap((price) =>
        Array.from({ length: ofEach }, (_, index) => buy(sampleOf(store, price), price, index)),
      );
      // A jacket L for everybody who wants one.
      store.products = store.products?.map((product) => ({
        ...product,
        variants: product.variants.map((variant) => ({ ...variant, stock: variant.stock && 100 })),
      }));
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

function sampleOf({ orders }: ShopState, price: Price): ShopOrder {
  const order = orders.find(({ name }) => name === (price === '96.00' ? '#1021' : '#1002'));
  const [line] = order?.lines ?? [];
  if (!order || !line) throw new Error('The demo store has sold out.');
  return { ...order, lines: [line], fulfillments: price === '61.00' ? [] : order.fulfillments };
}

function buyer(price: Price, index: number): Buyer {
  const number = String((prices.indexOf(price) + 2) * 1_000 + index);
  return { phone: `+1555777${number}`, orderNumber: number };
}

function buy(
  sample: ShopOrder,
  price: Price,
  index: number,
): { readonly customer: ShopCustomer; readonly order: ShopOrder } {
  const { phone, orderNumber } = buyer(price, index);
  const id = (kind: string, part: string) => `gid://shopify/${kind}/${orderNumber}${part}`;
  const minor = Math.round(Number(price) * 100);
  const email = `buyer${orderNumber}@example.com`;
  const lines = sample.lines.map((line) => ({ ...line, id: id('LineItem', '1'), unitPrice: minor }));
  return {
    customer: { id: id('Customer', '0'), firstName: 'Buyer', lastName: orderNumber, email, phone },
    order: {
      ...sample,
      id: id('Order', '0'),
      name: `#${orderNumber}`,
      email,
      phone,
      customerId: id('Customer', '0'),
      lines,
      fulfillments: sample.fulfillments.map((each) => ({
        ...each,
        id: id('Fulfillment', '0'),
        lines: [{ id: id('FulfillmentLineItem', '1'), lineId: id('LineItem', '1'), quantity: 1 }],
      })),
      payments: sample.payments.map((each) => ({ ...each, id: id('OrderTransaction', '0'), amount: minor })),
    },
  };
}
