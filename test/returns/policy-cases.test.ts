import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { judge } from '../../src/returns/judge.ts';
import { money, parseMoney } from '../../src/returns/money.ts';
import type { Order } from '../../src/returns/order.ts';
import type { Policy, Verdict } from '../../src/returns/policy.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import type { ReturnReason, ReturnWish } from '../../src/returns/return-request.ts';
import { sampleLine, sampleOrder, sampleRequest, sampleShipment } from './sample-order.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/policy.md'), 'utf8');
const policy = readPolicy();

const rows = page
  .slice(page.indexOf('| case | differs |'))
  .split('\n')
  .slice(2)
  .filter((_, index, all) => all.slice(0, index + 1).every((one) => one.startsWith('|')))
  .map((line) => line.split('|').map((cell) => cell.trim()));

describe('the table of cases in the documentation', () => {
  it('is there', () => {
    expect(rows.length).toBeGreaterThan(20);
  });

  it.each(rows)('%s%s, %s', (_, __, differs = '', days = '', reason = '', wish = '', verdict = '') => {
    const difference = Object.fromEntries(
      differs
        .split(' ')
        .filter(Boolean)
        .map((pair) => pair.split('=')),
    ) as Record<string, string>;
    const order = orderWith(difference);
    const now = new Date(Date.parse(order.processedAt) + Number(days) * 86_400_000);
    const request = sampleRequest({ reason: reason as ReturnReason, wish: wish as ReturnWish });
    expect(say(judge(policy, order, request, now))).toBe(verdict);
  });
});

function readPolicy(): Policy {
  const [, yaml = ''] = /```yaml\n(.*?)```/s.exec(page) ?? [];
  const parsed = parsePolicyFile(yaml, 30);
  if (parsed.kind === 'invalid') throw new Error(parsed.problems.join('\n'));
  return parsed.policy;
}

function orderWith(difference: Readonly<Record<string, string>>): Order {
  const { risk, tag, type, price = '25.00', customer, country = 'US', currency = 'USD' } = difference;
  const { ordered = '2026-10-01', gift, shipped } = difference;
  const at = `${ordered}T12:00:00.000Z`;
  const base = sampleOrder();
  const shirt = sampleLine({
    quantity: 1,
    refundableQuantity: 1,
    unfulfilledQuantity: shipped === 'no' ? 1 : 0,
    unitPrice: parseMoney(price, currency),
    isGiftCard: gift === 'yes',
    productTags: tag ? [tag] : [],
    productType: type,
  });
  return {
    ...base,
    processedAt: at,
    currency,
    riskLevel: risk === 'high' ? 'high' : undefined,
    shippingAddress: { postalCode: undefined, phone: undefined, countryCode: country },
    customer: base.customer && { ...base.customer, tags: customer ? [customer] : [] },
    lines: [shirt],
    shipments: shipped === 'no' ? [] : [sampleShipment({ shippedAt: at, deliveredAt: at })],
    totalReceived: money(10_000, currency),
    totalRefunded: money(0, currency),
  };
}

function say(verdict: Verdict): string {
  const start = `${verdict.kind} ${verdict.rule}`;
  if (verdict.kind === 'deny') {
    return start + (verdict.alternatives ? `, offers ${verdict.alternatives.join(' and ')}` : '');
  }
  if (verdict.kind === 'needs-person') return start;
  const { feePercent, returnShippingFee, approval, keepItem, storeCredit, refundShipping, settles } = verdict;
  const bonus = storeCredit?.bonusPercent;
  return [
    start,
    ...(feePercent > 0 ? [`fee ${feePercent}%`] : []),
    ...(returnShippingFee ? [`${returnShippingFee} for shipping`] : []),
    ...(approval ? [`approval of ${approval.people}`] : []),
    ...(storeCredit ? [`store credit${bonus ? ` with ${bonus}% on top` : ''}`] : []),
    ...(refundShipping ? ['shipping too'] : []),
    ...(settles === 'on_arrival' ? ['on arrival'] : []),
    ...(keepItem ? ['keep'] : []),
    ...(verdict.label ? [`label ${verdict.label}`] : []),
    ...(verdict.tags ? [`tags ${[...verdict.tags.order, ...verdict.tags.customer].join(' and ')}`] : []),
  ].join(', ');
}
