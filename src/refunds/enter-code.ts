import { isCodeOf } from '../returns/one-time-code.ts';
import { databaseNow } from '../storage/database.ts';
import { endCodes, takeTry } from '../storage/one-time-codes.ts';
import { codeSubject } from './ask-for-code.ts';
import type { RefundContext } from './context.ts';
import { type Asker, findOrder } from './read-order.ts';
import { isLocked, type ProofOutcome, settleProof } from './settle-proof.ts';

/** The code that went to the phone on the order. Without one, for any reason, whatever is entered is wrong. */
export async function enterCode(
  context: RefundContext,
  asker: Asker,
  { orderNumber, code }: { readonly orderNumber: string; readonly code: string },
): Promise<ProofOutcome> {
  const { codeKey, db } = context;
  const { sender } = asker;
  if (isLocked(sender, await databaseNow(db))) return { kind: 'locked' };
  const order = await findOrder(context, asker, orderNumber);
  return settleProof(context, asker, {
    by: 'code',
    order,
    isRight: async (tx) => {
      const subject = codeSubject(orderNumber);
      const live = await takeTry(tx, sender.id, subject);
      if (!codeKey || !live?.orderId || live.orderId !== order?.id) return false;
      if (!isCodeOf(codeKey, live.id, code)) return false;
      await endCodes(tx, sender.id, subject);
      return true;
    },
  });
}
