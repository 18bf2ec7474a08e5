import { type AuditRow, eachSealedRow, unsealedRows } from '../storage/audit-chain.ts';
import type { Db } from '../storage/database.ts';

/** One JSON line per row: the chain, then what waits to be sealed. Enough to compute every hash again. */
export async function* exportAudit(db: Db, store: string): AsyncGenerator<string> {
  // Read first: what is sealed meanwhile is at the end of the chain by the time that is read.
  const waiting = new Map((await unsealedRows(db, store)).map((row) => [row.content.id, row]));
  for await (const row of eachSealedRow(db, store)) {
    waiting.delete(row.content.id);
    yield lineOf(row);
  }
  for (const row of waiting.values()) yield lineOf(row);
}

function lineOf({ content, ...seal }: AuditRow): string {
  return `${JSON.stringify({ ...seal, content })}\n`;
}
