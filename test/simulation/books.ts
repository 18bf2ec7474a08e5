import { asc } from 'drizzle-orm';
import type { Db } from '../../src/storage/database.ts';
import { auditLog } from '../../src/storage/schema/audit.ts';
import { conversations, inbox, messages, outbox, turns } from '../../src/storage/schema/conversations.ts';
import { senders } from '../../src/storage/schema/people.ts';
import { approvals, approvalVotes, quotes, refundPauses, refunds } from '../../src/storage/schema/refunds.ts';
import { staffNotes } from '../../src/storage/schema/staff.ts';
import type { Providers } from './providers.ts';
import type { World } from './world.ts';

/** What the program wrote down, and what the world outside saw of it. */
export type Books = Awaited<ReturnType<typeof readBooks>> & {
  readonly providers: Providers;
  readonly world: World;
  /** What the policy of the seed adds to store credit. */
  readonly bonusPercent: number;
};

export async function readBooks(db: Db) {
  const jobs = await db.execute<{ name: string; state: string }>(
    "select name, state::text as state from jobs.job where state in ('created', 'retry', 'active')",
  );
  return {
    jobs: [...jobs],
    refunds: await db.select().from(refunds).orderBy(asc(refunds.createdAt)),
    quotes: await db.select().from(quotes),
    messages: await db.select().from(messages).orderBy(asc(messages.seq)),
    conversations: await db.select().from(conversations),
    senders: await db.select().from(senders),
    turns: await db.select().from(turns),
    inbox: await db.select().from(inbox),
    outbox: await db.select().from(outbox).orderBy(asc(outbox.seq)),
    approvals: await db.select().from(approvals).orderBy(asc(approvals.createdAt)),
    votes: await db.select().from(approvalVotes),
    staffNotes: await db.select().from(staffNotes),
    pauses: await db.select().from(refundPauses),
    audit: await db.select().from(auditLog),
  };
}

export function complain(isWrong: boolean, sentence: string): readonly string[] {
  return isWrong ? [sentence] : [];
}
