import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { onlyPolicy } from '../../src/app/load-policy.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import { parsePolicyFile } from '../../src/returns/policy-file.ts';
import { describeDemoStore } from '../../src/sandbox/demo-store.ts';
import { type DemoCustomer, demoCustomers } from '../../src/sandbox/demo-store-customers.ts';
import { eachReturnRequest, type StoredRequest } from '../../src/storage/return-requests.ts';
import { auditLog } from '../../src/storage/schema/audit.ts';
import { returnRequests } from '../../src/storage/schema/policies.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

let desk: RefundDesk;
beforeAll(async () => {
  desk = await openRefundDesk();
  // Rules that make the shop be asked for all it knows.
  const parsed = parsePolicyFile(
    'rules: [{ id: all, when: { customer_tag: VIP, earlier_returns: { above: 1 } }, then: { note: x } }]',
    30,
  );
  if (parsed.kind === 'ok') Object.assign(desk.context, { policies: onlyPolicy(parsed.policy) });
});
afterAll(() => desk.close());

const ask = async (orderNumber: string, quantity = 1) =>
  quoteReturn(desk.context, await desk.staff('UMAYA0001'), orderNumber, (order) => ({
    lines: order.lines.slice(0, 1).map(({ id }) => ({ lineId: id, quantity })),
    reason: 'unwanted',
    wish: 'refund',
  }));
const all = async (pageSize?: number): Promise<readonly StoredRequest[]> => {
  const rows: StoredRequest[] = [];
  for await (const row of eachReturnRequest(desk.db, desk.context.store, new Date(0), pageSize))
    rows.push(row);
  return rows;
};

test('what was judged is kept with its verdict, rule and amount, whoever asked', async () => {
  await ask('1001');
  await ask('1003');
  await ask('1008');
  expect((await all()).slice(-3)).toMatchObject([
    { orderName: '#1001', verdict: 'accept', rule: 'within-window', amountMinor: 4800 },
    { orderName: '#1003', verdict: 'deny', rule: 'window-closed', amountMinor: null },
    { orderName: '#1008', verdict: 'needs-person', rule: 'not-shipped', amountMinor: null },
  ]);
  expect((await all()).at(-1)).toMatchObject({
    asker: { channel: 'chat', askedBy: 'staff' },
    request: { reason: 'unwanted', wish: 'refund', lines: [{ quantity: 1 }] },
    policyVersion: desk.context.policies.current().version,
    facts: { name: '#1008', customer: { numberOfOrders: expect.any(Number) } },
  });
});

test('what does not fit the order was not judged and is not kept', async () => {
  const before = (await all()).length;
  expect(await ask('1001', 99)).toMatchObject({ kind: 'invalid' });
  expect(await all()).toHaveLength(before);
});

test('a request is kept exactly when its answer is', async () => {
  const before = (await all()).length;
  const broken = { ...desk.context, db: failingOn(desk.context.db, returnRequests) };
  const asker = await desk.staff('UMAYA0001');
  const request = { lines: [], reason: 'unwanted', wish: 'refund' } as const;
  const answers = await desk.db.select().from(auditLog).where(eq(auditLog.action, 'return.refused'));
  await expect(
    quoteReturn(broken, asker, '1003', (order) => ({
      ...request,
      lines: order.lines.map(({ id }) => ({ lineId: id, quantity: 1 })),
    })),
  ).rejects.toThrow('no room');
  expect(await all()).toHaveLength(before);
  expect(await desk.db.select().from(auditLog).where(eq(auditLog.action, 'return.refused'))).toHaveLength(
    answers.length,
  );
});

test('nothing of the demo store that names a person is kept', async () => {
  for (const { orderName } of describeDemoStore()) await ask(orderName.slice(1));
  const rows = await all();
  expect(rows.length).toBeGreaterThan(10);
  const kept = JSON.stringify(rows);
  for (const customer of Object.values(demoCustomers)) {
    const { name, email, phone, shippingPhone, zip }: DemoCustomer = customer;
    for (const word of [name, email, phone, shippingPhone]) {
      if (word) expect(kept.includes(word), word).toBe(false);
    }
    expect(kept.includes(`"${zip}"`), zip).toBe(false);
  }
  expect(/gid:\/\/shopify\/Customer\/|@|\+1555/.exec(kept)?.[0]).toBeUndefined();
  expect(kept.includes('"countryCode":"JP"')).toBe(true);
});

test('many are read page by page, each once, oldest first', async () => {
  const rows = await all(2);
  expect(rows.map(({ seq }) => seq)).toEqual((await all()).map(({ seq }) => seq));
  expect(rows.map(({ seq }) => seq)).toEqual(rows.map(({ seq }) => seq).toSorted((a, b) => a - b));
});

/** A database that takes no row of this table. */
function failingOn(db: RefundDesk['db'], table: unknown): RefundDesk['db'] {
  return new Proxy(db, {
    get(target, key) {
      if (key !== 'transaction') return Reflect.get(target, key);
      return (run: (tx: object) => Promise<unknown>) =>
        target.transaction((tx) =>
          run(
            new Proxy(tx, {
              get(inner, name) {
                if (name !== 'insert') return Reflect.get(inner, name);
                return (into: typeof auditLog) => {
                  if ((into as unknown) === table) throw new Error('no room');
                  return inner.insert(into);
                };
              },
            }),
          ),
        );
    },
  });
}
