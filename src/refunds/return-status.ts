import { ExternalError } from '../errors.ts';
import { verificationHours } from '../returns/customer-proof.ts';
import type { OrderId } from '../returns/ids.ts';
import type { Order } from '../returns/order.ts';
import { validProofs } from '../storage/proofs.ts';
import { type LedgerRefund, refundHistory } from '../storage/refund-history.ts';
import { awaitedRefund, openReturnsOf } from '../storage/returns.ts';
import type { RefundContext } from './context.ts';
import { type Asker, findVisibleOrder, maySee } from './read-order.ts';
import { type KnownRefund, mayBeTold, progressOf, refundsByHand } from './refund-progress.ts';
import { reportFailedPayments } from './report-failed-payments.ts';
import { sayWayBack } from './say-way-back.ts';

export type ReturnStatus =
  /** No such order, or none the asker may see; without a number: nothing of theirs is known. */
  | { readonly kind: 'not-found' }
  | {
      readonly kind: 'known';
      /** The one asked for. */
      readonly orderName: string | undefined;
      /** Newest first, at most three. */
      readonly refunds: readonly KnownRefund[];
      readonly returns: readonly KnownReturn[];
    };

/** `name` and `status` are the shop's: `#1001-R1`, `OPEN`. */
export type KnownReturn = {
  readonly name: string;
  readonly orderName: string;
  readonly status: string;
  /** Of one that was agreed to here: how to send it back, and what follows. */
  readonly wayBack?: string | undefined;
};

const mostTold = 3;
/** Reading an order costs the shop's budget; what the ledger knows of comes first. */
const mostRead = 4;

/** "Where is my refund?": of one order, or of everything of the asker's that we know. */
export async function returnStatus(
  context: RefundContext,
  asker: Asker,
  orderNumber: string | undefined,
): Promise<ReturnStatus> {
  return orderNumber === undefined ? ofAsker(context, asker) : ofOrder(context, asker, orderNumber);
}

async function ofOrder(context: RefundContext, asker: Asker, orderNumber: string): Promise<ReturnStatus> {
  const order = await findVisibleOrder(context, asker, orderNumber);
  if (!order) return { kind: 'not-found' };
  const { db, store } = context;
  const ledger = await refundHistory(db, { store, orderIds: [order.id] });
  await reportFailedPayments(context, order, ledger);
  return {
    kind: 'known',
    orderName: order.name,
    refunds: newest(refundsOf(asker, order, ledger)),
    returns: await returnsOf(context, order, await ownReturns(context, { orderId: order.id })),
  };
}

async function ofAsker(context: RefundContext, asker: Asker): Promise<ReturnStatus> {
  const { db, store, storefront } = context;
  const { conversation, sender } = asker;
  const isCustomer = conversation.party === 'customer';
  const proven = isCustomer ? await validProofs(db, sender.id, verificationHours) : [];
  const listed = isCustomer && sender.phone ? await storefront.listOrdersByPhone(sender.phone) : [];
  const own = [...proven.map(({ orderId }) => orderId), ...listed.map(({ id }) => id)];
  const ledger = await refundHistory(db, { store, orderIds: own, conversationId: conversation.id });
  const ids = [...new Set([...ledger.map(({ refund }) => refund.orderId), ...own])];
  if (ids.length === 0) return { kind: 'not-found' };

  const known = await Promise.all(
    ids.slice(0, mostRead).map(async (id) => {
      const rows = ledger.filter(({ refund }) => refund.orderId === id);
      const order = await visibleOrder(context, asker, id);
      // A proof lapses, but what was asked for in this very conversation was told in it too.
      if (!order) return refundsOf(asker, undefined, askedHere(rows, asker));
      await reportFailedPayments(context, order, rows);
      return refundsOf(asker, order, rows);
    }),
  );
  const returns = await ownReturns(context, { conversationId: conversation.id });
  return { kind: 'known', orderName: undefined, refunds: newest(known.flat()), returns };
}

async function visibleOrder(context: RefundContext, asker: Asker, id: OrderId): Promise<Order | undefined> {
  const order = await context.storefront.readOrder(id);
  return order && (await maySee(context, asker, order)) ? order : undefined;
}

function askedHere(rows: readonly LedgerRefund[], { conversation }: Asker): readonly LedgerRefund[] {
  return rows.filter(({ refund }) => refund.conversationId === conversation.id);
}

function refundsOf(
  { conversation }: Asker,
  order: Order | undefined,
  rows: readonly LedgerRefund[],
): readonly KnownRefund[] {
  const told = rows.filter((row) => mayBeTold(row, conversation.party));
  return [...told.map((row) => progressOf(row, order)), ...(order ? refundsByHand(order, rows) : [])];
}

function newest(refunds: readonly KnownRefund[]): readonly KnownRefund[] {
  return refunds.toSorted((one, other) => other.at.getTime() - one.at.getTime()).slice(0, mostTold);
}

/** The shop's only where they can be read: what is known of the refunds is worth telling without them. */
async function returnsOf(
  { storefront, log }: RefundContext,
  order: Order,
  own: readonly KnownReturn[],
): Promise<readonly KnownReturn[]> {
  if (!order.customer) return own;
  try {
    const { returns } = await storefront.readCustomerHistory(order.customer.id);
    const others = returns.filter(
      ({ orderName, name }) => orderName === order.name && !own.some((known) => known.name === name),
    );
    return [...own, ...others];
  } catch (error) {
    if (!(error instanceof ExternalError)) throw error;
    log.warn('Returns could not be read', { error });
    return own;
  }
}

/** Those that are on their way, by our own rows: what of them has not come yet. */
async function ownReturns(
  { db, store, policies }: RefundContext,
  of: Parameters<typeof openReturnsOf>[2],
): Promise<readonly KnownReturn[]> {
  const open = (await openReturnsOf(db, store, of)).filter(({ state }) => state === 'open');
  const known = await Promise.all(
    open.map(async (row) => {
      const awaited = await awaitedRefund(db, row.id);
      if (!awaited) return [];
      const policy = (await policies.find(awaited.quote.policyVersion)) ?? policies.current();
      const wayBack = sayWayBack(row, awaited.quote, policy.returnInstructions);
      return [
        { orderName: row.orderName, name: row.shopReturnName ?? row.orderName, status: 'OPEN', wayBack },
      ];
    }),
  );
  return known.flat();
}
