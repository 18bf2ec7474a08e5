import { parseMoney } from '../../src/returns/money.ts';
import { isTerminal } from '../../src/returns/refund.ts';
import { type Books, complain } from './books.ts';

const intent = /\[intent:([0-9a-f-]{36})\]/;
const dayMs = 24 * 3_600_000;
const threshold = parseMoney('100.00', 'USD');

/** The ledger and the shop, refund by refund. */
export function compareMoney(books: Books): readonly string[] {
  return [
    ...compareRefunds(books),
    ...compareOrders(books),
    ...compareApprovals(books),
    ...compareStates(books),
    ...comparePauses(books),
    ...compareConsents(books),
  ];
}

function compareRefunds({ refunds, providers }: Books): readonly string[] {
  const made = providers.refunds();
  const intents = Map.groupBy(made, ({ note }) => intent.exec(note ?? '')?.[1]);
  return [
    ...[...intents].flatMap(([id, all]) =>
      complain(id !== undefined && all.length > 1, `The shop made refund ${id} ${all.length} times.`),
    ),
    ...made.flatMap((refund) => {
      const id = intent.exec(refund.note ?? '')?.[1];
      const rows = refunds.filter((row) => row.shopRefundId === refund.id || row.id === id);
      const [row] = rows;
      if (!row) return [`The shop made refund ${refund.id}, of which the ledger knows nothing.`];
      const { amount, currency, orderId } = refund;
      return [
        ...complain(rows.length > 1, `The ledger has refund ${refund.id} of the shop ${rows.length} times.`),
        ...complain(
          row.state !== 'refunded' && !wasGivenToPeople(row),
          `The shop made refund ${row.id}, which the ledger has as ${row.state}.`,
        ),
        ...complain(
          row.amountMinor !== amount || row.currency !== currency || row.orderId !== orderId,
          `Refund ${row.id} is ${row.amountMinor} ${row.currency} in the ledger, and ${amount} ${currency} in the shop.`,
        ),
      ];
    }),
    ...refunds.flatMap((row) =>
      complain(
        row.state === 'refunded' && row.amountMinor > 0 && !made.some(({ id }) => id === row.shopRefundId),
        `Refund ${row.id} is refunded in the ledger, and the shop never made it.`,
      ),
    ),
  ];
}

/** No piece is refunded twice, and no order gives back more than it took, but for the gift on store credit. */
function compareOrders({ providers: { shop }, bonusPercent }: Books): readonly string[] {
  return shop.orders().flatMap((order) => {
    const own = shop.refunds().filter(({ orderId }) => orderId === order.id);
    const received = order.payments.reduce((sum, { amount }) => sum + amount, 0);
    const returned = own.reduce((sum, { amount }) => sum + amount, 0);
    const gifts = own
      .flatMap(({ transactions }) => transactions)
      .filter(({ parentId }) => parentId === undefined)
      .reduce((sum, { amount }) => sum + Math.ceil((amount * bonusPercent) / (100 + bonusPercent)), 0);
    return [
      ...complain(
        returned > received + gifts,
        `Order ${order.name} took ${received} and gave back ${returned}.`,
      ),
      ...order.lines.flatMap((line) => {
        const pieces = own
          .flatMap(({ lines }) => lines)
          .filter(({ lineId }) => lineId === line.id)
          .reduce((sum, { quantity }) => sum + quantity, 0);
        return complain(
          pieces > line.quantity,
          `${pieces} of ${line.quantity} ${line.title} of ${order.name} were refunded.`,
        );
      }),
    ];
  });
}

/** What is above the threshold, with the day before it, was approved by somebody who may. */
function compareApprovals({ refunds, approvals }: Books): readonly string[] {
  const paid = refunds.filter(({ state }) => state === 'refunded');
  return paid.flatMap((row) => {
    const earlier = paid.filter(
      (each) =>
        each !== row &&
        (each.orderId === row.orderId ||
          (row.shopifyCustomerId !== null && each.shopifyCustomerId === row.shopifyCustomerId)) &&
        each.createdAt < row.createdAt &&
        (each.settledAt?.getTime() ?? Infinity) > row.createdAt.getTime() - dayMs,
    );
    const all = [row, ...earlier];
    const isForeign = all.some(({ currency }) => currency !== threshold.currency);
    const isAbove = all.reduce((sum, { amountMinor }) => sum + amountMinor, 0) > threshold.minor;
    if (!isForeign && !isAbove) return [];
    const approval = approvals.find(({ refundId, state }) => refundId === row.id && state === 'approved');
    if (!approval) return [`Refund ${row.id} was made without the approval it needs.`];
    const by = approval.decidedBy?.userId ?? '';
    return [
      ...complain(!['UMAYA0001', 'UNOAH0002'].includes(by), `Refund ${row.id} was approved by ${by}.`),
      ...complain(approval.digest !== row.digest, `Refund ${row.id} is not the one that was approved.`),
    ];
  });
}

function compareStates({ refunds, staffNotes }: Books): readonly string[] {
  return refunds.flatMap((row) => {
    if (isTerminal(row.state)) return [];
    const isWithPeople = staffNotes.some(
      ({ text }) => text.includes(row.orderName) && text.includes('needs a person'),
    );
    return complain(!isWithPeople, `Refund ${row.id} stays ${row.state}, and nobody is told.`);
  });
}

/** While refunds are paused none is begun. */
function comparePauses({ refunds, pauses }: Books): readonly string[] {
  return pauses.flatMap(({ createdAt, resumedAt }) =>
    refunds.flatMap(({ id, firstSentAt }) =>
      complain(
        firstSentAt !== null && firstSentAt > createdAt && (resumedAt === null || firstSentAt < resumedAt),
        `Refund ${id} was sent while refunds were paused.`,
      ),
    ),
  );
}

const agrees = /^(?:yes|yes please|ok do it)$/i;

/** Nobody gets their money back who did not say yes to that amount. */
function compareConsents({ refunds, quotes, messages }: Books): readonly string[] {
  return refunds.flatMap((row) => {
    const agreed = originalOf(row, refunds);
    const shown = quotes.find(({ id }) => id === agreed.quoteId)?.shownInSeq ?? Infinity;
    const saidYes = messages.some(
      ({ conversationId, author, seq, text }) =>
        conversationId === row.conversationId && author === 'customer' && seq > shown && agrees.test(text),
    );
    return complain(row.state === 'refunded' && !saidYes, `Nobody said yes to refund ${row.id}.`);
  });
}

/** What came in parts was agreed to as a whole. */
function originalOf(row: Row, refunds: readonly Row[]): Row {
  const whole = refunds.find(({ id }) => id === row.splitFrom);
  return whole ? originalOf(whole, refunds) : row;
}

type Row = Books['refunds'][number];

function wasGivenToPeople({ state }: Row): boolean {
  return state === 'unknown' || state === 'sending';
}
