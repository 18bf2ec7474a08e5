import type { Order } from '../returns/order.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import type { Db, Tx } from '../storage/database.ts';
import { type LineUnderWay, linesUnderWay } from '../storage/refunds-under-way.ts';

/**
 * What is asked for while it waits for approval, is being refunded, or travels back: the shop would refund the
 * same piece at once all the same, managers would get two cards, and a parcel could not be settled when it comes.
 */
export async function findUnderWay(
  db: Tx | Db,
  store: string,
  order: Order,
  asked: readonly ReturnLine[],
): Promise<{ readonly kind: 'invalid'; readonly problem: string; readonly say: string } | undefined> {
  const agreed = await linesUnderWay(db, store, order.id);
  for (const { lineId, quantity } of asked) {
    const line = order.lines.find(({ id }) => id === lineId);
    const same = agreed.filter((one) => one.lineId === lineId);
    const pieces = same.reduce((sum, one) => sum + one.quantity, 0);
    if (!line || pieces === 0 || quantity + pieces <= line.refundableQuantity) continue;
    return { kind: 'invalid', problem: 'under_way', say: sayWhatIsLeft(line, pieces, same) };
  }
  return undefined;
}

function sayWhatIsLeft(
  { title, refundableQuantity }: Order['lines'][number],
  pieces: number,
  agreed: readonly LineUnderWay[],
): string {
  const left = refundableQuantity - pieces;
  if (left > 0)
    return `${pieces} of ${title} are part of a return already. Only ${left} can still be returned.`;
  if (agreed.some(({ waitsForApproval }) => waitsForApproval)) {
    return `${title} waits for a manager's decision already. I will write here as soon as they decide.`;
  }
  return agreed.some(({ travels }) => travels)
    ? `${title} is part of a return already. If you would like something else for it, tell me to cancel that return first.`
    : `${title} is being refunded already. I will confirm here when it is done.`;
}
