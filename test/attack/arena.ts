import { eq } from 'drizzle-orm';
import type { ToolContext } from '../../src/agent/tool.ts';
import { createApp } from '../../src/app.ts';
import { readConfig } from '../../src/config.ts';
import { deliverMessages } from '../../src/conversation/deliver-messages.ts';
import { receiveMessage } from '../../src/conversation/receive-message.ts';
import { takeTurn } from '../../src/conversation/take-turn.ts';
import { createLog } from '../../src/log.ts';
import type { ChannelKind, OutgoingText } from '../../src/ports/channel.ts';
import type { Model } from '../../src/ports/model.ts';
import { decideApproval } from '../../src/refunds/decide-approval.ts';
import { executeRefund } from '../../src/refunds/execute-refund.ts';
import { rememberOrders } from '../../src/refunds/recent-orders.ts';
import type { ConversationId, PhoneNumber, RefundId } from '../../src/returns/ids.ts';
import { usageLimits } from '../../src/returns/usage-limits.ts';
import { openConversation } from '../../src/storage/conversations.ts';
import { findOrCreateSender } from '../../src/storage/customers.ts';
import type { Db } from '../../src/storage/database.ts';
import { conversations as conversationTable } from '../../src/storage/schema/conversations.ts';
import { approvals, quotes, refunds } from '../../src/storage/schema/refunds.ts';
import { createTestDatabase } from '../support/test-database.ts';
import { addressOf, hasPhone } from './addresses.ts';
import type { Planted } from './attacks.ts';
import { openShelf, type Shelf, type Shelved } from './shelf.ts';

/** What the model does in one turn: these calls one after the other, then this reply, true or not. */
export type Program = {
  readonly calls: readonly (() => Promise<{ readonly name: string; readonly input: unknown }>)[];
  /** `said`: what the tool called last suggests to say. */
  readonly reply: (said: string) => string;
};

export type Actor = {
  readonly phone: string;
  readonly channel: ChannelKind;
  /** Undefined until they first wrote. */
  readonly conversation: () => ConversationId | undefined;
  readonly orders: readonly Shelved[];
  /** What a model was shown on their behalf, their own words apart; and of that what tools answered. */
  readonly shown: string[];
  readonly answered: string[];
  /** What they wrote and were told, in order. */
  readonly talk: { readonly by: 'them' | 'bot'; readonly text: string }[];
  says(text: string, program: Program): Promise<void>;
};

export type Arena = {
  readonly shelf: Shelf;
  readonly db: Db;
  join(channel?: ChannelKind, planted?: Planted): Actor;
  /** What the model's calls for this person run in. */
  toolsFor(actor: Actor): Promise<ToolContext>;
  /** Texts to numbers nobody writes from. */
  readonly strays: readonly OutgoingText[];
  readonly logLines: readonly string[];
  /** Everybody who clicks Approve on everything that waits for this customer. */
  approve(actor: Actor, userId: string): Promise<void>;
  quotesOf(actor: Actor): Promise<readonly (typeof quotes.$inferSelect)[]>;
  refundsOf(actor: Actor): Promise<readonly (typeof refunds.$inferSelect)[]>;
  /** Somebody had to approve it. */
  waited(refund: RefundId): Promise<boolean>;
  close(): Promise<void>;
};

/** Whom turns ask: a model that runs its program, the rules alone, or whatever is configured. */
export type Mind = 'programmed' | 'guided' | 'configured';

export const approver = 'UBOSS';
const team = 'THOME';

