import { maxWrongProofs, proofLockHours, proofMatches } from '../returns/customer-proof.ts';
import type { Order } from '../returns/order.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { databaseNow } from '../storage/database.ts';
import { countWrongProof, lockProofs, lockSender, storeProof } from '../storage/proofs.ts';
import type { RefundContext } from './context.ts';
import type { Asker } from './read-order.ts';

export type ProofOutcome =
  | { readonly kind: 'verified'; readonly order: Order }
  | { readonly kind: 'not-verified' }
  | { readonly kind: 'locked' };

/** Order number, e-mail and postal code, compared in code. A wrong number and a wrong e-mail count alike. */
export async function proveIdentity(
  context: RefundContext,
  { conversation, sender }: Asker,
  proof: { readonly orderNumber: string; readonly email: string; readonly postalCode: string },
): Promise<ProofOutcome> {
  if (isLocked(sender, await databaseNow(context.db))) return { kind: 'locked' };
  const order = await context.storefront.findOrder(proof.orderNumber);
  const matches = order !== undefined && proofMatches(order, proof);

  return context.db.transaction(async (tx) => {
    // Locked, so that many tries at once are counted one after the other.
    const current = await lockSender(tx, sender.id);
    if (isLocked(current, await databaseNow(tx))) return { kind: 'locked' };
    const audit = { store: sender.store, conversationId: conversation.id, actor: 'customer' };
    if (matches) {
      await storeProof(tx, current, order);
      await recordAudit(tx, { ...audit, action: 'identity.proven', subject: order.id });
      return { kind: 'verified', order };
    }
    const wrong = await countWrongProof(tx, current, proofLockHours);
    await recordAudit(tx, { ...audit, action: 'identity.refused', detail: { wrong } });
    if (wrong < maxWrongProofs) return { kind: 'not-verified' };
    await lockProofs(tx, sender.id, proofLockHours);
    return { kind: 'locked' };
  });
}

function isLocked(sender: { readonly proofsLockedUntil: Date | null }, now: Date): boolean {
  return sender.proofsLockedUntil !== null && sender.proofsLockedUntil > now;
}
