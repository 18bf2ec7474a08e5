import { ExternalError } from '../errors.ts';
import { isTooOldForPhones, phoneMatches, verificationHours } from '../returns/customer-proof.ts';
import type { OrderId } from '../returns/ids.ts';
import type { Order } from '../returns/order.ts';
import type { Conversation } from '../storage/conversations.ts';
import { linkCustomer, type Sender } from '../storage/customers.ts';
import { readStanding } from '../storage/proofs.ts';
import type { RefundContext } from './context.ts';

/** Who asks. Everything that shows or moves something of an order takes one of these. */
export type Asker = { readonly conversation: Conversation; readonly sender: Sender };

/**
 * The order if it exists and the asker may see it. Unknown and foreign orders are the same `undefined`,
 * so that no caller can tell them apart.
 */
export async function findVisibleOrder(
  context: RefundContext,
  asker: Asker,
  orderNumber: string,
): Promise<Order | undefined> {
  const { id } = asker.sender;
  const order = await findOrder(context, asker, orderNumber, context.recentOrders?.idShown(id, orderNumber));
  if (!(await maySee(context, asker, order)) || !order) return undefined;
  context.recentOrders?.markShown(id, order);
  return order;
}

/**
 * Whether or not the asker may see it. Whose an order is that is too large to be read cannot be told, and so a
 * customer must not be told that it is there.
 */
export async function findOrder(
  { storefront, log }: RefundContext,
  { conversation }: Asker,
  orderNumber: string,
  expected?: OrderId,
): Promise<Order | undefined> {
  try {
    return await storefront.findOrder(orderNumber, expected);
  } catch (error) {
    const isTooLarge = error instanceof ExternalError && error.code === 'order_too_large';
    if (!isTooLarge || conversation.party === 'staff') throw error;
    log.warn('A customer asked for an order that is too large to be read');
    return undefined;
  }
}

/** Asks the database the same for an order that does not exist: how long it takes must tell nothing either. */
export async function maySee(
  { db }: Pick<RefundContext, 'db'>,
  asker: Asker,
  order: Order | undefined,
): Promise<boolean> {
  const { conversation, sender } = asker;
  if (conversation.party === 'staff') return order !== undefined;
  const { now, proven } = await readStanding(db, sender.id, verificationHours);
  const owns =
    order !== undefined &&
    (proven.has(order.id) ||
      (sender.phone !== null && phoneMatches(order, sender.phone) && !isTooOldForPhones(order, now)));
  const shopifyCustomerId = order?.customer?.id;
  if (owns && shopifyCustomerId && !sender.customerId) {
    await db.transaction((tx) => linkCustomer(tx, sender, shopifyCustomerId));
  }
  return owns;
}
