import { canonicalJson } from './canonical-json.ts';
import { type Policy, ruleIds } from './policy.ts';
import type { Condition, FactTest, Outcomes, PolicyRule, RangeTest } from './policy-rule.ts';
import { holds, tenThousandths } from './rule-conditions.ts';

export type Contradiction = { readonly path: readonly (string | number)[]; readonly message: string };

/** Rules, in the order of the file, that cannot mean what they say. `policy` is what they are part of. */
export function findContradictions(rules: readonly PolicyRule[], policy: Policy): readonly Contradiction[] {
  return rules.flatMap((rule, index) => [
    ...badId(rule, rules.slice(0, index)).map((message) => ({ path: ['rules', index, 'id'], message })),
    ...rule.when
      .filter(({ test }) => isEmpty(test))
      .map(({ fact }) => ({
        path: ['rules', index, 'when', fact],
        message: 'nothing can be so, the rule would never apply',
      })),
    ...uselessOutcomes(rule, policy).map(([key, message]) => ({
      path: ['rules', index, 'then', key],
      message,
    })),
    ...shadow(rule, policy.rules ?? []).map((message) => ({ path: ['rules', index], message })),
  ]);
}

function badId({ id }: PolicyRule, earlier: readonly PolicyRule[]): readonly string[] {
  if (ruleIds.some((taken) => taken === id)) return [`the program has a rule of its own called ${id}`];
  return earlier.some((other) => other.id === id) ? [`another rule is called ${id} already`] : [];
}

function isEmpty(test: FactTest): boolean {
  switch (test.kind) {
    case 'range':
      return !bounds(test).some((bound) => holds(test, bound)) && !hasRoom(test);
    case 'dates':
      return test.from !== undefined && test.until !== undefined && test.until < test.from;
    case 'words':
      return [
        test.any?.every((word) => isRuledOut(word)),
        test.all?.some((word) => isRuledOut(word)),
      ].includes(true);
    case 'flag':
      return false;
  }
  function isRuledOut(word: string): boolean {
    return test.kind === 'words' && !holds({ kind: 'words', none: test.none ?? [] }, [word]);
  }
}

function bounds({ exactly, above, atLeast, atMost, below }: RangeTest): readonly number[] {
  return [exactly, above, atLeast, atMost, below].flatMap((bound) =>
    bound === undefined ? [] : tenThousandths(bound),
  );
}

/** Something lies between, or above, or below the bounds. */
function hasRoom(test: RangeTest): boolean {
  const sorted = bounds(test).toSorted((left, right) => left - right);
  const [low = 0] = sorted;
  const high = sorted.at(-1) ?? low;
  return [low / 2, (low + high) / 2, high + 1].some((value) => holds(test, value));
}

function uselessOutcomes(
  { when, outcomes }: PolicyRule,
  policy: Policy,
): readonly (readonly [string, string])[] {
  const found: [string, string][] = [];
  const days = when.find(({ fact }) => fact === 'days_since_delivery')?.test;
  const earliest = days?.kind === 'range' ? Math.max(0, ...lowerBounds(days)) : 0;
  if (outcomes.windowDays !== undefined && outcomes.windowDays * 10_000 < earliest) {
    found.push(['window_days', 'the window has closed before the rule applies']);
  }
  const reason = when.find(({ fact }) => fact === 'reason')?.test;
  const isWaived = reason?.kind === 'words' && reason.any?.every((one) => isWaivedReason(one));
  if (isWaived && outcomes.restockingFeePercent) {
    found.push(['restocking_fee_percent', 'fee_waived_for waives it for every reason of this rule']);
  }
  if (isWaived && Number(outcomes.returnShippingFee ?? 0) > 0) {
    found.push(['return_shipping_fee', 'fee_waived_for waives it for every reason of this rule']);
  }
  return [...found, ...keptAndSentBack(outcomes)];

  function isWaivedReason(reason: string): boolean {
    return policy.feeWaivedFor.some((waived) => waived === reason);
  }
}

/** What is kept cannot arrive. */
function keptAndSentBack(outcomes: Outcomes): readonly (readonly [string, string])[] {
  const { keepItem, refundWhen, label, returnShippingFee, refundTo } = outcomes;
  if (!keepItem) return [];
  return [
    ...(refundWhen === 'on_arrival' ? [['when', 'nothing arrives of an item that is kept'] as const] : []),
    ...(label ? [['label', 'an item that is kept is not sent back'] as const] : []),
    ...(Number(returnShippingFee ?? 0) > 0
      ? [['return_shipping_fee', 'an item that is kept is not sent back'] as const]
      : []),
    ...(refundTo?.to === 'exchange'
      ? [['refund_to', 'an exchange is sent out for what comes back, and this item is kept'] as const]
      : []),
  ];
}

function lowerBounds({ exactly, above, atLeast }: RangeTest): readonly number[] {
  return bounds({
    kind: 'range',
    ...(exactly !== undefined && { exactly }),
    ...(above !== undefined && { above }),
    ...(atLeast !== undefined && { atLeast }),
  });
}

/** Whatever the rule would decide is decided by one before it that asks the same, or nothing at all. */
function shadow(rule: PolicyRule, asked: readonly PolicyRule[]): readonly string[] {
  const before = asked.slice(0, asked.indexOf(rule));
  const first = before.find(
    (other) =>
      other.when.every((condition) => rule.when.some((own) => isSame(own, condition))) &&
      Object.keys(rule.outcomes).every((kind) => kind in other.outcomes),
  );
  return first ? [`never decides anything: ${first.id} comes first`] : [];
}

function isSame(one: Condition, other: Condition): boolean {
  return one.fact === other.fact && canonicalJson(one) === canonicalJson(other);
}
