import type { KnownRefund } from '../refunds/refund-progress.ts';
import type { KnownReturn, ReturnStatus } from '../refunds/return-status.ts';
import { formatMoney } from '../returns/money.ts';
import { type PayoutTime, payoutTimes } from '../returns/payout-times.ts';

type Party = 'customer' | 'staff';

/** One short paragraph about where refunds and returns stand, which claims nothing that may not be so. */
export function sayStatus(
  { orderName, refunds, returns }: Extract<ReturnStatus, { kind: 'known' }>,
  party: Party,
): string {
  const onItsWay = returns.filter(({ wayBack }) => wayBack);
  const isTold = (of: string) => onItsWay.some((each) => each.orderName === of);
  // What is to come is said with the return it waits for.
  const told = refunds.filter(
    ({ progress, orderName: of }) => progress !== 'awaiting-arrival' || !isTold(of),
  );
  return [
    ...(told.length > 0
      ? told.map((refund) => sayRefund(refund, party))
      : onItsWay.length > 0
        ? []
        : [sayNone(orderName, party)]),
    ...sayPayouts(told),
    ...returns.slice(0, 2).map(sayReturn),
  ].join(' ');
}

function sayNone(orderName: string | undefined, party: Party): string {
  const of = orderName ?? (party === 'staff' ? 'these orders' : 'your recent orders');
  return `I see no refund for ${orderName ? `order ${orderName}` : of} so far.`;
}

function sayRefund(
  { orderName, amount, insteadOf, progress, at, reason, byHand, exchange }: KnownRefund,
  party: Party,
): string {
  const what =
    exchange.length > 0
      ? `The exchange for order ${orderName} (${exchange.join(', ')})`
      : `The refund${amount ? ` of ${formatMoney(amount)}` : ''} for order ${orderName}`;
  const on = `on ${monthDay(at)}`;
  const isStaff = party === 'staff';
  switch (progress) {
    case 'awaiting-approval':
      return `${what} is waiting for ${isStaff ? 'an approver' : 'a manager to approve it'}.`;
    case 'offered': {
      const instead = insteadOf ? ` instead of ${formatMoney(insteadOf)}` : '';
      return `${what}${instead} is approved and waits for ${isStaff ? "the customer's" : 'your'} yes or no.`;
    }
    case 'under-way':
      return `${what} is under way, but not made yet.`;
    case 'checking':
      return `${what} was sent, but I cannot say yet whether it went through; that is being checked.`;
    case 'made':
      return `${what} was made ${on}${byHand && isStaff ? ', by hand' : ''}.`;
    case 'payment-pending':
      return `${what} was entered ${on}, but the payment provider has not confirmed it yet.`;
    case 'payment-failed':
      return `${what}, entered ${on}, did not go through: the payment provider turned it down. A person will look into it.`;
    case 'denied':
      return `${what} was not approved.${reason ? ` Reason: ${endSentence(reason)}` : ''}`;
    case 'expired':
      return `${what} was not made: nobody decided about it in time.`;
    case 'offer-expired':
      return `The offer to refund${amount ? ` ${formatMoney(amount)}` : ''} for order ${orderName} ran out, so nothing was refunded.`;
    case 'stale':
      return `${what} was not made, because the order changed.`;
    case 'awaiting-arrival':
      return `${what} follows when what you send back has arrived.`;
    case 'withdrawn':
      return `${what} was not made, because the return was cancelled.`;
    case 'not-received':
      return `${what} was not made, because nothing of the return arrived in time.`;
    case 'by-hand':
      return `The return for order ${orderName} was settled by our team.`;
    case 'rejected':
      return `${what} could not be made; a person has to look into it.`;
  }
}

/** Only for money that is on its way, and only where the payment method tells. */
function sayPayouts(refunds: readonly KnownRefund[]): readonly string[] {
  const onTheirWay = refunds.filter(
    ({ progress }) => progress === 'made' || progress === 'payment-pending' || progress === 'under-way',
  );
  return payoutTimes(onTheirWay.flatMap(({ gateways }) => gateways)).map(sayPayout);
}

function sayPayout({ method, days }: PayoutTime): string {
  const time =
    days &&
    `${days.from > 0 ? `${days.from} to` : 'up to'} ${days.to} ${days.business ? 'business ' : ''}days`;
  switch (method) {
    case 'card':
      return `Banks usually take ${time} to show it on a card.`;
    case 'paypal':
      return `With PayPal, a card can take ${time} to show it.`;
    case 'klarna':
      return `Klarna usually takes ${time}.`;
    case 'gift-card':
      return 'What was paid by gift card goes back on the gift card.';
    case 'store-credit':
      return 'What was paid with store credit goes back to the store credit.';
  }
}

function sayReturn({ name, status, wayBack }: KnownReturn): string {
  if (wayBack) return `Return ${name} is open. ${wayBack}`;
  return `Return ${name} ${returnWords[status] ?? `is ${status.toLowerCase().replaceAll('_', ' ')}`}.`;
}

const returnWords: Readonly<Record<string, string>> = {
  REQUESTED: 'was asked for and not accepted yet',
  OPEN: 'is open',
  CLOSED: 'is closed',
  DECLINED: 'was declined',
  CANCELED: 'was cancelled',
};

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');

function monthDay(at: Date): string {
  return `${months[at.getUTCMonth()]} ${at.getUTCDate()}`;
}

function endSentence(text: string): string {
  return /[.!?]$/.test(text.trim()) ? text.trim() : `${text.trim()}.`;
}
