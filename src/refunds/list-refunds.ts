import { type TodaysRefunds, todaysRefunds } from '../storage/todays-refunds.ts';
import type { RefundContext } from './context.ts';
import type { Asker } from './read-order.ts';

export type { TodaysRefund, TodaysRefunds } from '../storage/todays-refunds.ts';

const mostListed = 20;

/** From the ledger, since midnight UTC. For staff only: to anybody else there are none. */
export async function listTodaysRefunds(
  { db, store }: Pick<RefundContext, 'db' | 'store'>,
  { conversation }: Asker,
): Promise<TodaysRefunds> {
  return conversation.party === 'staff'
    ? todaysRefunds(db, store, mostListed)
    : { refunds: [], made: { count: 0, totals: [] } };
}
