import type { Policy } from './policy.ts';
import type { FactName } from './rule-facts.ts';

/** What an order does not say by itself: the shop has to be asked once more. */
const shopFacts: ReadonlySet<FactName> = new Set<FactName>([
  'product_id',
  'vendor',
  'collection',
  'discount_code',
  'order_tag',
  'sales_channel',
  'risk',
  'customer_tag',
  'discount_percent',
  'number_of_orders',
  'return_percent',
  'earlier_returns',
  'earlier_returns_of_sku',
  'bought_on_sale',
]);

export function needsShopFacts({ rules = [] }: Policy): boolean {
  return rules.some(({ when }) => when.some(({ fact }) => shopFacts.has(fact)));
}
