import { addMoney, compareMoney, type Money, subtractMoney, zero } from '../returns/money.ts';
import type { StoredRequest } from '../storage/return-requests.ts';
import type { Judgement, Rejudged } from './judge-stored.ts';

export type Tally = {
  requests: number;
  unchanged: number;
  /** Rows that this version of the program cannot judge. */
  unreadable: number;
  /** Judged then without asking the shop for what rules of the new policy ask. */
  withoutFacts: number;
  readonly changes: Map<string, Change>;
  readonly money: Map<string, MoneyChange>;
};

export type Change = { count: number; readonly examples: Example[] };
export type Example = {
  readonly order: string;
  readonly item: string;
  readonly reason: string;
  readonly before: Judgement;
  readonly after: Judgement;
};
/** `estimated`: the part of `after` that the shop may not refund in full. */
export type MoneyChange = { before: Money; after: Money; estimated: Money };

const mostExamples = 5;

export function newTally(): Tally {
  return { requests: 0, unchanged: 0, unreadable: 0, withoutFacts: 0, changes: new Map(), money: new Map() };
}

export function count(tally: Tally, row: StoredRequest, { before, after, isEstimate }: Rejudged): void {
  const { currency } = before.amount;
  const sums = tally.money.get(currency) ?? {
    before: zero(currency),
    after: zero(currency),
    estimated: zero(currency),
  };
  sums.before = addMoney(sums.before, before.amount);
  sums.after = addMoney(sums.after, after.amount);
  if (isEstimate) sums.estimated = addMoney(sums.estimated, after.amount);
  tally.money.set(currency, sums);

  const kind = kindOf(before, after);
  if (kind === undefined) {
    tally.unchanged += 1;
    return;
  }
  const change = tally.changes.get(kind) ?? { count: 0, examples: [] };
  change.count += 1;
  if (change.examples.length < mostExamples) {
    change.examples.push({
      order: row.orderName,
      item: itemsOf(row),
      reason: row.request.reason,
      before,
      after,
    });
  }
  tally.changes.set(kind, change);
}

function kindOf(before: Judgement, after: Judgement): string | undefined {
  if (before.answer !== after.answer) return `${before.answer} -> ${after.answer}`;
  const difference = compareMoney(after.amount, before.amount);
  if (difference !== 0) return `${before.answer}, ${difference > 0 ? 'more' : 'less'} money`;
  return before.rule === after.rule ? undefined : `${before.answer} by another rule`;
}

function itemsOf({ facts, request }: StoredRequest): string {
  return request.lines
    .map(({ lineId, quantity }) => {
      const title = facts.lines.find(({ id }) => id === lineId)?.title ?? 'an item';
      return quantity > 1 ? `${quantity} x ${title}` : title;
    })
    .join(', ');
}

export function difference({ before, after }: MoneyChange): Money {
  return subtractMoney(after, before);
}
