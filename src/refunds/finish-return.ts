import type { ReturnId } from '../returns/ids.ts';
import { isTerminal, type RefundState } from '../returns/refund.ts';
import type { ReturnState } from '../returns/return-state.ts';
import { databaseNow, type Tx } from '../storage/database.ts';
import type { JobQueue } from '../storage/jobs.ts';
import { lockReturn, refundsOfReturn, updateReturn } from '../storage/returns.ts';

const over: readonly ReturnState[] = ['completed', 'cancelled', 'closed', 'refused', 'by-hand'];

/** One of its refunds ended. The next begins, and with the last of them the return is over; how, they tell. */
export async function finishReturn(tx: Tx, jobs: JobQueue, id: ReturnId): Promise<void> {
  const row = await lockReturn(tx, id);
  if (!row || over.includes(row.state)) return;
  const refunds = await refundsOfReturn(tx, id);
  const next = refunds.find(({ state }) => state === 'arrived');
  if (next) await jobs.enqueue(tx, 'execute-refund', { refundId: next.id });
  const states = refunds.map(({ state }) => state);
  // What came meanwhile was not looked at: money was moving.
  if (!next && states.includes('awaiting-arrival')) await jobs.enqueue(tx, 'follow-return', { returnId: id });
  if (states.some((state) => !isTerminal(state))) return;
  await updateReturn(tx, id, { state: endOf(states), endedAt: await databaseNow(tx) });
}

function endOf(states: readonly RefundState[]): ReturnState {
  if (states.some((state) => ['by-hand', 'stale', 'rejected'].includes(state))) return 'by-hand';
  if (states.includes('refunded')) return 'completed';
  return states.includes('not-received') ? 'closed' : 'cancelled';
}
