import { performance } from 'node:perf_hooks';
import type { LineItemId, OrderId } from '../src/returns/ids.ts';
import { judge } from '../src/returns/judge.ts';
import { money } from '../src/returns/money.ts';
import type { Order } from '../src/returns/order.ts';
import { parsePolicyFile } from '../src/returns/policy-file.ts';
import { type ReturnRequest, returnReasons } from '../src/returns/return-request.ts';

/** How long 10,000 requests take against 200 rules: `node bench/policy-process.ts`. Prints, and fails at nothing. */
const rules = Array.from({ length: 200 }, (_, index) => ruleOf(index));
const started = performance.now();
const parsed = parsePolicyFile(`rules:\n${rules.join('\n')}`, 30);
if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
const { policy } = parsed;
const read = performance.now() - started;

const now = new Date('2026-10-20T12:00:00.000Z');
const cases = Array.from({ length: 10_000 }, (_, index) => caseOf(index));
for (const round of [1, 2, 3]) {
  const from = performance.now();
  const kinds = new Map<string, number>();
  for (const { order, request } of cases) {
    const { kind } = judge(policy, order, request, now, { channel: 'sms', askedBy: 'customer' });
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const took = Math.round(performance.now() - from);
  console.log(`round ${round}: ${took} ms for ${cases.length} requests`, Object.fromEntries(kinds));
}
console.log(`reading the file of ${rules.length} rules: ${Math.round(read)} ms`);

function ruleOf(index: number): string {
  const when = [
    `product_type: type-${index}, reason: [unwanted, too_small]`,
    `tag: {any: [tag-${index}, sale-${index}*], none: [basic]}`,
    `country: [DE, FR], price: {above: "${index}.50"}, customer_tag: vip-${index}`,
    `days_since_delivery: {above: ${index % 50}, at_most: ${(index % 50) + 1}}, sku: "SKU-${index}*"`,
    `order_total: {at_least: ${index * 7}}, quantity: {above: ${index % 4}}, vendor: vendor-${index % 20}`,
  ][index % 5];
  const then = ['window_days: 90', 'restocking_fee_percent: 10', 'needs_person: true', 'deny: No'][index % 4];
  return `  - {id: rule-${index}, priority: ${index % 7}, when: {${when}}, then: {${then}}}`;
}

function caseOf(index: number): { readonly order: Order; readonly request: ReturnRequest } {
  const id = `gid://shopify/Order/${index}` as OrderId;
  const lines = Array.from({ length: 1 + (index % 3) }, (_, line) => ({
    id: `gid://shopify/LineItem/${index}-${line}` as LineItemId,
    title: `Item ${line}`,
    variantTitle: undefined,
    sku: `SKU-${index % 300}`,
    quantity: 2,
    refundableQuantity: 2,
    unfulfilledQuantity: 0,
    unitPrice: money(1_000 + (index % 200) * 100, 'USD'),
    isGiftCard: false,
    requiresShipping: true,
    productTags: ['basic', `tag-${index % 250}`, 'cotton'],
    productType: `type-${index % 250}`,
    vendor: `vendor-${index % 40}`,
  }));
  const request: ReturnRequest = {
    orderId: id,
    lines: lines.map((line) => ({ lineId: line.id, quantity: 1 + (index % 2) })),
    reason: returnReasons[index % returnReasons.length] ?? 'other',
    wish: 'refund',
  };
  const at = new Date(now.getTime() - (index % 45) * 86_400_000).toISOString();
  const address = { postalCode: undefined, phone: undefined, countryCode: index % 3 === 0 ? 'DE' : 'US' };
  const order: Order = {
    id,
    name: `#${index}`,
    processedAt: at,
    cancelledAt: undefined,
    currency: 'USD',
    shopCurrency: 'USD',
    email: undefined,
    phone: undefined,
    shippingAddress: address,
    billingAddress: undefined,
    customer: { id: '1', displayName: '', email: undefined, phone: undefined, tags: [`vip-${index % 250}`] },
    lines,
    shipments: [
      { shippedAt: at, deliveredAt: at, lines: lines.map((line) => ({ lineId: line.id, quantity: 2 })) },
    ],
    refunds: [],
    totalReceived: money(100_000, 'USD'),
    totalRefunded: money(0, 'USD'),
    adminUrl: undefined,
  };
  return { order, request };
}
