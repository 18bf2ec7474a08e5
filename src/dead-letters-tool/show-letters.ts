import { sayReason } from '../jobs/failure-reason.ts';
import { formatMoney } from '../returns/money.ts';
import { type OpenLetter, openLetters } from '../storage/dead-letters.ts';
import { readRefund } from '../storage/refunds.ts';
import { type Desk, findLetter } from './desk.ts';
import { whatDroppingMeans } from './what-dropping-means.ts';

const most = 200;

export async function listLetters({ db, store }: Desk): Promise<readonly string[]> {
  const letters = await openLetters(db, store, most);
  if (letters.length === 0) return ['No dead letters: every job is done or still being tried.'];
  return [
    ...letters.map(
      (letter) =>
        `${String(letter.seq).padStart(4)}  ${minute(letter.givenUpAt)}  ${letter.queue}  ${sayReason(letter.reason)}; ${sayNext(letter)}`,
    ),
    ...(letters.length === most ? [`Newer ones are left out: these are the first ${most}.`] : []),
  ];
}

export async function showLetter(desk: Desk, seq: number): Promise<readonly string[]> {
  const letter = await findLetter(desk, seq);
  const times = letter.timesGivenUp === 1 ? 'once' : `${letter.timesGivenUp} times`;
  return [
    `Dead letter ${letter.seq}: ${letter.queue} ${letter.subject}`,
    ...(await sayMoney(desk, letter)),
    `Reason: ${sayReason(letter.reason)}`,
    `Given up ${times}, first ${minute(letter.createdAt)}, last ${minute(letter.givenUpAt)} after ${letter.tries} tries`,
    `State: ${letter.endedAt ? `${letter.state}, ${minute(letter.endedAt)}` : sayNext(letter)}`,
    ...(letter.endedAt ? [] : [`Dropped: ${await whatDroppingMeans(desk.db, letter)}`]),
  ];
}

async function sayMoney({ db }: Desk, { data }: OpenLetter): Promise<readonly string[]> {
  if (typeof data.refundId !== 'string') return [];
  const {
    amountMinor: minor,
    currency,
    orderName,
    state,
  } = await readRefund(db, data.refundId as Parameters<typeof readRefund>[1]);
  return [`About: a refund of ${formatMoney({ minor, currency })} on order ${orderName}, ${state}`];
}

function sayNext({ queue, state, nextTry }: OpenLetter): string {
  if (nextTry && queue !== 'take-turn') return `tried again ${minute(nextTry)}`;
  return state === 'taken-up' ? 'being tried again' : 'waits for you';
}

function minute(date: Date): string {
  return `${date.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
