import type { Condition, DatesTest, FactTest, RangeTest, WordsTest } from './policy-rule.ts';
import { type FactName, factOf, type Subject } from './rule-facts.ts';

export type Matched = 'passed' | 'failed' | 'unknown';

/** Reads each fact of one subject at most once, and only when a rule asks. */
export type KnownFacts = { readonly read: (name: FactName, withinDays?: number) => FactValue | undefined };
export type FactValue = readonly string[] | number | boolean;

export function knownFacts(subject: Subject): KnownFacts {
  const known = new Map<FactName, FactValue | undefined>();
  return {
    read(name, withinDays) {
      if (withinDays !== undefined) return factOf(name).read(subject, withinDays);
      if (!known.has(name)) known.set(name, factOf(name).read(subject));
      return known.get(name);
    },
  };
}

/** What is not known never matches, negated or not: a guess would be worse than no rule. */
export function matchCondition({ fact, test }: Condition, facts: KnownFacts): Matched {
  const value = facts.read(fact, test.kind === 'range' ? test.withinDays : undefined);
  if (value === undefined || Number.isNaN(value)) return 'unknown';
  return holds(test, value) ? 'passed' : 'failed';
}

/** A condition that failed says more than one that is unknown. */
export function matchAll(conditions: readonly Condition[], facts: KnownFacts): Matched {
  let matched: Matched = 'passed';
  for (const condition of conditions) {
    const one = matchCondition(condition, facts);
    if (one === 'failed') return 'failed';
    if (one === 'unknown') matched = 'unknown';
  }
  return matched;
}

export function holds(test: FactTest, value: FactValue): boolean {
  switch (test.kind) {
    case 'words':
      return typeof value === 'object' && holdsWords(test, value);
    case 'range':
      return typeof value === 'number' && isInRange(test, value);
    case 'dates':
      return typeof value === 'number' && isInDates(test, value);
    case 'flag':
      return value === test.is;
  }
}

function holdsWords({ any, all, none }: WordsTest, words: readonly string[]): boolean {
  const has = (entry: string) => words.some((word) => isMeant(entry, word));
  return (!any || any.some(has)) && (!all || all.every(has)) && !none?.some(has);
}

function isMeant(entry: string, word: string): boolean {
  return entry.endsWith('*') ? word.startsWith(entry.slice(0, -1)) : word === entry;
}

function isInRange({ exactly, above, atLeast, atMost, below }: RangeTest, value: number): boolean {
  return (
    (exactly === undefined || value === tenThousandths(exactly)) &&
    (above === undefined || value > tenThousandths(above)) &&
    (atLeast === undefined || value >= tenThousandths(atLeast)) &&
    (atMost === undefined || value <= tenThousandths(atMost)) &&
    (below === undefined || value < tenThousandths(below))
  );
}

function isInDates({ from, until }: DatesTest, ms: number): boolean {
  return (
    (from === undefined || ms >= Date.parse(from)) &&
    (until === undefined || ms < Date.parse(until) + 86_400_000)
  );
}

/** Whole, where `Number` times 10,000 might not be. */
export function tenThousandths(decimal: string): number {
  const [whole = '', fraction = ''] = decimal.split('.');
  return Number(whole) * 10_000 + Number(fraction.padEnd(4, '0'));
}
