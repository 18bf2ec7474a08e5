import { randomUUIDv7 } from 'node:crypto';
import { and, count, desc, eq, gt, inArray, isNotNull, lt, sql } from 'drizzle-orm';
import type { OrderId, PhoneNumber } from '../returns/ids.ts';
import { codeMinutes, maxCodeTries } from '../returns/one-time-code.ts';
import type { Sender } from './customers.ts';
import type { Db, Tx } from './database.ts';
import { type CodeState, oneTimeCodes } from './schema/one-time-codes.ts';
import { senders } from './schema/people.ts';

export type CodeRow = typeof oneTimeCodes.$inferSelect;

/** What was asked for in a day; the phone's lock makes askers of the same one wait for each other. */
export async function countCodes(
  tx: Tx,
  sender: Sender,
  phoneMac: string,
): Promise<{ readonly ofSender: number; readonly toPhone: number }> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${phoneMac}, 0))`);
  const since = gt(oneTimeCodes.createdAt, sql`now() - interval '1 day'`);
  const [own] = await tx
    .select({ asked: count() })
    .from(oneTimeCodes)
    .where(and(eq(oneTimeCodes.senderId, sender.id), since));
  const [phone] = await tx
    .select({ asked: count() })
    .from(oneTimeCodes)
    .where(and(eq(oneTimeCodes.store, sender.store), eq(oneTimeCodes.phoneMac, phoneMac), since));
  return { ofSender: own?.asked ?? 0, toPhone: phone?.asked ?? 0 };
}

/** Whether one was asked for within `seconds` and still stands. */
export async function wasJustAsked(
  tx: Tx,
  sender: Sender,
  orderNumber: string,
  seconds: number,
): Promise<boolean> {
  const [row] = await tx
    .select({ id: oneTimeCodes.id })
    .from(oneTimeCodes)
    .where(
      and(
        isLive(sender.id, orderNumber),
        gt(oneTimeCodes.createdAt, sql`now() - make_interval(secs => ${seconds})`),
      ),
    )
    .limit(1);
  return row !== undefined;
}

/** The only one of this sender and order that lives: an earlier one is over. */
export async function insertCode(
  tx: Tx,
  sender: Sender,
  code: {
    readonly orderNumber: string;
    readonly orderId: OrderId | undefined;
    readonly phone: PhoneNumber | undefined;
    readonly phoneMac: string;
  },
): Promise<string> {
  await endCodes(tx, sender.id, code.orderNumber);
  const id = randomUUIDv7();
  await tx.insert(oneTimeCodes).values({
    id,
    store: sender.store,
    senderId: sender.id,
    ...code,
    orderId: code.orderId ?? null,
    phone: code.phone ?? null,
    state: 'waiting',
    expiresAt: sql`now() + make_interval(mins => ${codeMinutes})`,
  });
  return id;
}

/** Counts a try before anything is compared; undefined when no code lives, or it was tried too often. */
export async function takeTry(
  tx: Tx,
  senderId: string,
  orderNumber: string,
): Promise<{ readonly id: string; readonly orderId: OrderId | null } | undefined> {
  const [row] = await tx
    .update(oneTimeCodes)
    .set({ tries: sql`${oneTimeCodes.tries} + 1` })
    .where(
      and(
        isLive(senderId, orderNumber),
        lt(oneTimeCodes.tries, maxCodeTries),
        inArray(oneTimeCodes.state, ['waiting', 'sent']),
      ),
    )
    .returning({ id: oneTimeCodes.id, orderId: oneTimeCodes.orderId });
  return row;
}

export async function endCodes(tx: Tx, senderId: string, orderNumber: string): Promise<void> {
  await tx.update(oneTimeCodes).set({ expiresAt: sql`now()` }).where(isLive(senderId, orderNumber));
}

/** The orders a code was asked for and not entered yet, newest first, whether or not there are such orders. */
export async function ordersAwaitingCodes(db: Db, senderId: string): Promise<readonly string[]> {
  const rows = await db
    .select({ orderNumber: oneTimeCodes.orderNumber })
    .from(oneTimeCodes)
    .where(and(eq(oneTimeCodes.senderId, senderId), gt(oneTimeCodes.expiresAt, sql`now()`)))
    .orderBy(desc(oneTimeCodes.createdAt));
  return rows.map(({ orderNumber }) => orderNumber);
}

export async function readCode(
  db: Db,
  id: string,
): Promise<(CodeRow & { readonly isLive: boolean; readonly optedOut: boolean }) | undefined> {
  const [row] = await db
    .select({
      code: oneTimeCodes,
      isLive: sql`${oneTimeCodes.expiresAt} > now()`.mapWith(Boolean),
      optedOut:
        sql`exists(select 1 from ${senders} where ${senders.store} = ${oneTimeCodes.store} and ${senders.phone} = ${oneTimeCodes.phone} and ${isNotNull(senders.optedOutAt)})`.mapWith(
          Boolean,
        ),
    })
    .from(oneTimeCodes)
    .where(eq(oneTimeCodes.id, id));
  return row && { ...row.code, isLive: row.isLive, optedOut: row.optedOut };
}

/** When it was first tried, and whether that was before now. */
export async function markCodeTried(
  db: Db,
  id: string,
): Promise<{ readonly firstTriedAt: Date; readonly again: boolean }> {
  const [row] = await db
    .update(oneTimeCodes)
    .set({
      firstTriedAt: sql`coalesce(${oneTimeCodes.firstTriedAt}, now())`,
      attempts: sql`${oneTimeCodes.attempts} + 1`,
    })
    .where(eq(oneTimeCodes.id, id))
    .returning({ firstTriedAt: oneTimeCodes.firstTriedAt, attempts: oneTimeCodes.attempts });
  if (!row?.firstTriedAt) throw new Error('No such code.');
  return { firstTriedAt: row.firstTriedAt, again: row.attempts > 1 };
}

/** The number has done its work, whatever became of the text. */
export async function settleCode(
  db: Db,
  id: string,
  state: Exclude<CodeState, 'waiting'>,
  providerId?: string,
): Promise<void> {
  await db
    .update(oneTimeCodes)
    .set({ state, phone: null, ...(providerId && { providerId }) })
    .where(eq(oneTimeCodes.id, id));
}

function isLive(senderId: string, orderNumber: string) {
  return and(
    eq(oneTimeCodes.senderId, senderId),
    eq(oneTimeCodes.orderNumber, orderNumber),
    gt(oneTimeCodes.expiresAt, sql`now()`),
  );
}
