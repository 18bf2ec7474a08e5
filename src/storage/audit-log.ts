import { randomUUIDv7 } from 'node:crypto';
import type { ConversationId } from '../returns/ids.ts';
import type { Db, Tx } from './database.ts';
import { auditLog } from './schema/audit.ts';

export type AuditEntry = {
  readonly store: string;
  readonly conversationId?: ConversationId;
  /** `customer`, `agent`, `system`, or a Slack user id. */
  readonly actor: string;
  /** `noun.verb-in-past`, e.g. `refund.approved`, `tool.check_return`. */
  readonly action: string;
  /** The id of what it is about. */
  readonly subject?: string;
  /** Facts that explain the decision; no personal data. */
  readonly detail?: Readonly<Record<string, unknown>>;
};

export async function recordAudit(tx: Tx | Db, ...entries: readonly AuditEntry[]): Promise<void> {
  if (entries.length === 0) return;
  await tx
    .insert(auditLog)
    .values(entries.map((entry) => ({ id: randomUUIDv7(), ...entry, detail: entry.detail ?? {} })));
}
