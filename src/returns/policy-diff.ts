import { canonicalJson, type Json } from './canonical-json.ts';
import type { Policy } from './policy.ts';
import type { Condition, PolicyRule } from './policy-rule.ts';

/** What the second policy changes of the first, a sentence each. Empty only when their versions are equal. */
export function diffPolicies(before: Policy, after: Policy): readonly string[] {
  const { version: _, rules: oldRules = [], ...oldBase } = before;
  const { version: __, rules: newRules = [], ...newBase } = after;
  return [...diffFields(oldBase, newBase), ...diffRules(oldRules, newRules)];
}

/** Keys as the file writes them: `window_days: 30 -> 45`. */
function diffFields(before: object, after: object, path = ''): readonly string[] {
  const [old, fresh] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  return [...new Set([...old.keys(), ...fresh.keys()])].toSorted().flatMap((key) => {
    const [left, right]: readonly unknown[] = [old.get(key), fresh.get(key)];
    if (isSame(left, right)) return [];
    const name = path + asKey(key);
    return isFields(left) && isFields(right)
      ? diffFields(left, right, `${name}.`)
      : [`${name}: ${say(left)} -> ${say(right)}`];
  });
}

function diffRules(before: readonly PolicyRule[], after: readonly PolicyRule[]): readonly string[] {
  const old = new Map(before.map((rule) => [rule.id, rule]));
  const fresh = new Map(after.map((rule) => [rule.id, rule]));
  const kept = after.filter(({ id }) => old.has(id)).map(({ id }) => id);
  const isMoved = !isSame(
    kept,
    before.filter(({ id }) => fresh.has(id)).map(({ id }) => id),
  );
  return [
    ...before.filter(({ id }) => !fresh.has(id)).map(({ id }) => `rule ${id} removed`),
    ...after.flatMap((rule) => {
      const known = old.get(rule.id);
      if (!known) return [`rule ${rule.id} added: ${sayRule(rule)}`];
      const changes = diffFields(fieldsOf(known), fieldsOf(rule));
      return changes.length === 0 ? [] : [`rule ${rule.id} changed: ${changes.join('; ')}`];
    }),
    ...(isMoved ? [`rules are asked in another order: ${kept.join(', ')}`] : []),
    // Where a new rule stands among the others decides what it decides.
    ...after.flatMap(({ id }, place) =>
      old.has(id) ? [] : [`rule ${id} is asked ${place === 0 ? 'first' : `after ${after[place - 1]?.id}`}`],
    ),
  ];
}

function sayRule(rule: PolicyRule): string {
  return Object.entries(fieldsOf(rule))
    .map(([name, value]) => `${asKey(name)} ${say(value)}`)
    .join('; ');
}

function fieldsOf({ priority, when, outcomes }: PolicyRule): Readonly<Record<string, unknown>> {
  return { ...(priority !== 0 && { priority }), ...(when.length > 0 && { when }), ...outcomes };
}

function sayCondition({ fact, test }: Condition): string {
  if (test.kind === 'flag') return `${fact} ${test.is}`;
  const { kind: _, ...said } = test;
  return `${fact} ${say(said)}`;
}

function say(value: unknown): string {
  if (value === undefined || value === '') return '(nothing)';
  if (Array.isArray(value)) return value.map(say).join(', ') || '(nothing)';
  if (!isFields(value)) return String(value);
  if (isCondition(value)) return sayCondition(value);
  return Object.entries(value)
    .map(([key, inner]) => (key === 'kind' ? say(inner) : `${asKey(key)} ${say(inner)}`))
    .join(' ');
}

function isFields(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isCondition(value: object): value is Condition {
  return 'fact' in value && 'test' in value;
}

function isSame(left: unknown, right: unknown): boolean {
  return textOf(left) === textOf(right);
}

function textOf(value: unknown): string {
  return value === undefined ? '' : canonicalJson(value as Json);
}

function asKey(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
