import { type App, createApp } from '../../src/app.ts';
import { type Config, readConfig } from '../../src/config.ts';
import { withStandIns } from '../../src/launch.ts';
import { createLog } from '../../src/log.ts';
import type { RefundContext } from '../../src/refunds/context.ts';
import { type ProposedRefund, proposeRefund } from '../../src/refunds/propose-refund.ts';
import { quoteReturn } from '../../src/refunds/quote-return.ts';
import type { Asker } from '../../src/refunds/read-order.ts';
import type { PhoneNumber, QuoteId, RefundId } from '../../src/returns/ids.ts';
import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/sandbox.ts';
import type { ShopState } from '../../src/sandbox/shop/shop-state.ts';
import { appendMessage, openConversation } from '../../src/storage/conversations.ts';
import { findOrCreateSender } from '../../src/storage/customers.ts';
import type { Db } from '../../src/storage/database.ts';
import { markShown } from '../../src/storage/quotes.ts';
import { createTestDatabase } from './test-database.ts';

export type RefundDesk = {
  readonly app: App;
  readonly context: RefundContext;
  readonly db: Db;
  readonly sandbox: Sandbox;
  /** Somebody who texts from this number; every call opens another number's or the same conversation. */
  customer(phone: string): Promise<Asker>;
  staff(userId: string): Promise<Asker>;
  says(asker: Asker, text: string): Promise<void>;
  /** One piece of the line whose title holds `title`; not shown to anybody yet. */
  quote(asker: Asker, orderNumber: string, title: string): Promise<QuoteId>;
  /** The message that names the amount goes out. */
  show(asker: Asker, quoteId: QuoteId): Promise<void>;
  submit(asker: Asker, quoteId: QuoteId): Promise<ProposedRefund>;
  /** Quoted, shown, and agreed to with a yes. */
  agreed(asker: Asker, orderNumber: string, title: string): Promise<QuoteId>;
  /** Agreed to and taken up, as a yes to the bot is. */
  submitted(phone: string, orderNumber?: string, title?: string): Promise<RefundId>;
  /** Refunds the shop made through the program. */
  made(
    orderName: string,
  ): readonly { readonly amount: number; readonly idempotencyKey?: string | undefined }[];
  close(): Promise<void>;
};

/** The use cases about money on a database and a shop of their own. No worker: a job runs when a test runs it. */
export async function openRefundDesk(
  change: (config: Config) => Config = (config) => config,
  createStore: (now: Date) => ShopState = createDemoStore,
): Promise<RefundDesk> {
  const database = await createTestDatabase();
  const sandbox = await startSandbox({ appUrl: 'http://127.0.0.1:1', shopCost: 'unlimited', createStore });
  const read = readConfig({ PORT: '0', LOG_LEVEL: 'error' });
  if (read.kind === 'invalid') throw new Error('The test configuration is invalid.');
  const app = createApp({
    config: change(withStandIns(read.config, sandbox)),
    databaseUrl: database.url,
    web: false,
    worker: false,
    log: createLog({ level: 'error', destination: { write: () => {} } }),
  });
  await app.start();
  const context = app.context.refunds;
  const { db, store } = context;

  const open = (channel: 'sms' | 'chat', address: string, phone?: PhoneNumber): Promise<Asker> =>
    db.transaction(async (tx) => {
      const sender = await findOrCreateSender(tx, { store, channel, address, phone });
      return { sender, conversation: await openConversation(tx, sender, phone ? 'customer' : 'staff') };
    });
  const desk: RefundDesk = {
    app,
    context,
    db,
    sandbox,
    customer: (phone) => open('sms', phone, phone as PhoneNumber),
    staff: (userId) => open('chat', userId),
    says: async ({ conversation }, text) => {
      await db.transaction((tx) => appendMessage(tx, conversation, 'customer', text));
    },
    async quote(asker, orderNumber, title) {
      const quoted = await quoteReturn(context, asker, orderNumber, (order) => ({
        lines: order.lines
          .filter((line) => line.title.includes(title))
          .map((line) => ({ lineId: line.id, quantity: 1 })),
        reason: 'other',
        wish: 'refund',
      }));
      if (quoted.kind !== 'quoted') throw new Error(`Not quoted but ${quoted.kind}`);
      return quoted.row.id;
    },
    show: ({ conversation }, quoteId) =>
      db.transaction(async (tx) => {
        const message = await appendMessage(tx, conversation, 'agent', 'Reply YES to go ahead.');
        await markShown(tx, [quoteId], message.seq);
      }),
    submit: (asker, quoteId) => proposeRefund(context, asker, quoteId),
    async agreed(asker, orderNumber, title) {
      const quoteId = await desk.quote(asker, orderNumber, title);
      await desk.show(asker, quoteId);
      await desk.says(asker, 'yes');
      return quoteId;
    },
    async submitted(phone, orderNumber = '1001', title = 'Shirt') {
      const asker = await desk.customer(phone);
      const proposed = await desk.submit(asker, await desk.agreed(asker, orderNumber, title));
      if (!('refund' in proposed)) throw new Error(`Not submitted but ${proposed.kind}`);
      return proposed.refund.id;
    },
    made: (orderName) =>
      sandbox.shop.refunds().filter((refund) => refund.orderName === orderName && refund.idempotencyKey),
    async close() {
      await app.stop();
      await sandbox.close();
      await database.drop();
    },
  };
  return desk;
}
