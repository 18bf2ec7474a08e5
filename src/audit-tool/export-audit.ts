import { type AuditRow, auditBatch, eachSealedRow, unsealedRows } from '../storage/audit-chain.ts';
import type { Db } from '../storage/database.ts';

/** One JSON line per row: the chain, then what waits to be sealed. Enough to compute every hash again. */
export async function* exportAudit(db: Db, store: string): AsyncGenerator<string> {
  for await (const row of eachSealedRow(db, store)) yield lineOf(row);
  for (const row of await unsealedRows(db, store, auditBatch)) yield lineOf(row);
}

function lineOf({ content, ...seal }: AuditRow): string {
  return `${JSON.stringify({ ...seal, content })}\n`;
}
