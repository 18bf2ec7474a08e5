import { createDemoStore } from '../src/sandbox/demo-store.ts';
import type { ShopState } from '../src/sandbox/shop/shop-state.ts';

/** Fictional numbers, one for each customer of the bench. */
export function phoneOf(customer: number): string {
  return `+1555${2_000_000 + customer}`;
}

export function orderNumberOf(customer: number): string {
  return String(20_000 + customer);
}

/** A shop in which every customer of the bench has an order like the demo store's #1001. */
export function createBenchStore(now: Date, customers: number): ShopState {
  const state = createDemoStore(now);
  const order = state.orders.find(({ name }) => name === '#1001');
  const buyer = state.customers.find(({ id }) => id === order?.customerId);
  if (!order || !buyer) throw new Error('The demo store has lost order #1001.');
  const idsOfOne = state.lastId + 1;
  const of = <T>(template: T, customer: number): T =>
    JSON.parse(
      JSON.stringify(template).replace(
        /gid:\/\/shopify\/(\w+)\/(\d+)/g,
        (_, kind: string, id: string) => `gid://shopify/${kind}/${Number(id) + (customer + 1) * idsOfOne}`,
      ),
    );
  const everyone = Array.from({ length: customers }, (_, customer) => customer);
  state.orders = everyone.map((customer) => ({
    ...of(order, customer),
    name: `#${orderNumberOf(customer)}`,
    phone: phoneOf(customer),
    email: `customer${customer}@example.com`,
  }));
  state.customers = everyone.map((customer) => ({
    ...of(buyer, customer),
    phone: phoneOf(customer),
    email: `customer${customer}@example.com`,
  }));
  return state;
}
