import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { textCode } from '../../src/conversation/text-code.ts';
import { askForCode } from '../../src/refunds/ask-for-code.ts';
import { enterCode } from '../../src/refunds/enter-code.ts';
import { ordersToShow } from '../../src/refunds/order-to-show.ts';
import { proveIdentity } from '../../src/refunds/prove-identity.ts';
import { type Asker, findVisibleOrder } from '../../src/refunds/read-order.ts';
import { usageLimits } from '../../src/returns/usage-limits.ts';
import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import { readSender } from '../../src/storage/customers.ts';
import { openRefundDesk, type RefundDesk } from '../support/refund-desk.ts';

const jane = '+15551230001';
const aged = '1003';
const guest = '1013';
let desk: RefundDesk;
let number = 0;

beforeAll(async () => {
  desk = await openRefundDesk(
    (config) => config,
    (now) => {
      const shop = createDemoStore(now);
      const orders = shop.orders.map((order) =>
        order.name === `#${aged}` ? { ...order, processedAt: daysBefore(now, 366) } : order,
      );
      return { ...shop, orders };
    },
  );
});
afterAll(() => desk.close());
beforeEach(() => desk.db.execute(sql`update one_time_codes set created_at = created_at - interval '2 days'`));

function daysBefore(now: Date, days: number): string {
  return new Date(now.getTime() - days * 86_400_000).toISOString();
}

/** Somebody new, who writes from a number no order knows. */
function stranger(): Promise<Asker> {
  number += 1;
  return desk.customer(`+1555999${String(number).padStart(4, '0')}`);
}

async function again(asker: Asker): Promise<Asker> {
  return { ...asker, sender: await readSender(desk.db, asker.sender.id) };
}

async function ask(asker: Asker, orderNumber = '1001'): Promise<string> {
  return (await askForCode(desk.context, await again(asker), orderNumber)).kind;
}

/** What the job of the newest code sends to Jane's phone. */
async function textNewest(): Promise<string | undefined> {
  const before = textsTo(jane).length;
  const [row] = await desk.db.execute<{ id: string }>(
    sql`select id from one_time_codes order by id desc limit 1`,
  );
  await textCode(desk.app.context, row?.id ?? '');
  return /\b\d{6}\b/.exec(textsTo(jane).slice(before).at(-1) ?? '')?.[0];
}

function textsTo(phone: string): readonly string[] {
  return desk.sandbox.phones.messagesTo(phone).map(({ body }) => body);
}

async function enter(asker: Asker, code: string, orderNumber = '1001'): Promise<string> {
  return (await enterCode(desk.context, await again(asker), { orderNumber, code })).kind;
}

function another(code: string): string {
  return String((Number(code) + 1) % 1_000_000).padStart(6, '0');
}

async function sees(asker: Asker, orderNumber = '1001'): Promise<boolean> {
  return (await findVisibleOrder(desk.context, asker, orderNumber)) !== undefined;
}

