import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { latestApproval } from '../../src/storage/approvals.ts';
import { readQuote } from '../../src/storage/quotes.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';
const folder = mkdtempSync(join(tmpdir(), 'policy-'));
const policyFile = join(folder, 'policy.yaml');

let desk: RefundDesk;
beforeAll(async () => {
  writeFileSync(
    policyFile,
    `rules:
  - id: two-people
    when: { asked_by: customer, channel: sms, price: { above: 20 } }
    then: { approval: { people: 2 }, return_shipping_fee: "1.50", note: Look twice }`,
  );
  desk = await openRefundDesk((config) => ({ ...config, returns: { ...config.returns, policyFile } }));
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

test('a rule makes a small refund wait for as many people as it says, and a fee comes off', async () => {
  const asker = await desk.customer(jane);
  const quoteId = await desk.agreed(asker, '1001', 'Shirt');
  const quoted = await readQuote(desk.db, asker.conversation.id, quoteId);
  expect(quoted?.quote).toMatchObject({
    fee: { minor: 150 },
    returnShippingFee: { minor: 150 },
    approval: { people: 2 },
    note: 'Look twice',
    asker: { channel: 'sms', askedBy: 'customer' },
  });

  const proposed = await desk.submit(asker, quoteId);
  expect(proposed.kind).toBe('awaiting-approval');
  const refund = proposed.kind === 'awaiting-approval' ? proposed.refund : undefined;
  expect(refund && (await latestApproval(desk.db, refund.id))?.required).toBe(2);
});

test('a rule that does not hold leaves a refund as it is', async () => {
  const asker = await desk.customer(jane);
  expect((await desk.submit(asker, await desk.agreed(asker, '1001', 'Socks'))).kind).toBe('submitted');
});
