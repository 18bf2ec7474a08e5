import { randomUUIDv7 } from 'node:crypto';
import { and, count, eq, gt, sql } from 'drizzle-orm';
import type { OrderId } from '../returns/ids.ts';
import type { Sender } from './customers.ts';
import type { Db, Tx } from './database.ts';
import { proofAttempts, proofs, senders } from './schema/people.ts';

export async function storeProof(
  tx: Tx,
  sender: Sender,
  order: { readonly id: OrderId; readonly name: string },
): Promise<void> {
  await tx
    .insert(proofs)
    .values({
      store: sender.store,
      senderId: sender.id,
      orderId: order.id,
      orderName: order.name,
      provenAt: sql`now()`,
    })
    .onConflictDoUpdate({ target: [proofs.senderId, proofs.orderId], set: { provenAt: sql`now()` } });
}

/** Orders this sender proved to own within the last `hours`. */
export function validProofs(
  tx: Tx | Db,
  senderId: string,
  hours: number,
): Promise<{ orderId: OrderId; orderName: string }[]> {
  return tx
    .select({ orderId: proofs.orderId, orderName: proofs.orderName })
    .from(proofs)
    .where(
      and(eq(proofs.senderId, senderId), gt(proofs.provenAt, sql`now() - make_interval(hours => ${hours})`)),
    );
}

/** The database's time, and which orders this sender proved within `hours`: one statement, whatever there is. */
export async function readStanding(
  tx: Tx | Db,
  senderId: string,
  hours: number,
): Promise<{ readonly now: Date; readonly proven: ReadonlySet<OrderId> }> {
  const rows = await tx.execute<{ now: string; order_id: OrderId | null }>(sql`
    select now() as now, ${proofs.orderId}
    from (select 1) as one
    left join ${proofs} on ${proofs.senderId} = ${senderId}
      and ${proofs.provenAt} > now() - make_interval(hours => ${hours})
  `);
  const [first] = rows;
  if (!first) throw new Error('The database did not say what time it is.');
  return {
    now: new Date(first.now),
    proven: new Set(rows.map((row) => row.order_id).filter((id) => id !== null)),
  };
}

/** Counts a wrong proof; the sender row must be locked by the caller, so that tries at once all count. */
export async function countWrongProof(tx: Tx, sender: Sender, hours: number): Promise<number> {
  await tx.insert(proofAttempts).values({ id: randomUUIDv7(), store: sender.store, senderId: sender.id });
  const [row] = await tx
    .select({ wrong: count() })
    .from(proofAttempts)
    .where(
      and(
        eq(proofAttempts.senderId, sender.id),
        gt(proofAttempts.createdAt, sql`now() - make_interval(hours => ${hours})`),
      ),
    );
  return row?.wrong ?? 0;
}

export async function lockSender(tx: Tx, senderId: string): Promise<Sender> {
  const [sender] = await tx.select().from(senders).where(eq(senders.id, senderId)).for('update');
  if (!sender) throw new Error('No such sender.');
  return sender;
}

export async function lockProofs(tx: Tx, senderId: string, hours: number): Promise<void> {
  await tx
    .update(senders)
    .set({ proofsLockedUntil: sql`now() + make_interval(hours => ${hours})` })
    .where(eq(senders.id, senderId));
}
