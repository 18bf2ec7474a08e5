import { asc } from 'drizzle-orm';
import type { Db } from '../../src/storage/database.ts';
import * as schema from '../../src/storage/schema.ts';
import type { Providers } from './providers.ts';
import type { World } from './world.ts';

/** What the program wrote down, and what the world outside saw of it. */
export type Books = Awaited<ReturnType<typeof readBooks>> & {
  readonly providers: Providers;
  readonly world: World;
};

export async function readBooks(db: Db) {
  const { refunds, messages, conversations, senders, outbox, approvals } = schema;
  const jobs = await db.execute<{ name: string; state: string }>(
    "select name, state::text as state from jobs.job where state in ('created', 'retry', 'active')",
  );
  return {
    jobs: [...jobs],
    refunds: await db.select().from(refunds).orderBy(asc(refunds.createdAt)),
    quotes: await db.select().from(schema.quotes),
    messages: await db.select().from(messages).orderBy(asc(messages.seq)),
    conversations: await db.select().from(conversations),
    senders: await db.select().from(senders),
    turns: await db.select().from(schema.turns),
    inbox: await db.select().from(schema.inbox),
    outbox: await db.select().from(outbox).orderBy(asc(outbox.seq)),
    approvals: await db.select().from(approvals).orderBy(asc(approvals.createdAt)),
    votes: await db.select().from(schema.approvalVotes),
    staffNotes: await db.select().from(schema.staffNotes),
    pauses: await db.select().from(schema.refundPauses),
    audit: await db.select().from(schema.auditLog),
  };
}

export function complain(isWrong: boolean, sentence: string): readonly string[] {
  return isWrong ? [sentence] : [];
}
