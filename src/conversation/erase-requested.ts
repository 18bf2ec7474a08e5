import { recordAudit } from '../storage/audit-log.ts';
import { lockConversation } from '../storage/conversations.ts';
import { type Db, databaseNow, inTransaction } from '../storage/database.ts';
import { forgetConversation, forgetOld, forgetShop, isAnythingOpen } from '../storage/erasure.ts';
import { whatKeeps } from '../storage/is-quiet.ts';
import type { PersonalData } from '../storage/personal-data.ts';
import { conversationsOf, type Person } from '../storage/persons.ts';
import { endPrivacyRequest, type PrivacyRequest } from '../storage/privacy-requests.ts';
import { subjectOfRequest } from './request-privacy.ts';

export type Erased =
  | { readonly kind: 'erased'; readonly conversations: number }
  | { readonly kind: 'waits'; readonly for: 'refund' | 'return' | 'message' }
  /** The key it was encrypted with is gone. */
  | { readonly kind: 'unreadable' };

/** The law gives 30 days: after that long nothing is waited for any more. */
const patienceMs = 25 * 86_400_000;

/** What nobody waits for is erased now; the rest, and the request with it, stays for another day. */
export async function eraseRequested(
  { db, personal }: { readonly db: Db; readonly personal: PersonalData },
  request: PrivacyRequest,
): Promise<Erased> {
  const person = subjectOfRequest(personal, request);
  if (!person) return { kind: 'unreadable' };
  const now = await databaseNow(db);
  const waits = now.getTime() - request.createdAt.getTime() < patienceMs;
  const erased =
    request.kind === 'erase-shop'
      ? await eraseShop(db, request.store, now, waits)
      : await erasePerson(db, request.store, person, waits);
  if (erased.kind !== 'erased') return erased;
  await db.transaction(async (tx) => {
    if (!(await endPrivacyRequest(tx, request.id))) return;
    if (request.kind === 'erase-shop') await forgetShop(tx, request.store);
    await recordAudit(tx, {
      store: request.store,
      actor: 'system',
      action: 'privacy.erased',
      subject: request.subjectHash,
      detail: { request: request.id, conversations: erased.conversations },
    });
  });
  return erased;
}

async function erasePerson(db: Db, store: string, person: Person, waits: boolean): Promise<Erased> {
  const ids = await conversationsOf(db, store, person);
  let kept: Awaited<ReturnType<typeof whatKeeps>>;
  for (const id of ids) {
    await inTransaction(db, async (tx) => {
      // Whoever adds to it locks it first.
      await lockConversation(tx, id);
      const keeps = waits ? await whatKeeps(tx, id) : undefined;
      if (keeps) kept = keeps;
      else await forgetConversation(tx, id);
    });
  }
  return kept ? { kind: 'waits', for: kept } : { kind: 'erased', conversations: ids.length };
}

async function eraseShop(db: Db, store: string, now: Date, waits: boolean): Promise<Erased> {
  const scope = { kind: 'older', store, than: now, force: !waits } as const;
  while ((await forgetOld(db, scope, 500)) > 0);
  const open = waits && (await isAnythingOpen(db, store));
  return open ? { kind: 'waits', for: 'refund' } : { kind: 'erased', conversations: 0 };
}
