import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { desc, eq } from 'drizzle-orm';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { withStandIns } from '../../src/launch.ts';
import { createLog } from '../../src/log.ts';
import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import { startSandbox } from '../../src/sandbox/sandbox.ts';
import type { ShopRefund, ShopState } from '../../src/sandbox/shop/shop-state.ts';
import type { Db } from '../../src/storage/database.ts';
import { conversations, turns } from '../../src/storage/schema/conversations.ts';
import { senders } from '../../src/storage/schema/people.ts';
import { withoutIntroduction } from '../support/open-world.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { waitFor } from '../support/wait-for.ts';
import type { Dialogue, Person } from './dialogues.ts';

export type Played = {
  /** What came back on each text, oldest first. */
  readonly replies: readonly (readonly string[])[];
  /** `1001 4800`: order and minor units, in the order they were made. */
  readonly refunds: readonly string[];
  /** The tools of the last turn. */
  readonly calls: readonly string[];
};

const publicUrl = 'https://returns.example.com';
const phones: Readonly<Record<Person, number>> = {
  jane: 1,
  marcus: 2,
  lena: 3,
  kenji: 4,
  noura: 5,
  priya: 6,
  tom: 7,
  nia: 8,
  stranger: 9,
  ines: 11,
  omar: 12,
  freya: 13,
};

/**
 * Plays dialogues side by side through the whole program, each in a shop of its own: the demo store again,
 * with other order numbers, telephone numbers and addresses. A dialogue is written with those of the first.
 */
export async function playDialogues(
  dialogues: readonly Dialogue[],
  policy?: string,
): Promise<readonly Played[]> {
  const policyFile = policy === undefined ? undefined : await writePolicy(policy);
  const database = await createTestDatabase();
  const sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:1',
    shopCost: 'unlimited',
    createStore: (now) => cloneStores(createTemplate(now), dialogues.length),
  });
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'error' });
  if (read.kind === 'invalid') throw new Error('The test configuration is invalid.');
  const app = createApp({
    config: withStandIns(
      {
        ...read.config,
        http: { ...read.config.http, publicUrl },
        returns: { ...read.config.returns, policyFile },
      },
      sandbox,
    ),
    databaseUrl: database.url,
    web: true,
    worker: true,
    storeName: 'Birch & Loom',
    log: createLog({ level: 'error', destination: { write: () => {} } }),
  });
  const { port } = await app.start();
  const url = `http://127.0.0.1:${port}`;
  sandbox.moveProgram(url, publicUrl);

  const textsTo = (number: string) =>
    sandbox.phones
      .messagesTo(number)
      .flatMap(({ direction, body }) => (direction === 'inbound' ? [] : [withoutIntroduction(body)]));
  const settled = async () => {
    await waitFor('the program to have nothing left to do', async () => {
      const ready = (await (await fetch(`${url}/readyz`)).json()) as { inFlight: number; queued: number };
      return ready.inFlight + ready.queued === 0;
    });
    await sandbox.phones.settled();
  };
  const played = dialogues.map(() => ({ heard: 0, replies: [] as (readonly string[])[] }));
  const rounds = Math.max(...dialogues.map(({ says }) => says.length));
  for (let round = 0; round < rounds; round += 1) {
    const talking = [...dialogues.entries()].filter(([, { says }]) => round < says.length);
    await Promise.all(
      talking.map(async ([index, { who, says }]) => {
        for (const body of says[round]?.split('\n+\n') ?? []) {
          await sandbox.phones.receiveText({ from: phoneOf(who, index), body: toShop(body, index) });
        }
      }),
    );
    await settled();
    for (const [index, { who }] of talking) {
      const texts = textsTo(phoneOf(who, index));
      const state = played[index];
      if (state === undefined) continue;
      state.replies.push(texts.slice(state.heard));
      state.heard = texts.length;
    }
  }
  const cancelled = new Set(
    sandbox.shop.orders().flatMap(({ name, cancelledAt }) => (cancelledAt ? [name] : [])),
  );
  const isCancelling = ({ orderName, lines }: ShopRefund) =>
    cancelled.has(orderName) && lines.some(({ restockType }) => restockType === 'CANCEL');
  const made = sandbox.shop
    .refunds()
    .filter((refund) => refund.idempotencyKey !== undefined || isCancelling(refund));
  const calls = await Promise.all(
    dialogues.map(({ who }, index) => lastCalls(app.context.refunds.db, phoneOf(who, index))),
  );
  await app.stop();
  await sandbox.close();
  await database.drop();
  return played.map(({ replies }, index) => ({
    replies,
    calls: calls[index] ?? [],
    refunds: made
      .map(({ orderName, amount }) => ({ number: fromShop(orderName, index), amount }))
      .flatMap(({ number, amount }) => (number === undefined ? [] : [`${number} ${amount}`])),
  }));
}

function phoneOf(who: Person, index: number): string {
  return `+1555${2_000_000 + index * 20 + phones[who]}`;
}

