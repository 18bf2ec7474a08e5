import type { LineItemId } from './ids.ts';
import { judge } from './judge.ts';
import { lineRules } from './line-rules.ts';
import type { Order } from './order.ts';
import { orderRules } from './order-rules.ts';
import type { Policy, Verdict } from './policy.ts';
import type { Condition, FactTest, PolicyRule } from './policy-rule.ts';
import type { ReturnRequest } from './return-request.ts';
import { type FactValue, type KnownFacts, knownFacts, matchAll, matchCondition } from './rule-conditions.ts';
import { type AskerFacts, factOf } from './rule-facts.ts';
import { type WantedLine, wantedLines } from './wanted-lines.ts';

export type PolicyCheck = {
  readonly rule: string;
  /** Undefined: a check of the whole order. */
  readonly line?: LineItemId;
  readonly result: 'passed' | 'failed' | 'not applicable' | 'unknown';
  /** For staff. */
  readonly why: string;
};

export type ExplainedVerdict = { readonly verdict: Verdict; readonly checks: readonly PolicyCheck[] };

/** Everything the policy asked and what the answer was, in one order for equal input. Judges as `judge` does. */
export function explainVerdict(
  policy: Policy,
  order: Order,
  request: ReturnRequest,
  asker: AskerFacts | undefined,
  now: Date,
): ExplainedVerdict {
  const ofOrder = orderRules.map((rule): PolicyCheck => {
    const isBroken = rule.isBroken(order, request);
    return {
      rule: rule.id,
      result: isBroken ? 'failed' : 'passed',
      why: isBroken ? rule.say(order) : 'It is not so.',
    };
  });
  const ofLines = wantedLines(policy, order, request, now, asker).flatMap((item) => {
    const facts = knownFacts({ ...item, request, asker });
    return [
      ...lineRules.map((rule) => checkBase(rule, item, policy)),
      ...(policy.rules ?? []).map((rule) => ({
        rule: rule.id,
        line: item.line.id,
        ...checkRule(rule, item, facts),
      })),
    ];
  });
  return { verdict: judge(policy, order, request, now, asker), checks: [...ofOrder, ...ofLines] };
}

function checkBase(rule: (typeof lineRules)[number], item: WantedLine, policy: Policy): PolicyCheck {
  const check = { rule: rule.id, line: item.line.id };
  const { windowDays, bypassFinalSale } = item.outcomes;
  if (rule.isBroken(item)) return { ...check, result: 'failed', why: rule.say(item.line.title, item.policy) };
  if (!rule.isBroken({ ...item, policy })) return { ...check, result: 'passed', why: 'It is not so.' };
  const lifted = rule.id === 'final-sale' ? bypassFinalSale : windowDays;
  return { ...check, result: 'not applicable', why: `Lifted by ${lifted?.rule ?? 'another rule'}.` };
}

function checkRule(
  { id, when, outcomes }: PolicyRule,
  item: WantedLine,
  facts: KnownFacts,
): Pick<PolicyCheck, 'result' | 'why'> {
  const matched = matchAll(when, facts);
  const telling = when.filter((condition) => matchCondition(condition, facts) === matched);
  const why = telling.map((condition) => sayCondition(condition, facts)).join('; ');
  if (matched !== 'passed') return { result: matched, why };
  const decides = Object.keys(outcomes).filter((kind) => decidedBy(item, kind) === id);
  return decides.length > 0
    ? { result: 'passed', why: `${why || 'it has no condition'}: decides ${decides.join(', ')}` }
    : {
        result: 'not applicable',
        why: `${why || 'it has no condition'}; rules before it decided everything`,
      };
}

function decidedBy({ outcomes }: WantedLine, kind: string): string | undefined {
  return Object.entries(outcomes).find(([decided]) => decided === kind)?.[1].rule;
}

function sayCondition({ fact, test }: Condition, facts: KnownFacts): string {
  const value = facts.read(fact, test.kind === 'range' ? test.withinDays : undefined);
  if (value === undefined || Number.isNaN(value)) return `${fact} is not known`;
  return `${fact} is ${sayValue(fact, value)}, the rule asks for ${sayTest(test)}`;
}

function sayValue(fact: Condition['fact'], value: FactValue): string {
  if (typeof value === 'object') return value.join(', ') || 'nothing';
  if (typeof value === 'boolean') return String(value);
  return factOf(fact).kind === 'dates' ? new Date(value).toISOString() : String(Math.round(value) / 10_000);
}

/** As the policy file writes it. */
function sayTest(test: FactTest): string {
  if (test.kind === 'flag') return String(test.is);
  const { kind: _, ...said } = test;
  return Object.entries(said)
    .map(
      ([name, bound]) =>
        `${name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)} ${[bound].flat().join(', ')}`,
    )
    .join(', ');
}
