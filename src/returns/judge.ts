import { judgeOutcomes } from './judge-outcomes.ts';
import { type JudgedLine, lineRules } from './line-rules.ts';
import type { Order } from './order.ts';
import { orderRules } from './order-rules.ts';
import type { Policy, Verdict } from './policy.ts';
import { type Alternative, alternatives } from './policy-rule.ts';
import type { ReturnRequest, ReturnWish } from './return-request.ts';
import type { AskerFacts } from './rule-facts.ts';
import { firstDecided } from './rule-outcomes.ts';
import { type WantedLine, wantedLines } from './wanted-lines.ts';

/**
 * May these lines be returned now? Expects a request that `checkRequest` accepted. One line that is denied
 * denies the request: a customer agrees to all of it or asks anew.
 */
export function judge(
  policy: Policy,
  order: Order,
  request: ReturnRequest,
  now: Date,
  asker?: AskerFacts,
): Verdict {
  const impossible = judgeOrder(order, request);
  if (impossible !== undefined) return impossible;
  const wanted = wantedLines(policy, order, request, now, asker);
  const verdict = judgeLines(wanted) ?? judgeOutcomes(policy, order, request, wanted);
  return verdict.kind === 'deny'
    ? withAlternatives(verdict, wanted, (wish) => {
        const instead = { ...request, wish };
        return judgeLines(wantedLines(policy, order, instead, now, asker))?.kind !== 'deny';
      })
    : verdict;
}

function judgeOrder(order: Order, request: ReturnRequest): Verdict | undefined {
  const broken = orderRules.find((rule) => rule.isBroken(order, request));
  return broken && { kind: 'deny', rule: broken.id, say: broken.say(order) };
}

/** Denials before what a person may still allow, and of each the base before the rules. */
function judgeLines(wanted: readonly WantedLine[]): Verdict | undefined {
  return (
    brokenBase(wanted, 'deny') ??
    decidedByRule(wanted, 'deny') ??
    brokenBase(wanted, 'needs-person') ??
    decidedByRule(wanted, 'needs-person')
  );
}

function brokenBase(wanted: readonly WantedLine[], kind: 'deny' | 'needs-person'): Verdict | undefined {
  for (const rule of lineRules.filter((one) => one.kind === kind)) {
    const broken = wanted.filter((item) => rule.isBroken(item));
    const [first] = broken;
    if (first === undefined) continue;
    return { kind, rule: rule.id, say: rule.say(listTitles(broken), first.policy) + others(broken, wanted) };
  }
  return undefined;
}

function decidedByRule(wanted: readonly WantedLine[], kind: 'deny' | 'needs-person'): Verdict | undefined {
  const meant = wanted.filter(({ outcomes }) => outcomes.decision?.value.kind === kind);
  const first = firstDecided(meant.map(({ outcomes }) => outcomes.decision));
  if (first === undefined || first.value.kind === 'accept') return undefined;
  const lines = meant.filter(({ outcomes }) => outcomes.decision?.rule === first.rule);
  const said = first.value.say ?? 'A person has to look at this';
  const say = `${said.replace(/[.\s]+$/, '')} (${listTitles(lines)}).${others(lines, wanted)}`;
  return { kind, rule: first.rule, say };
}

function others(meant: readonly WantedLine[], wanted: readonly WantedLine[]): string {
  return meant.length < wanted.length ? ' You can ask about the other items on their own.' : '';
}

/** Offers only what would not be denied in turn. */
function withAlternatives(
  verdict: Extract<Verdict, { readonly kind: 'deny' }>,
  wanted: readonly WantedLine[],
  isOpen: (wish: ReturnWish) => boolean,
): Verdict {
  const named = wanted.flatMap(({ outcomes }) => outcomes.alternatives?.value ?? []);
  const offered = alternatives.filter(
    (alternative) =>
      (verdict.alternatives?.includes(alternative) || named.includes(alternative)) &&
      (alternative === 'person' || isOpen(alternative)),
  );
  if (offered.length === 0) return { kind: 'deny', rule: verdict.rule, say: verdict.say };
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(offered.map((one) => asOffer[one]));
  return { ...verdict, say: `${verdict.say} I can offer you ${list} instead.`, alternatives: offered };
}

const asOffer: Readonly<Record<Alternative, string>> = {
  store_credit: 'store credit',
  exchange: 'an exchange',
  person: 'a look at it by a person',
};

function listTitles(lines: readonly JudgedLine[]): string {
  return [...new Set(lines.map(({ line }) => line.title))].join(', ');
}