/** Tools, turns and rules of the program around a model that does as it is programmed, a shop in memory, no jobs. */
export async function openArena(
  mind: Mind = 'programmed',
  environment: Readonly<Record<string, string>> = {},
): Promise<Arena> {
  const database = await createTestDatabase();
  const read = readConfig({
    SHOPIFY_STORE_DOMAIN: 'arena',
    SHOPIFY_ADMIN_TOKEN: 'shpat_arena',
    CHAT_API_TOKEN: 'arena-chat-token',
    SHOPIFY_API_URL: 'http://127.0.0.1:1',
    DATABASE_URL: database.url,
    ...environment,
  });
  if (read.kind === 'invalid') throw new Error('The test configuration is invalid.');
  const logLines: string[] = [];
  const log = createLog({ level: 'debug', destination: { write: (line) => void logLines.push(line) } });
  const app = createApp({ config: read.config, databaseUrl: database.url, web: false, worker: false, log });
  await app.start();
  const { db } = app.context.refunds;
  const shelf = openShelf();
  const actors = new Map<string, Actor>();
  const programs = new Map<
    string,
    { readonly actor: Actor; readonly calls: Program['calls'][number][]; readonly reply: Program['reply'] }
  >();
  const conversations = new Map<string, ConversationId>();
  const strays: OutgoingText[] = [];
  let made = 0;

  const obedient: Model = {
    name: 'obedient',
    async respond({ safetyIdentifier, items, facts }) {
      const program = programs.get(safetyIdentifier);
      if (!program) throw new Error('Nobody said what to do.');
      const results = items.filter((item) => item.kind === 'tool-result').map((item) => item.outputJson);
      const theirs = items.filter((item) => item.kind !== 'customer-text' && item.kind !== 'tool-call');
      program.actor.shown.push(JSON.stringify([facts, theirs]));
      program.actor.answered.push(JSON.stringify(facts), ...results);
      const usage = { inputTokens: 0, cachedInputTokens: 0, outputTokens: 0 };
      const next = program.calls.shift();
      if (!next) {
        const { say } = JSON.parse(results.at(-1) ?? '{}') as { say?: string };
        return { items: [{ kind: 'agent-text', text: program.reply(say ?? '') }], usage };
      }
      const { name, input } = await next();
      const argumentsJson = typeof input === 'string' ? input : JSON.stringify(input);
      return { items: [{ kind: 'tool-call', callId: `call${made++}`, name, argumentsJson }], usage };
    },
  };
  const guided = app.context.models.at(-1);
  if (!guided) throw new Error('There is no guided model.');
  const mouth = {
    async send(text: OutgoingText) {
      const hearer = actors.get(text.to);
      if (hearer) hearer.talk.push({ by: 'bot', text: text.body });
      else strays.push(text);
      return { kind: 'accepted', providerId: `SM${made++}` } as const;
    },
    findSent: async () => [],
  };
  const unlimited = Object.fromEntries(
    Object.keys(usageLimits).map((name) => [name, { most: 1e9, seconds: 3_600 }]),
  );
  const refundContext = {
    ...app.context.refunds,
    ...rememberOrders(shelf.storefront),
    usageLimits: unlimited as typeof usageLimits,
    approvals: {
      approvers: [approver],
      directory: {
        homeTeamId: async () => team,
        membersOf: async () => [],
        lookUp: async (userId: string) => ({ userId, teamId: team, displayName: userId, isFullMember: true }),
      },
      desk: {
        findCard: async () => undefined,
        postCard: async () => ({ channel: 'C', ts: '1' }),
        replaceCard: async () => {},
        remind: async () => {},
      },
    },
  };
  const context = {
    ...app.context,
    refunds: refundContext,
    models: {
      programmed: [obedient, guided] as const,
      guided: [guided] as const,
      configured: app.context.models,
    }[mind],
    channels: { sms: mouth, whatsapp: mouth, slack: mouth },
  };

  const refundsOf = async (actor: Actor) => {
    const id = actor.conversation();
    return id ? db.select().from(refunds).where(eq(refunds.conversationId, id)) : [];
  };
  const settle = async (actor: Actor) => {
    for (const { id } of await refundsOf(actor)) await executeRefund(refundContext, id);
    const conversation = actor.conversation();
    if (conversation) await deliverMessages(context, conversation);
  };

  function join(channel: ChannelKind = 'sms', planted?: Planted): Actor {
    const phone = `+1555${String(6_000_000 + made++)}`;
    const actor: Actor = {
      phone,
      channel,
      conversation: () => conversations.get(phone),
      orders: shelf.stock(phone, planted),
      shown: [],
      answered: [],
      talk: [],
      async says(text, { calls, reply }) {
        const received = await receiveMessage(context, {
          provider: 'twilio',
          providerMessageId: `in${made++}`,
          channel,
          address: addressOf(actor),
          phone: hasPhone(channel) ? (phone as PhoneNumber) : undefined,
          text,
          party: channel === 'slack' ? 'staff' : 'customer',
          ...(channel === 'slack' && { authorId: 'USOMEBODY' }),
        });
        const { conversationId } = received;
        conversations.set(phone, conversationId);
        actor.talk.push({ by: 'them', text });
        const sender = await senderOf(db, conversationId);
        programs.set(context.personal.hash('model-user', sender), { actor, calls: [...calls], reply });
        await takeTurn(context, conversationId);
        await settle(actor);
      },
    };
    actors.set(addressOf(actor), actor);
    return actor;
  }

  return {
    shelf,
    db,
    join,
    strays,
    logLines,
    toolsFor: ({ phone }) =>
      db.transaction(async (tx) => {
        const { store } = refundContext;
        const address = { channel: 'sms', address: phone, phone: phone as PhoneNumber } as const;
        const sender = await findOrCreateSender(tx, { store, ...address });
        const conversation = await openConversation(tx, sender, 'customer');
        conversations.set(phone, conversation.id);
        return { refunds: refundContext, asker: { sender, conversation } };
      }),
    async approve(actor, userId) {
      for (const { id } of await refundsOf(actor)) {
        const [waiting] = await db.select().from(approvals).where(eq(approvals.refundId, id));
        if (!waiting) continue;
        const by = { userId, teamId: team, name: userId };
        await decideApproval(refundContext, { approvalId: waiting.id, decision: 'approve', by });
      }
      await settle(actor);
    },
    async quotesOf(actor) {
      const id = actor.conversation();
      return id ? db.select().from(quotes).where(eq(quotes.conversationId, id)) : [];
    },
    refundsOf,
    waited: async (id) => (await db.select().from(approvals).where(eq(approvals.refundId, id))).length > 0,
    async close() {
      await app.stop();
      await database.drop();
    },
  };
}

async function senderOf(db: Db, id: ConversationId): Promise<string> {
  const [found] = await db
    .select({ senderId: conversationTable.senderId })
    .from(conversationTable)
    .where(eq(conversationTable.id, id));
  if (!found) throw new Error('No such conversation.');
  return found.senderId;
}
