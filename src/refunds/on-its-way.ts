import type { Order } from '../returns/order.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import type { Db, Tx } from '../storage/database.ts';
import { linesOnTheirWay } from '../storage/returns.ts';

/**
 * What is asked for while a return of it is under way: the shop would refund the same piece at once all the
 * same, and could not settle the parcel when it comes.
 */
export async function findOnItsWay(
  db: Tx | Db,
  store: string,
  order: Order,
  asked: readonly ReturnLine[],
): Promise<{ readonly kind: 'invalid'; readonly problem: string; readonly say: string } | undefined> {
  const agreed = await linesOnTheirWay(db, store, order.id);
  for (const { lineId, quantity } of asked) {
    const line = order.lines.find(({ id }) => id === lineId);
    const pieces = agreed.filter((one) => one.lineId === lineId).reduce((sum, one) => sum + one.quantity, 0);
    if (!line || pieces === 0 || quantity + pieces <= line.refundableQuantity) continue;
    return { kind: 'invalid', problem: 'on_its_way', say: sayWhatIsLeft(line, pieces) };
  }
  return undefined;
}

function sayWhatIsLeft({ title, refundableQuantity }: Order['lines'][number], pieces: number): string {
  const left = refundableQuantity - pieces;
  return left > 0
    ? `${pieces} of ${title} are part of a return already. Only ${left} can still be returned.`
    : `${title} is part of a return already. If you would like something else for it, tell me to cancel that return first.`;
}
