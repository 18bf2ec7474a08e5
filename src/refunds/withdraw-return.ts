import { recordAudit } from '../storage/audit-log.ts';
import { lockWithSender } from '../storage/conversations.ts';
import {
  lockReturn,
  openReturnsOf,
  type ReturnRow,
  refundsOfReturn,
  updateReturn,
} from '../storage/returns.ts';
import type { RefundContext } from './context.ts';
import { type Asker, findVisibleOrder } from './read-order.ts';

export type WithdrawnReturn =
  /** It is being called off; how that ends is told. */
  | { readonly kind: 'withdrawing'; readonly orderName: string }
  | { readonly kind: 'nothing-open' }
  /** Some of it is there already. */
  | { readonly kind: 'arrived-already' }
  | { readonly kind: 'several'; readonly orderNames: readonly string[] }
  | { readonly kind: 'not-found' };

/** The customer keeps what they wanted to send back. Of this order, or of what was agreed to in this conversation. */
export async function withdrawReturn(
  context: RefundContext,
  asker: Asker,
  orderNumber: string | undefined,
): Promise<WithdrawnReturn> {
  const { db, store } = context;
  const order = orderNumber === undefined ? undefined : await findVisibleOrder(context, asker, orderNumber);
  if (orderNumber !== undefined && !order) return { kind: 'not-found' };
  const open = await openReturnsOf(
    db,
    store,
    order ? { orderId: order.id } : { conversationId: asker.conversation.id },
  );
  const [only, ...others] = open;
  if (!only) return { kind: 'nothing-open' };
  if (others.length > 0) return { kind: 'several', orderNames: open.map(({ orderName }) => orderName) };
  return callOff(context, asker, only);
}

/** Committed before the shop is asked; one that is being opened is called off as soon as it is. */
async function callOff(
  { db, jobs }: RefundContext,
  asker: Asker,
  { id, conversationId }: ReturnRow,
): Promise<WithdrawnReturn> {
  return db.transaction(async (tx) => {
    await lockWithSender(tx, conversationId);
    const row = await lockReturn(tx, id);
    if (!row) return { kind: 'nothing-open' };
    if (row.state === 'cancelling') return { kind: 'withdrawing', orderName: row.orderName };
    if (row.state !== 'open' && row.state !== 'opening') return { kind: 'nothing-open' };
    const refunds = await refundsOfReturn(tx, id);
    if (refunds.some(({ state }) => state !== 'awaiting-arrival')) return { kind: 'arrived-already' };
    await updateReturn(tx, id, { state: 'cancelling' });
    await recordAudit(tx, {
      store: row.store,
      conversationId,
      actor: asker.conversation.party,
      action: 'return.withdrawing',
      subject: id,
      detail: {},
    });
    await jobs.enqueue(tx, 'end-return', { returnId: id });
    return { kind: 'withdrawing', orderName: row.orderName };
  });
}
