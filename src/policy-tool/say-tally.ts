import { formatMoney, isPositive, type Money, toDecimal } from '../returns/money.ts';
import type { Judgement } from './judge-stored.ts';
import { type Change, difference, type Example, type MoneyChange, type Tally } from './tally.ts';

export type About = { readonly file: string; readonly version: string; readonly since: Date };

export function sayTally(tally: Tally, { file, version, since }: About): readonly string[] {
  const day = since.toISOString().slice(0, 10);
  if (tally.requests === 0) return [`Nothing was asked since ${day}, so there is nothing to judge again.`];
  return [
    `${tally.requests} ${tally.requests === 1 ? 'request' : 'requests'} since ${day} under ${file} (${version}): ${tally.unchanged} as before`,
    ...byCount(tally).flatMap(([kind, change]) => sayChange(kind, change)),
    '',
    ...[...tally.money.values()].map(sayMoney),
    ...(tally.withoutFacts > 0
      ? [
          '',
          `Of ${tally.withoutFacts} requests the shop was not asked what the new rules ask about customers, orders and products: those rules match none of them.`,
        ]
      : []),
    ...(tally.unreadable > 0
      ? ['', `${tally.unreadable} requests are from an earlier version and were not judged.`]
      : []),
  ];
}

export function tallyAsJson(tally: Tally, { file, version, since }: About) {
  const { requests, unchanged, unreadable, withoutFacts } = tally;
  return {
    file,
    version,
    since: since.toISOString(),
    requests,
    unchanged,
    unreadable,
    without_facts: withoutFacts,
    changes: byCount(tally).map(([kind, change]) => ({
      kind,
      count: change.count,
      examples: change.examples.map((example) => ({
        ...example,
        before: asJson(example.before),
        after: asJson(example.after),
      })),
    })),
    money: [...tally.money.values()].map((sums) => ({
      currency: sums.before.currency,
      before: toDecimal(sums.before),
      after: toDecimal(sums.after),
      estimated: toDecimal(sums.estimated),
    })),
  };
}

function byCount(tally: Tally): readonly (readonly [string, Change])[] {
  return [...tally.changes].toSorted(([, left], [, right]) => right.count - left.count);
}

function sayChange(kind: string, { count, examples }: Change): readonly string[] {
  return ['', `${count} ${kind}`, ...examples.map(sayExample)];
}

function sayExample({ order, item, reason, before, after }: Example): string {
  return `    ${order}  ${item}, ${reason}: ${sayJudgement(before)} -> ${sayJudgement(after)}`;
}

function sayJudgement({ rule, amount }: Judgement): string {
  return isPositive(amount) ? `${rule} ${formatMoney(amount)}` : rule;
}

function sayMoney(sums: MoneyChange): string {
  const { before, after, estimated } = sums;
  const upTo = isPositive(estimated) ? 'up to ' : '';
  return `Money offered, ${before.currency}: ${formatMoney(before)} -> ${upTo}${formatMoney(after)} (${signed(difference(sums))})`;
}

function signed(amount: Money): string {
  return isPositive(amount) ? `+${formatMoney(amount)}` : formatMoney(amount);
}

function asJson({ answer, rule, amount }: Judgement) {
  return { answer, rule, amount: toDecimal(amount) };
}