async function writePolicy(text: string): Promise<string> {
  const path = join(await mkdtemp(join(tmpdir(), 'policy-')), 'policy.yaml');
  await writeFile(path, text);
  return path;
}

async function lastCalls(db: Db, address: string): Promise<readonly string[]> {
  const [last] = await db
    .select({ tools: turns.tools })
    .from(turns)
    .innerJoin(conversations, eq(conversations.id, turns.conversationId))
    .innerJoin(senders, eq(senders.id, conversations.senderId))
    .where(eq(senders.address, address))
    .orderBy(desc(turns.number))
    .limit(1);
  return last?.tools.map(({ name }) => name) ?? [];
}

const demoNumber = /(?<![\d-])(?:10(?:0[1-9]|[123]\d)|10010)(?![\d-])/g;

/** #1001 to #1039 and #10010 of the demo store are another row of forty for each dialogue. */
function numberIn(demo: string, index: number): string {
  return String(2_000 + index * 40 + (demo === '10010' ? 0 : Number(demo) - 1_000));
}

function toShop(text: string, index: number): string {
  return text
    .replace(demoNumber, (demo) => numberIn(demo, index))
    .replace(/\b(\w+)@example\.com/gi, `$1${index}@example.com`);
}

function fromShop(orderName: string, index: number): string | undefined {
  const place = Number(orderName.slice(1)) - 2_000 - index * 40;
  if (place < 0 || place > 39) return undefined;
  return place === 0 ? '10010' : String(1_000 + place);
}

function cloneStores(template: ShopState, count: number): ShopState {
  const text = JSON.stringify({ ...template, accessTokens: [], idempotencyKeys: [] });
  const shops = Array.from({ length: count }, (_, index): ShopState => {
    const other = text
      .replace(/gid:\/\/shopify\/(\w+)\/(\d+)/g, (_whole, kind: string, id: string) => {
        return `gid://shopify/${kind}/${Number(id) + index * 1_000_000}`;
      })
      .replace(/"#(\d+)"/g, (_whole, demo: string) => `"#${numberIn(demo, index)}"`)
      .replace(
        /\+155512300(\d\d)/g,
        (_whole, person: string) => `+1555${2_000_000 + index * 20 + Number(person)}`,
      )
      .replace(/([\w.]+)@example\.com/g, `$1${index}@example.com`);
    return JSON.parse(other);
  });
  return {
    ...template,
    customers: shops.flatMap(({ customers }) => customers),
    orders: shops.flatMap(({ orders }) => orders),
    refunds: shops.flatMap(({ refunds }) => refunds),
    products: shops.flatMap(({ products = [] }) => products),
    lastId: template.lastId + count * 1_000_000,
  };
}

/** The demo store, and Nia's one order of several pieces each. */
function createTemplate(now: Date): ShopState {
  const state = createDemoStore(now);
  const shirt = state.orders.find(({ name }) => name === '#1001');
  const buyer = state.customers.find(({ id }) => id === shirt?.customerId);
  const [line] = shirt?.lines ?? [];
  const [fulfillment] = shirt?.fulfillments ?? [];
  const [payment] = shirt?.payments ?? [];
  if (!shirt || !buyer || !line || !fulfillment || !payment) throw new Error('The demo store has changed.');
  const goods = [
    { title: 'Stoneware Mug', variantTitle: 'Blue', unitPrice: 900, quantity: 4 },
    { title: 'Tea Towel', variantTitle: 'Indigo', unitPrice: 700, quantity: 2 },
    { title: 'Linen Apron', variantTitle: 'M', unitPrice: 3_400, quantity: 1 },
  ];
  const lines = goods.map((item, index) => ({
    ...line,
    ...item,
    id: `gid://shopify/LineItem/${7_900_001 + index}`,
  }));
  const person = { email: 'nia@example.com', phone: '+15551230008' };
  const customerId = 'gid://shopify/Customer/7900010';
  state.customers = [
    ...state.customers,
    { ...buyer, ...person, id: customerId, firstName: 'Nia', lastName: 'Okafor' },
  ];
  // Later numbers would run into the next dialogue's row.
  state.orders = [
    ...state.orders.filter(({ name }) => Number(name.slice(1)) < 1_040 || name === '#10010'),
    {
      ...shirt,
      ...person,
      id: 'gid://shopify/Order/7900011',
      name: '#1019',
      customerId,
      lines,
      fulfillments: [
        {
          ...fulfillment,
          id: 'gid://shopify/Fulfillment/7900012',
          lines: lines.map(({ id, quantity }, index) => ({
            id: `gid://shopify/FulfillmentLineItem/${7_900_013 + index}`,
            lineId: id,
            quantity,
          })),
        },
      ],
      payments: [{ ...payment, id: 'gid://shopify/OrderTransaction/7900020', amount: 8_400 }],
    },
  ];
  return state;
}
