import { maxWrongProofs, proofLockHours } from '../returns/customer-proof.ts';
import type { Order } from '../returns/order.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Sender } from '../storage/customers.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import { countWrongProof, lockProofs, lockSender, storeProof } from '../storage/proofs.ts';
import { countUses } from '../storage/usage.ts';
import type { RefundContext } from './context.ts';
import type { Asker } from './read-order.ts';

export type ProofOutcome =
  | { readonly kind: 'verified'; readonly order: Order }
  | { readonly kind: 'not-verified' }
  | { readonly kind: 'locked' };

/**
 * Writes down a try, right or wrong. Wrong e-mail addresses, postal codes and codes count together, and a number
 * that no order has counts like any other.
 */
export async function settleProof(
  context: Pick<RefundContext, 'db' | 'store' | 'metrics' | 'usageLimits'>,
  { conversation, sender }: Asker,
  attempt: {
    readonly by: 'details' | 'code';
    readonly order: Order | undefined;
    readonly isRight: (tx: Tx) => Promise<boolean>;
  },
): Promise<ProofOutcome> {
  const { by, order } = attempt;
  return context.db.transaction(async (tx) => {
    // Locked, so that many tries at once are counted one after the other.
    const current = await lockSender(tx, sender.id);
    if (isLocked(current, await databaseNow(tx))) return { kind: 'locked' };
    const audit = { store: sender.store, conversationId: conversation.id, actor: 'customer' };
    if ((await attempt.isRight(tx)) && order) {
      await storeProof(tx, current, order);
      await recordAudit(tx, { ...audit, action: 'identity.proven', subject: order.id, detail: { by } });
      return { kind: 'verified', order };
    }
    const wrong = await countWrongProof(tx, current, proofLockHours);
    await recordAudit(tx, { ...audit, action: 'identity.refused', detail: { by, wrong } });
    // While many guess at once, each has one try instead of five. Counted last: the row is everybody's.
    const [guesses] = await countUses(tx, context, { limit: 'store-proofs-hourly' });
    const isGuessing = guesses !== undefined && guesses.verdict !== 'within';
    if (isGuessing) context.metrics.limitReached('store-proofs-hourly');
    if (wrong < maxWrongProofs && !isGuessing) return { kind: 'not-verified' };
    await lockProofs(tx, sender.id, proofLockHours);
    await recordAudit(tx, { ...audit, actor: 'system', action: 'identity.locked', subject: sender.id });
    return { kind: 'locked' };
  });
}

export function isLocked({ proofsLockedUntil }: Pick<Sender, 'proofsLockedUntil'>, now: Date): boolean {
  return proofsLockedUntil !== null && proofsLockedUntil > now;
}
