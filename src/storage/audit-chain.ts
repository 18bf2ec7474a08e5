import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, isNotNull, isNull, sql } from 'drizzle-orm';
import { canonicalJson, type Json } from '../returns/canonical-json.ts';
import type { Db, Tx } from './database.ts';
import { auditLog } from './schema/audit.ts';

/** A row as it is sealed: all of it but the seal. */
export type AuditContent = {
  readonly id: string;
  readonly seq: number;
  readonly store: string;
  /** UTC, to the microsecond: as exact as the database knows it. */
  readonly at: string;
  readonly conversationId: string | null;
  readonly actor: string;
  readonly action: string;
  readonly subject: string | null;
  readonly detail: Readonly<Record<string, unknown>>;
};

export type AuditRow = {
  readonly chainNumber: number | null;
  readonly previousHash: string | null;
  readonly hash: string | null;
  readonly content: AuditContent;
};

export const auditBatch = 500;

/** SHA-256 of a row and of its place in the chain, in hexadecimal. Whoever has an export can compute it. */
export function auditHash(chainNumber: number, previousHash: string | null, content: AuditContent): string {
  const sealed = canonicalJson([chainNumber, previousHash, content as unknown as Json]);
  return createHash('sha256').update(sealed).digest('hex');
}

/**
 * Seals what was committed since, oldest first, and says how much that was. Apart from the transactions that
 * add rows: a chain whose end they would all have to lock would let only one of them go on at a time.
 */
export async function sealAudit(db: Db, store: string): Promise<number> {
  if ((await unsealedRows(db, store, 1)).length === 0) return 0;
  return db.transaction(async (tx) => {
    const [turn] = await tx.execute<{ mine: boolean }>(
      sql`select pg_try_advisory_xact_lock(hashtextextended(${`audit-chain:${store}`}, 0)) as mine`,
    );
    if (!turn?.mine) return 0;
    const head = await readAuditHead(tx, store);
    const rows = await unsealedRows(tx, store, auditBatch);
    let { chainNumber, hash } = head ?? { chainNumber: 0, hash: null };
    const seals = rows.map(({ content }) => {
      const previousHash: string | null = hash;
      chainNumber += 1;
      hash = auditHash(chainNumber, previousHash, content);
      return { id: content.id, chainNumber, previousHash, hash };
    });
    await tx.execute(sql`
      update audit_log set chain_number = seal."chainNumber", previous_hash = seal."previousHash", hash = seal.hash
      from jsonb_to_recordset(${JSON.stringify(seals)}::text::jsonb)
        as seal(id uuid, "chainNumber" bigint, "previousHash" text, hash text)
      where audit_log.id = seal.id`);
    return rows.length;
  });
}

export async function readAuditHead(
  tx: Tx | Db,
  store: string,
): Promise<{ readonly chainNumber: number; readonly hash: string | null } | undefined> {
  const [row] = await tx
    .select({ chainNumber: auditLog.chainNumber, hash: auditLog.hash })
    .from(auditLog)
    .where(and(eq(auditLog.store, store), isNotNull(auditLog.chainNumber)))
    .orderBy(desc(auditLog.chainNumber))
    .limit(1);
  return row && { chainNumber: row.chainNumber ?? 0, hash: row.hash };
}

/** The chain in its order, page by page. */
export async function* eachSealedRow(db: Db, store: string): AsyncGenerator<AuditRow> {
  let after = Number.MIN_SAFE_INTEGER;
  for (;;) {
    const rows = await db
      .select(columns)
      .from(auditLog)
      .where(and(eq(auditLog.store, store), gt(auditLog.chainNumber, after)))
      .orderBy(asc(auditLog.chainNumber))
      .limit(auditBatch);
    yield* rows;
    if (rows.length < auditBatch) return;
    after = rows.at(-1)?.chainNumber ?? after;
  }
}

/** Oldest first; all of them unless told how many. */
export async function unsealedRows(tx: Tx | Db, store: string, limit?: number): Promise<AuditRow[]> {
  const rows = tx
    .select(columns)
    .from(auditLog)
    .where(and(eq(auditLog.store, store), isNull(auditLog.chainNumber)))
    .orderBy(asc(auditLog.seq));
  return limit === undefined ? rows : rows.limit(limit);
}

/** How many rows nobody sealed although they are older than this. */
export async function countUnsealed(db: Db, store: string, olderThanSeconds: number): Promise<number> {
  const [row] = await db
    .select({ count: sql`count(*)`.mapWith(Number) })
    .from(auditLog)
    .where(
      and(
        eq(auditLog.store, store),
        isNull(auditLog.chainNumber),
        sql`${auditLog.createdAt} < now() - make_interval(secs => ${olderThanSeconds})`,
      ),
    );
  return row?.count ?? 0;
}

const columns = {
  chainNumber: auditLog.chainNumber,
  previousHash: auditLog.previousHash,
  hash: auditLog.hash,
  content: {
    id: auditLog.id,
    seq: auditLog.seq,
    store: auditLog.store,
    at: sql<string>`to_char(${auditLog.createdAt} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`,
    conversationId: auditLog.conversationId,
    actor: auditLog.actor,
    action: auditLog.action,
    subject: auditLog.subject,
    detail: auditLog.detail,
  },
};
