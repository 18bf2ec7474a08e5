import type { Destination, Outcomes, PolicyRule } from './policy-rule.ts';
import { type KnownFacts, matchAll } from './rule-conditions.ts';

/** Of each kind of outcome the first that holds, with the rule it is from. */
export type LineOutcomes = {
  readonly [Kind in keyof Outcomes]?: Decided<NonNullable<Outcomes[Kind]>>;
};
export type Decided<Value> = {
  readonly value: Value;
  readonly rule: string;
  /** The place of the rule among all, the first asked first. */
  readonly rank: number;
};

export function outcomesFor(rules: readonly PolicyRule[], facts: KnownFacts): LineOutcomes {
  const decided: Record<string, Decided<unknown>> = {};
  rules.forEach(({ id, when, outcomes }, rank) => {
    if (matchAll(when, facts) !== 'passed') return;
    for (const [kind, value] of Object.entries(outcomes)) decided[kind] ??= { value, rule: id, rank };
  });
  return decided;
}

/** The one that asks most of the customer: exchange before store credit before the money itself. */
export function strictestDestination(all: readonly LineOutcomes[]): Decided<Destination> | undefined {
  return all
    .flatMap(({ refundTo }) => refundTo ?? [])
    .toSorted((left, right) => strictness(right.value) - strictness(left.value) || left.rank - right.rank)[0];
}

/** Of the rules asked first. Independent of the order of the lines. */
export function firstDecided<Value>(
  all: readonly (Decided<Value> | undefined)[],
): Decided<Value> | undefined {
  return all.flatMap((one) => one ?? []).toSorted((left, right) => left.rank - right.rank)[0];
}

function strictness({ to }: Destination): number {
  return ['original', 'store_credit', 'exchange'].indexOf(to);
}
