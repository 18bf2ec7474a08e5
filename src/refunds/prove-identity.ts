import { proofMatches } from '../returns/customer-proof.ts';
import { databaseNow } from '../storage/database.ts';
import type { RefundContext } from './context.ts';
import { type Asker, findOrder } from './read-order.ts';
import { isLocked, type ProofOutcome, settleProof } from './settle-proof.ts';

/** Order number, e-mail and postal code, compared in code. A wrong number and a wrong e-mail count alike. */
export async function proveIdentity(
  context: RefundContext,
  asker: Asker,
  proof: { readonly orderNumber: string; readonly email: string; readonly postalCode: string },
): Promise<ProofOutcome> {
  if (isLocked(asker.sender, await databaseNow(context.db))) return { kind: 'locked' };
  const order = await findOrder(context, asker, proof.orderNumber);
  const matches = order !== undefined && proofMatches(order, proof);
  return settleProof(context, asker, { by: 'details', order, isRight: async () => matches });
}
