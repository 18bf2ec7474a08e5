import { findReturn, type ReturnAnswer, saveReturn } from './create-return.ts';
import { returnProblem } from './return-problem.ts';
import type { ShopReturn } from './return-state.ts';
import { nextId } from './shop-ids.ts';
import type { ShopState } from './shop-state.ts';

/** Only before any work was done on it: nothing arrived, nothing is processed. */
export function cancelReturn(state: ShopState, id: string, now: Date): ReturnAnswer {
  return end(state, id, (found) => {
    if (found.status !== 'OPEN' && found.status !== 'REQUESTED') return 'Return is not open';
    const lines = [...found.lines, ...found.exchanges];
    if (lines.some(({ processed }) => processed > 0)) return 'Return has been processed';
    if (found.lines.some(({ dispositions }) => dispositions.length > 0)) return 'Return has been inspected';
    return { ...found, status: 'CANCELED', closedAt: now.toISOString() };
  });
}

export function closeReturn(state: ShopState, id: string, now: Date): ReturnAnswer {
  return end(state, id, (found) =>
    found.status === 'OPEN'
      ? { ...found, status: 'CLOSED', closedAt: now.toISOString() }
      : 'Return is not open',
  );
}

function end(state: ShopState, id: string, change: (found: ShopReturn) => ShopReturn | string): ReturnAnswer {
  const known = findReturn(state, id);
  if (!known)
    return { kind: 'refused', problems: [returnProblem('NOT_FOUND', ['id'], 'Return does not exist')] };
  const changed = change(known.found);
  if (typeof changed === 'string') {
    return { kind: 'refused', problems: [returnProblem('INVALID_STATE', ['id'], changed)] };
  }
  saveReturn(state, known.order.id, changed);
  return { kind: 'done', returnId: id };
}

/** The warehouse opens a parcel. Lines are named by a part of their title; all that is missing when absent. */
export function receiveParcel(
  state: ShopState,
  orderName: string,
  wanted: readonly { readonly line: string; readonly quantity: number }[] | undefined,
  now: Date,
): string {
  const order = state.orders.find((each) => each.name === orderName || each.name === `#${orderName}`);
  const open = order?.returns?.find((each) => each.status === 'OPEN' && each.lines.some(isAwaited));
  if (!order || !open) throw new Error(`No open return of ${orderName} awaits anything`);
  const lines = open.lines.map((line) => {
    const title = order.lines.find((each) => each.id === line.lineId)?.title.toLowerCase() ?? '';
    const named = wanted?.find((each) => title.includes(each.line.toLowerCase()));
    const quantity =
      wanted === undefined ? awaitedPieces(line) : Math.min(named?.quantity ?? 0, awaitedPieces(line));
    if (quantity === 0) return line;
    const id = nextId(state, 'ReverseFulfillmentOrderDisposition');
    const arrived = { id, type: 'PROCESSING_REQUIRED' as const, quantity, createdAt: now.toISOString() };
    return { ...line, dispositions: [...line.dispositions, arrived] };
  });
  saveReturn(state, order.id, { ...open, lines });
  return open.id;
}

function isAwaited(line: ShopReturn['lines'][number]): boolean {
  return awaitedPieces(line) > 0;
}

/** A piece that lies there may be processed all the same: it counts once. */
export function awaitedPieces({ quantity, processed, dispositions }: ShopReturn['lines'][number]): number {
  const seen = dispositions.reduce((total, each) => total + each.quantity, 0);
  return quantity - Math.max(processed, seen);
}
