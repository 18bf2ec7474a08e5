import type { ApprovalCard, CardOutcome } from '../../ports/approval-desk.ts';
import { formatMoney } from '../../returns/money.ts';
import { saySettlement } from '../../returns/settlement-words.ts';
import { escapeMrkdwn, mrkdwnDate, plainLine } from './mrkdwn.ts';

export function titleOf({ amount, orderName, settlement }: ApprovalCard): string {
  const order = `order ${plainLine(orderName, 60)}`;
  if (settlement.settles === 'cancels_order')
    return `Cancellation of ${order}, refund of ${formatMoney(amount)}`;
  if (settlement.exchange?.length && amount.minor === 0) return `Exchange for ${order}`;
  return `Refund of ${formatMoney(amount)} for ${order}`;
}

/** mrkdwn; what does not fit ends in `…`. */
export function settlementText(settlement: ApprovalCard['settlement'], maxLength: number): string {
  const words = escapeMrkdwn(saySettlement(settlement).join(', '), maxLength);
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
}

export function amountText({ amount, lowered, requestedBy }: ApprovalCard): string {
  const shown = formatMoney(amount);
  if (lowered === undefined) return shown;
  const by = escapeMrkdwn(lowered.by, 80);
  // More than the customer agreed to, where their order changed.
  const change = amount.minor < lowered.from.minor ? 'lowered' : 'changed';
  return `${shown}, ${change} from ${formatMoney(lowered.from)} by ${by}; ${idsOf(requestedBy) ? 'whoever asked' : 'the customer'} has to agree`;
}

/** Mentions people only by ids of Slack's own form: anything else could call a whole channel. */
export function requesterText(requestedBy: string): string {
  const ids = idsOf(requestedBy);
  if (ids === undefined) return escapeMrkdwn(requestedBy, 120);
  return andMore(
    ids.map((id) => `<@${id}>`),
    5,
  );
}

/** Undefined when it was the customer who asked. */
function idsOf(requestedBy: string): readonly string[] | undefined {
  const ids = requestedBy.split(/[\s,]+/);
  return ids.every((id) => /^[UW][A-Z0-9]{1,30}$/.test(id)) ? ids : undefined;
}

/** Undefined where one person's word is enough. */
export function votesText({ votes: { by, need } }: ApprovalCard): string | undefined {
  if (need < 2) return undefined;
  const names = andMore(
    by.map((name) => escapeMrkdwn(name, 60)),
    10,
  );
  return `${by.length} of ${need} approvals${names === '' ? '' : `: ${names}`}`;
}

export function outcomeText(outcome: CardOutcome): string {
  const at = mrkdwnDate(outcome.at);
  switch (outcome.kind) {
    case 'approved':
      return `Approved by ${escapeMrkdwn(outcome.by, 80)} at ${at}`;
    case 'denied': {
      const reason = outcome.reason === undefined ? '' : `: ${escapeMrkdwn(outcome.reason, 600)}`;
      return `Denied by ${escapeMrkdwn(outcome.by, 80)} at ${at}${reason}`;
    }
    case 'lowered':
      return `${escapeMrkdwn(outcome.by, 80)} approved ${formatMoney(outcome.to)} instead at ${at}; a new card follows`;
    case 'expired':
      return `Expired at ${at} without a decision; nothing was refunded`;
    case 'stale':
      return `Closed at ${at}: the order changed after this card was posted; nothing was refunded`;
  }
}

function andMore(names: readonly string[], max: number): string {
  const shown = names.slice(0, max).join(', ');
  return names.length > max ? `${shown} and ${names.length - max} more` : shown;
}
