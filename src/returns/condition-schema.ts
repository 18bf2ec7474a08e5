import { z } from 'zod';
import { plainDecimal } from './approval-tier.ts';
import { foldTag } from './fold-tag.ts';
import type { DatesTest, FlagTest, RangeTest, WordsTest } from './policy-rule.ts';
import { amountText, orElse } from './policy-values.ts';
import { type Fact, type FactName, factNames, factOf } from './rule-facts.ts';

const count = z.number().min(0).max(1_000_000).multipleOf(0.01).transform(String).transform(plainDecimal);

const withinDays = z.int().min(1).max(3650).optional();

const day = z.iso.date('expected a day such as 2026-11-15');
const dates = z
  .strictObject({ from: day.optional(), until: day.optional() })
  .refine(saysSomething, orElse('expected from: or until:'))
  .transform(
    ({ from, until }): DatesTest => ({ kind: 'dates', ...(from && { from }), ...(until && { until }) }),
  );

/** `when:` of a rule: every fact by its name, each with the tests that its kind allows. */
export const conditionsSchema = z
  .strictObject(
    Object.fromEntries(factNames.map((name) => [name, testOf(factOf(name)).optional()])) as Readonly<
      Record<FactName, z.ZodOptional<ReturnType<typeof testOf>>>
    >,
  )
  .transform((tests) =>
    factNames.toSorted().flatMap((fact) => {
      const test = tests[fact];
      return test ? [{ fact, test }] : [];
    }),
  );

function testOf({ kind, of }: Fact) {
  switch (kind) {
    case 'words':
      return words(of ? z.enum(of) : z.string().trim().min(1));
    case 'amount':
      return range(amountText);
    case 'number':
      return range(count);
    case 'days':
      return range(count);
    case 'history':
      return range(count, true);
    case 'dates':
      return dates;
    case 'flag':
      return z.boolean().transform((is): FlagTest => ({ kind: 'flag', is }));
  }
}

/** `US`, `[US, CA]` or `{any: […], all: […], none: […]}`. */
function words(word: z.ZodType<string, string>) {
  const list = z.array(word).min(1);
  return z
    .union(
      [
        word,
        list,
        z
          .strictObject({ any: list.optional(), all: list.optional(), none: list.optional() })
          .refine(saysSomething, orElse('expected one of any:, all: and none:')),
      ],
      {
        error: 'expected a word, a list of words, or {any: […], all: […], none: […]}',
      },
    )
    .transform((said): WordsTest => {
      if (typeof said === 'string') return { kind: 'words', any: asSet([said]) };
      if (Array.isArray(said)) return { kind: 'words', any: asSet(said) };
      return {
        kind: 'words',
        ...(said.any && { any: asSet(said.any) }),
        ...(said.all && { all: asSet(said.all) }),
        ...(said.none && { none: asSet(said.none) }),
      };
    });
}

/** `3` or `{above: …, at_least: …, at_most: …, below: …}`. */
function range(bound: z.ZodType<string, unknown>, counts = false) {
  const bounds = z
    .strictObject({
      above: bound.optional(),
      at_least: bound.optional(),
      at_most: bound.optional(),
      below: bound.optional(),
      ...(counts ? { within_days: withinDays } : ({} as { within_days: typeof withinDays })),
    })
    .refine(saysSomething, orElse('expected one of above:, at_least:, at_most: and below:'));
  return z
    .union([bound, bounds], { error: 'expected a number or {above: …, at_least: …, at_most: …, below: …}' })
    .transform((said): RangeTest => {
      if (typeof said === 'string') return { kind: 'range', exactly: said };
      const { above, at_least: atLeast, at_most: atMost, below, within_days } = said;
      return {
        kind: 'range',
        ...(above !== undefined && { above }),
        ...(atLeast !== undefined && { atLeast }),
        ...(atMost !== undefined && { atMost }),
        ...(below !== undefined && { below }),
        ...(within_days !== undefined && { withinDays: within_days }),
      };
    });
}

function saysSomething({ within_days: _, ...tests }: { readonly [test: string]: unknown }): boolean {
  return Object.keys(tests).length > 0;
}

function asSet(words: readonly string[]): readonly string[] {
  return [...new Set(words.map(foldTag))].toSorted();
}
