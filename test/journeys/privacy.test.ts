import { createHmac, randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';

const secret = 'shopify-webhook-secret';
const stranger = '+15559870001';
const opposed = '+15559870002';
let world: World;
beforeAll(async () => {
  world = await openWorld((config) => ({
    ...config,
    ...(config.shopify && { shopify: { ...config.shopify, webhookSecrets: [secret] } }),
  }));
});
afterAll(() => world.close());

async function deliver(topic: string, payload: object, id: string = randomUUID()) {
  const body = JSON.stringify({ shop_domain: 'birch-and-loom.myshopify.com', ...payload });
  const response = await fetch(`${world.url}/shopify/webhooks`, {
    method: 'POST',
    body,
    headers: {
      'x-shopify-topic': topic,
      'x-shopify-webhook-id': id,
      'x-shopify-shop-domain': 'birch-and-loom.myshopify.com',
      'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
    },
  });
  await world.settled();
  return response.status;
}

/** Every table's rows of the program's own and of its jobs, as one text. */
async function everythingKept(): Promise<string> {
  const tables = await world.db.execute<{ schema: string; name: string }>(sql`
    select table_schema as schema, table_name as name from information_schema.tables
    where table_schema in ('public', 'jobs') and table_type = 'BASE TABLE'`);
  const texts = await Promise.all(
    tables.map(async ({ schema, name }) => {
      const rows = await world.db.execute<{ text: string }>(
        sql`select t::text as text from ${sql.identifier(schema)}.${sql.identifier(name)} t`,
      );
      return rows.map(({ text }) => `${name}: ${text}`);
    }),
  );
  return texts.flat().join('\n');
}

const ageAll = async (days: number) => {
  const older = sql`make_interval(days => ${days})`;
  for (const table of ['messages', 'turns', 'staff_notes', 'support_threads', 'quotes', 'return_requests']) {
    await world.db.execute(sql`update ${sql.identifier(table)} set created_at = created_at - ${older}`);
  }
  await world.db.execute(sql`update conversations set last_activity_at = last_activity_at - ${older}`);
  await world.db.execute(sql`update proofs set proven_at = proven_at - ${older}`);
};

async function tend(): Promise<void> {
  await world.db.execute(
    sql`update jobs.job set start_after = now() where name = 'keep-privacy' and state = 'created'`,
  );
  await world.settled();
  await world.restart();
  await world.settled();
}

const words = 'the heel came off at my cousin Wilhelmina';

describe('what a stranger writes', () => {
  test('proves who they are by an e-mail address that is stored nowhere in the clear', async () => {
    await world.say(stranger, `I want to return the blue shirt from order 1001, ${words}`);
    const replies = await world.say(stranger, 'jane@example.com 97205, card 4242 4242 4242 4242');
    expect(replies.join()).toContain('Shirt');
    const kept = await everythingKept();
    expect(kept).not.toContain('jane@example.com');
    expect(kept).not.toContain('4242 4242');
    expect(kept).toContain('[e-mail]');
  });

  test('is logged nowhere', () => {
    const logged = world.logLines.join('\n');
    for (const secretWord of ['jane@', 'Wilhelmina', '97205', '5559870001', '4242']) {
      expect(logged).not.toContain(secretWord);
    }
  });

  test('is gone with its address when it is older than it may be kept', async () => {
    expect(await everythingKept()).toContain('Wilhelmina');
    await ageAll(91);
    await tend();
    const kept = await everythingKept();
    expect(kept).not.toContain('Wilhelmina');
    expect(kept).not.toContain(stranger);
  });

  test('comes from somebody new afterwards', async () => {
    const [reply] = await world.say(stranger, 'where is my refund for order 1001?');
    expect(reply).toContain('postal code');
  });
});

describe('somebody who opted out', () => {
  test('is not forgotten to have done so', async () => {
    await world.say(opposed, 'hello there');
    await world.say(opposed, 'STOP');
    await ageAll(91);
    await tend();
    expect(await everythingKept()).toContain(opposed);
    expect(await world.say(opposed, 'hello again')).toEqual([]);
  });
});

describe("a customer's data", () => {
  test('of a refund that waits for approval is erased only after it was decided', async () => {
    await world.say(jane, 'return the walnut desk from order 1002, it wobbles like my uncle Ferdinand');
    await world.say(jane, 'yes');
    expect(await deliver('customers/redact', { customer: { id: 0, phone: jane } })).toBe(200);
    expect(await everythingKept()).toContain('Ferdinand');
    const notes = world.sandbox.workspace.messagesIn('CSUPPORT').map(({ text }) => text);
    expect(notes.filter((text) => text.includes('A refund is not settled yet'))).toHaveLength(1);

    await ageAll(91);
    await tend();
    expect(await everythingKept(), 'age alone does not erase it either').toContain('Ferdinand');

    await world.click(await world.card('#1002'), 'UMAYA0001', 'deny_refund').catch(() => 0);
    await world.db.execute(sql`update approvals set state = 'denied' where state = 'pending'`);
    await world.db.execute(sql`update refunds set state = 'denied' where state = 'awaiting-approval'`);
    await tend();
    const kept = await everythingKept();
    expect(kept).not.toContain('Ferdinand');
    expect(kept).not.toContain(jane);
    expect(kept, 'the ledger stays').toMatch(/refunds: .*#1002/);
  });

  test('is asked for once, however often the webhook comes, and people are told how to collect it', async () => {
    const payload = { customer: { id: 7, phone: '+15551230002', email: 'omar@example.com' } };
    for (let i = 0; i < 3; i++) expect(await deliver('customers/data_request', payload, 'same')).toBe(200);
    const notes = world.sandbox.workspace.messagesIn('CSUPPORT').map(({ text }) => text);
    const told = notes.filter((text) => text.includes('npm run privacy -- export --request'));
    expect(told).toHaveLength(1);
    const kept = await everythingKept();
    expect(kept.match(/privacy_requests: .*,export,/g)).toHaveLength(1);
    expect(kept).not.toContain('omar@example.com');
    expect(kept).not.toContain('+15551230002');
  });

  test('leaves an audit row that names nobody', async () => {
    const rows = await world.db.execute<{ action: string; subject: string }>(sql`
      select action, subject from audit_log where action like 'privacy.%' order by seq`);
    expect(rows.map(({ action }) => action)).toEqual([
      'privacy.erase-requested',
      'privacy.erased',
      'privacy.export-requested',
    ]);
    expect(rows[0]?.subject).toMatch(/^[0-9a-f]{32}$/);
    expect(rows[1]?.subject).toBe(rows[0]?.subject);
  });
});

test("a shop that is gone leaves nobody's words and addresses", async () => {
  await world.say('+15551230003', 'hello from Wilhelmina');
  expect(await deliver('shop/redact', { shop_id: 1 })).toBe(200);
  const kept = await everythingKept();
  for (const gone of ['Wilhelmina', opposed, '+15551230003']) expect(kept).not.toContain(gone);
});
