import { type ReturnReason, returnReasons } from './return-request.ts';

/** Said of an item: it … */
export const asClause: Readonly<Record<ReturnReason, string>> = {
  unwanted: 'is no longer wanted',
  too_small: 'is too small',
  too_large: 'is too large',
  damaged: 'arrived damaged',
  wrong_item: 'is not what was ordered',
  not_as_described: 'is not as described',
  arrived_late: 'arrived late',
  other: 'comes back for a reason not listed here',
};

export function isReason(text: string): text is ReturnReason {
  return returnReasons.some((reason) => reason === text);
}
