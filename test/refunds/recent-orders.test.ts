import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Storefront } from '../../src/ports/storefront.ts';
import { rememberOrders } from '../../src/refunds/recent-orders.ts';
import type { OrderId, PhoneNumber } from '../../src/returns/ids.ts';
import type { Order } from '../../src/returns/order.ts';
import { sampleOrder } from '../returns/sample-order.ts';

const phone = '+15551230001' as PhoneNumber;
let answer: Order | undefined;
const shop = {
  findOrder: async () => answer,
  readOrder: async () => answer,
  listOrdersByPhone: async () => [],
} as unknown as Storefront;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'] });
  answer = sampleOrder();
});
afterEach(() => {
  vi.useRealTimers();
});

test('an order and a list are remembered for ten minutes, and no longer', async () => {
  const { storefront, recentOrders } = rememberOrders(shop);
  const number = sampleOrder().name.slice(1);
  await storefront.findOrder(number);
  await storefront.listOrdersByPhone(phone);
  expect(recentOrders.recall(number)).toMatchObject({ value: { name: `#${number}` }, minutesOld: 1 });
  vi.setSystemTime(Date.now() + 10 * 60_000 - 1);
  expect(recentOrders.recall(number)).toMatchObject({ minutesOld: 10 });
  expect(recentOrders.recallList(phone)).toMatchObject({ value: [] });
  vi.setSystemTime(Date.now() + 1);
  expect(recentOrders.recall(number)).toBeUndefined();
  expect(recentOrders.recallList(phone)).toBeUndefined();
});

test('what was read last counts, and an order that is gone is not made up', async () => {
  const { storefront, recentOrders } = rememberOrders(shop);
  await storefront.readOrder('gid://shopify/Order/1' as OrderId);
  answer = sampleOrder({ cancelledAt: '2026-11-20T10:00:00Z' });
  await storefront.readOrder('gid://shopify/Order/1' as OrderId);
  expect(recentOrders.recall(sampleOrder().name)?.value.cancelledAt).toBe('2026-11-20T10:00:00Z');
  expect(recentOrders.recall('999999')).toBeUndefined();
});

test('no more than the newest thousand are kept', async () => {
  const { storefront, recentOrders } = rememberOrders(shop);
  for (let number = 1; number <= 1_001; number++) {
    answer = sampleOrder({ name: `#${number}` });
    await storefront.findOrder(String(number));
  }
  expect(recentOrders.recall('1')).toBeUndefined();
  expect(recentOrders.recall('2')).toBeDefined();
  expect(recentOrders.recall('1001')).toBeDefined();
});
