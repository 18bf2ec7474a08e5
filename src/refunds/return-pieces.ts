import type { ProcessReturnCommand, ReturnedLine, ShopReturn } from '../ports/return-desk.ts';
import type { QuotedExchange } from '../returns/quote.ts';
import type { ReturnLine } from '../returns/return-request.ts';
import type { QuotedRefund } from '../storage/returns.ts';

type ProcessedLine = ProcessReturnCommand['lines'][number];
type ProcessedExchange = NonNullable<ProcessReturnCommand['exchanges']>[number];

/** The shop's lines that hold these pieces of the order; undefined where it has fewer left. */
export function choosePieces(
  found: ShopReturn,
  wanted: readonly ReturnLine[],
): readonly ProcessedLine[] | undefined {
  const chosen: ProcessedLine[] = [];
  for (const { lineId, quantity } of wanted) {
    let open = quantity;
    for (const line of found.lines.filter((each) => each.lineId === lineId)) {
      const taken = Math.min(open, line.processableQuantity);
      if (taken === 0) continue;
      const { id, processedQuantity: processedBefore } = line;
      const dispositions = disposeOf(found, line, taken);
      chosen.push({ id, quantity: taken, processedBefore, dispositions });
      open -= taken;
    }
    if (open > 0) return undefined;
  }
  return chosen;
}

export function chooseExchanges(
  found: ShopReturn,
  wanted: readonly QuotedExchange[],
): readonly ProcessedExchange[] | undefined {
  const chosen: ProcessedExchange[] = [];
  const left = new Map(found.exchanges.map((each) => [each.id, each.quantity - each.processedQuantity]));
  for (const { variantId, quantity } of wanted) {
    let open = quantity;
    for (const { id } of found.exchanges.filter((each) => each.variantId === variantId)) {
      const taken = Math.min(open, left.get(id) ?? 0);
      if (taken === 0) continue;
      left.set(id, (left.get(id) ?? 0) - taken);
      chosen.push({ id, quantity: taken });
      open -= taken;
    }
    if (open > 0) return undefined;
  }
  return chosen;
}

/** What of this line of the order the shop knows to have come. */
export function arrivedOf({ lines, parcels }: ShopReturn, lineId: ReturnLine['lineId']): number {
  const shipped = lines.filter((line) => line.lineId === lineId).map((line) => line.shippedLineId);
  return parcels
    .flatMap((parcel) => parcel.lines)
    .filter(({ shippedLineId }) => shipped.includes(shippedLineId))
    .reduce((total, { arrivedQuantity }) => total + arrivedQuantity, 0);
}

/** Whether people processed or refunded anything of it beside what these refunds did. */
export function wasTouched(found: ShopReturn, ours: readonly QuotedRefund[]): boolean {
  const made = ours.filter(isMade);
  const known = new Set(made.map(({ refund }) => refund.shopRefundId));
  const isForeign = found.refunds.some(({ id, amount }) => amount.minor > 0 && !known.has(id));
  return isForeign || sumOf(found.lines, 'processedQuantity') > piecesOf(made);
}

/** The shop may be at work on it, or was and nobody knows. */
export function isMoving({ refund: { state } }: QuotedRefund): boolean {
  return state === 'sending' || state === 'unknown';
}

export function isMade({ refund: { state } }: QuotedRefund): boolean {
  return state === 'refunded';
}

export function piecesOf(refunds: readonly QuotedRefund[]): number {
  return refunds.flatMap(({ quote }) => quote.lines).reduce((total, { quantity }) => total + quantity, 0);
}

/**
 * What becomes of the pieces is for whoever opens the parcel: they are only said to be there, and only where
 * the shop does not know that yet.
 */
function disposeOf(
  found: ShopReturn,
  { shippedLineId, processedQuantity }: ReturnedLine,
  quantity: number,
): ProcessedLine['dispositions'] {
  const parts = found.parcels
    .flatMap((parcel) => parcel.lines)
    .filter((each) => each.shippedLineId === shippedLineId);
  const arrived = parts.reduce((total, each) => total + each.arrivedQuantity, 0);
  let open = quantity - Math.max(0, arrived - processedQuantity);
  return parts.flatMap(({ id, quantity: all, arrivedQuantity, missingQuantity }) => {
    const taken = Math.min(open, all - arrivedQuantity - missingQuantity);
    if (taken <= 0) return [];
    open -= taken;
    return [{ id, quantity: taken, type: 'processing_required' as const }];
  });
}

function sumOf(lines: readonly ReturnedLine[], what: 'processedQuantity'): number {
  return lines.reduce((total, line) => total + line[what], 0);
}
