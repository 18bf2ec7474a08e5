import { ExternalError } from '../errors.ts';
import { isTooOldForPhones, verificationHours } from '../returns/customer-proof.ts';
import type { Order, OrderSummary } from '../returns/order.ts';
import { readStanding } from '../storage/proofs.ts';
import type { RefundContext } from './context.ts';
import { type Asker, findVisibleOrder, maySee } from './read-order.ts';
import type { Recalled } from './recent-orders.ts';

/** `minutesOld` is there only while the shop cannot be asked: then it is as it was read before. */
export type Shown<Value> = { readonly value: Value; readonly minutesOld?: number };

/**
 * For telling a customer what they ordered, and for nothing that moves money. Somebody else's order gives the
 * error it would give unread, so that nobody learns which numbers exist.
 */
export async function orderToShow(
  context: RefundContext,
  asker: Asker,
  orderNumber: string,
): Promise<Shown<Order> | undefined> {
  const shown = await orRecall(
    asker,
    async () => {
      const value = await findVisibleOrder(context, asker, orderNumber);
      return value && { value };
    },
    async () => {
      const recalled = context.recentOrders?.recall(orderNumber);
      return (await maySee(context, asker, recalled?.value)) ? recalled : undefined;
    },
  );
  return shown;
}

/** Of the phone number they write from, without those it is too long ago for to tell whose they are. */
export async function ordersToShow(
  { db, storefront, recentOrders }: RefundContext,
  asker: Asker,
): Promise<Shown<readonly OrderSummary[]>> {
  const { phone, id } = asker.sender;
  if (!phone) return { value: [] };
  const { now, proven } = await readStanding(db, id, verificationHours);
  const listed = await orRecall(
    asker,
    async () => ({ value: await storefront.listOrdersByPhone(phone) }),
    async () => recentOrders?.recallList(phone),
  );
  const isTheirs = (order: OrderSummary) => proven.has(order.id) || !isTooOldForPhones(order, now);
  return { ...listed, value: listed.value.filter(isTheirs) };
}

async function orRecall<Value, Read extends Shown<Value> | undefined>(
  { conversation }: Asker,
  read: () => Promise<Read>,
  recall: () => Promise<Recalled<Value> | undefined>,
): Promise<Read | Recalled<Value>> {
  try {
    return await read();
  } catch (error) {
    // A colleague looks it up in the shop's admin; what they read here they take for the present state.
    if (!(error instanceof ExternalError) || conversation.party === 'staff') throw error;
    const recalled = await recall();
    if (!recalled) throw error;
    return recalled;
  }
}