describe('a code to the phone on the order', () => {
  test('proves that order to who enters it, and to nobody else', async () => {
    const [one, other] = [await stranger(), await stranger()];
    expect(await ask(one)).toBe('asked');
    const code = (await textNewest()) ?? '';
    expect(await enter(other, code)).toBe('not-verified');
    expect(await enter(one, code, '1002')).toBe('not-verified');
    expect(await sees(one)).toBe(false);
    expect(await enter(one, ` ${code.slice(0, 3)}-${code.slice(3)} `)).toBe('verified');
    expect([await sees(one), await sees(one, '1002'), await sees(other)]).toEqual([true, false, false]);
  });

  test('is good once', async () => {
    const asker = await stranger();
    await ask(asker);
    const code = (await textNewest()) ?? '';
    expect(await enter(asker, code)).toBe('verified');
    expect(await enter(asker, code)).toBe('not-verified');
  });

  test('lapses after ten minutes', async () => {
    const asker = await stranger();
    await ask(asker);
    const code = (await textNewest()) ?? '';
    const [row] = await desk.db.execute<{ minutes: number }>(
      sql`select extract(epoch from expires_at - created_at)::int / 60 as minutes from one_time_codes order by id desc limit 1`,
    );
    expect(row).toEqual({ minutes: 10 });
    await desk.db.execute(
      sql`update one_time_codes set expires_at = now() where sender_id = ${asker.sender.id}`,
    );
    expect(await enter(asker, code)).toBe('not-verified');
  });

  test('ends when another one is asked for', async () => {
    const asker = await stranger();
    await ask(asker);
    const first = (await textNewest()) ?? '';
    expect(await ask(asker)).toBe('asked');
    expect(await textNewest()).toBeUndefined();
    await desk.db.execute(
      sql`update one_time_codes set created_at = now() - interval '2 minutes' where sender_id = ${asker.sender.id}`,
    );
    await ask(asker);
    const second = (await textNewest()) ?? '';
    expect(await enter(asker, first)).toBe('not-verified');
    expect(await enter(asker, second)).toBe('verified');
  });

  test('takes five tries and no more, and counts them as wrong proofs that lock the sender', async () => {
    const asker = await stranger();
    await ask(asker);
    const code = (await textNewest()) ?? '';
    await proveIdentity(desk.context, asker, {
      orderNumber: '1001',
      email: 'no@example.com',
      postalCode: '1',
    });
    for (let i = 0; i < 3; i++) expect(await enter(asker, another(code))).toBe('not-verified');
    expect(await enter(asker, another(code))).toBe('locked');
    expect(await enter(asker, code)).toBe('locked');
    expect(await ask(asker)).toBe('locked');
    const tryReadBefore = await enterCode(desk.context, asker, { orderNumber: '1001', code });
    expect(tryReadBefore.kind, 'a try that began before the lock').toBe('locked');
    await desk.db.execute(sql`update senders set proofs_locked_until = null where id = ${asker.sender.id}`);
    await desk.db.execute(sql`delete from proof_attempts where sender_id = ${asker.sender.id}`);
    expect(await enter(asker, another(code))).toBe('not-verified');
    expect(await enter(asker, code)).toBe('not-verified');
  });

  test('is texted five times a day to one phone, whoever asks, and the sixth hears the same', async () => {
    for (let i = 0; i < 5; i++) {
      await ask(await stranger());
      expect(await textNewest()).toMatch(/^\d{6}$/);
    }
    expect(await ask(await stranger())).toBe('asked');
    expect(await textNewest()).toBeUndefined();
  });

  test('is asked for five times a day by one sender, for orders that exist or not', async () => {
    const asker = await stranger();
    for (const order of ['1001', '777771', '777772', '777773', '777774'])
      expect(await ask(asker, order)).toBe('asked');
    expect(await ask(asker, '1002')).toBe('too-many');
    expect(await ask(asker, '777775')).toBe('too-many');
  });

  test('is asked for by strangers only as often as the store allows, and people are told once', async () => {
    const context = {
      ...desk.context,
      usageLimits: { ...usageLimits, 'store-codes-hourly': { most: 2, seconds: 3_600 } },
    };
    await desk.db.execute(sql`delete from usage_counters where name = 'store-codes-hourly'`);
    const kinds: string[] = [];
    for (const order of ['1001', '987654', '1002', '987655'])
      kinds.push((await askForCode(context, await stranger(), order)).kind);
    expect(kinds).toEqual(['asked', 'asked', 'too-many', 'too-many']);
    const notes = await desk.db.execute(
      sql`select 1 from staff_notes where text like '%store-codes-hourly%'`,
    );
    expect(notes).toHaveLength(1);
  });

  test('does not go to a phone that opted out', async () => {
    const { sender } = await desk.customer(jane);
    await desk.db.execute(sql`update senders set opted_out_at = now() where id = ${sender.id}`);
    await ask(await stranger());
    expect(await textNewest()).toBeUndefined();
    await desk.db.execute(sql`update senders set opted_out_at = null where id = ${sender.id}`);
  });

  test('is texted once, though its job runs again', async () => {
    await ask(await stranger());
    expect(await textNewest()).toMatch(/^\d{6}$/);
    expect(await textNewest()).toBeUndefined();
  });

  test('is kept in no column, and the phone only until it was texted', async () => {
    await ask(await stranger());
    const code = (await textNewest()) ?? '';
    const rows = JSON.stringify(
      await desk.db.execute(sql`select * from one_time_codes order by id desc limit 1`),
    );
    expect(rows).not.toContain(code);
    expect(rows).not.toContain(jane);
  });
});

