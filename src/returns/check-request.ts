import type { Order, OrderLine } from './order.ts';
import type { ReturnLine, ReturnRequest } from './return-request.ts';

export type RequestProblem =
  | 'wrong_order'
  | 'no_lines'
  | 'unknown_line'
  | 'duplicate_line'
  | 'bad_quantity'
  | 'too_many'
  | 'already_returned';

export type CheckedRequest =
  | { readonly kind: 'ok' }
  | { readonly kind: 'invalid'; readonly problem: RequestProblem; readonly say: string };

/** Whether the request can be about this order at all; whether it may be returned is for `judge`. */
export function checkRequest(order: Order, request: ReturnRequest): CheckedRequest {
  if (request.orderId !== order.id) {
    return invalid('wrong_order', 'These items belong to another order.');
  }
  if (request.lines.length === 0) {
    return invalid('no_lines', `Which items of order ${order.name} would you like to return?`);
  }
  if (new Set(request.lines.map(({ lineId }) => lineId)).size < request.lines.length) {
    return invalid(
      'duplicate_line',
      'The same item was named twice. How many of it would you like to return?',
    );
  }
  for (const wanted of request.lines) {
    const line = order.lines.find(({ id }) => id === wanted.lineId);
    const checked =
      line === undefined
        ? invalid('unknown_line', `I can't find that item on order ${order.name}.`)
        : checkQuantity(line, wanted);
    if (checked.kind === 'invalid') {
      return checked;
    }
  }
  return { kind: 'ok' };
}

function checkQuantity(line: OrderLine, wanted: ReturnLine): CheckedRequest {
  if (!Number.isSafeInteger(wanted.quantity) || wanted.quantity < 1) {
    return invalid('bad_quantity', `How many of ${line.title} would you like to return?`);
  }
  if (wanted.quantity > line.quantity) {
    return invalid('too_many', `The order has only ${line.quantity} of ${line.title}.`);
  }
  if (line.refundableQuantity <= 0) {
    return invalid('already_returned', `${line.title} has already been returned or refunded.`);
  }
  if (wanted.quantity > line.refundableQuantity) {
    return invalid('too_many', `Only ${line.refundableQuantity} of ${line.title} can still be returned.`);
  }
  return { kind: 'ok' };
}

function invalid(problem: RequestProblem, say: string): CheckedRequest {
  return { kind: 'invalid', problem, say };
}