describe('an order older than a year', () => {
  test('is not shown to who has its number, and no code goes to it', async () => {
    const owner = await desk.customer(jane);
    expect([await sees(owner), await sees(owner, aged)]).toEqual([true, false]);
    const listed = (await ordersToShow(desk.context, owner)).value.map(({ name }) => name);
    expect(listed).toContain('#1001');
    expect(listed).not.toContain(`#${aged}`);
    expect(await ask(owner, aged)).toBe('asked');
    expect(await textNewest()).toBeUndefined();
  });

  test('is shown to who proves it', async () => {
    const owner = await desk.customer(jane);
    const details = { orderNumber: aged, email: 'jane@example.com', postalCode: '97205' };
    expect(await proveIdentity(desk.context, owner, details)).toMatchObject({ kind: 'verified' });
    expect(await sees(owner, aged)).toBe(true);
  });
});

describe('unknown, foreign, without a phone, wrong', () => {
  type Work = (asker: Asker, orderNumber: string) => Promise<unknown>;
  const works: readonly (readonly [string, Work])[] = [
    ['looking it up', (asker, order) => findVisibleOrder(desk.context, asker, order)],
    ['asking for a code', (asker, order) => askForCode(desk.context, asker, order)],
    ['entering a code', (asker, order) => enterCode(desk.context, asker, { orderNumber: order, code: '1' })],
    [
      'a proof by details',
      (asker, orderNumber) =>
        proveIdentity(desk.context, asker, { orderNumber, email: 'no@example.com', postalCode: '1' }),
    ],
  ];

  test.each(works)('%s takes the same requests and the same statements', async (_, work) => {
    const seen = new Set<string>();
    for (const order of ['1001', guest, aged, '987654']) {
      for (let time = 0; time < 2; time++) {
        const asker = await stranger();
        const { requests, statements, answer } = await counted(() => work(asker, order));
        expect(requests).toHaveLength(2);
        seen.add(JSON.stringify({ requests, statements, answer }));
      }
    }
    expect([...seen]).toHaveLength(1);
  });

  /** What goes over the wire, to the shop and to the database. */
  async function counted(run: () => Promise<unknown>) {
    const requests: string[] = [];
    const statements: string[] = [];
    const { fetch } = globalThis;
    const client = (desk.context.db as unknown as { readonly $client: Client }).$client;
    const { unsafe, begin } = client;
    globalThis.fetch = (url, init) => {
      requests.push(/query \w+/.exec(String(init?.body))?.[0] ?? String(url));
      return fetch(url, init);
    };
    client.unsafe = note(unsafe, statements);
    client.begin = (...given) => {
      const inside = given.at(-1) as (tx: Client) => Promise<unknown>;
      return begin.call(client, (tx: Client) => {
        tx.unsafe = note(tx.unsafe, statements);
        return inside(tx);
      });
    };
    try {
      const answer = await run();
      // The job and its wake-up are sent side by side, and the program looks for new policies at times.
      const own = statements.filter((text) => !/"policy_/.test(text)).toSorted();
      return { requests, statements: own, answer };
    } finally {
      globalThis.fetch = fetch;
      Object.assign(client, { unsafe, begin });
    }
  }

  function note(unsafe: Client['unsafe'], statements: string[]): Client['unsafe'] {
    return function (this: Client, ...given) {
      statements.push(String(given[0]));
      return unsafe.apply(this, given);
    };
  }
});

type Client = {
  unsafe: (...given: unknown[]) => unknown;
  begin: (...given: unknown[]) => Promise<unknown>;
};
