import { judgeOutcomes } from './judge-outcomes.ts';
import { lineRules } from './line-rules.ts';
import type { Order } from './order.ts';
import { orderRules } from './order-rules.ts';
import type { Policy, RuleId, Verdict } from './policy.ts';
import { alternatives } from './policy-rule.ts';
import type { ReturnRequest, ReturnWish } from './return-request.ts';
import type { AskerFacts } from './rule-facts.ts';
import { firstDecided } from './rule-outcomes.ts';
import { listTitles, sayOthers, type WantedLine, wantedLines } from './wanted-lines.ts';

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
  if (verdict.kind !== 'deny') return verdict;
  return withAlternatives(verdict, wanted, (wish) => {
    const other = { ...request, wish };
    const lines = wantedLines(policy, order, other, now, asker);
    return (judgeLines(lines) ?? judgeOutcomes(policy, order, other, lines)).kind !== 'deny';
  });
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
    return {
      kind,
      rule: rule.id,
      say: rule.say(listTitles(broken), first.policy) + sayOthers(broken, wanted),
    };
  }
  return undefined;
}

function decidedByRule(wanted: readonly WantedLine[], kind: 'deny' | 'needs-person'): Verdict | undefined {
  const meant = wanted.filter(({ outcomes }) => outcomes.decision?.value.kind === kind);
  const first = firstDecided(meant.map(({ outcomes }) => outcomes.decision));
  if (first === undefined || first.value.kind === 'accept') return undefined;
  const lines = meant.filter(({ outcomes }) => outcomes.decision?.rule === first.rule);
  const said = first.value.say ?? 'A person has to look at this';
  const say = `${said.replace(/[.\s]+$/, '')} (${listTitles(lines)}).${sayOthers(lines, wanted)}`;
  return { kind, rule: first.rule, say };
}

/** Offers only what would not be denied in turn. */
function withAlternatives(
  verdict: Extract<Verdict, { readonly kind: 'deny' }>,
  wanted: readonly WantedLine[],
  isOpen: (wish: ReturnWish) => boolean,
): Verdict {
  const named = wanted.flatMap(({ outcomes }) => outcomes.alternatives?.value ?? []);
  const offered = insteadOf.filter(
    (one) =>
      (verdict.alternatives?.includes(one) || (one !== 'refund' && named.includes(one))) &&
      (one === 'person' || isOpen(one)),
  );
  const { kind, rule, say } = verdict;
  if (offered.length === 0) {
    return rule === wishNotOffered
      ? { kind: 'needs-person', rule, say: `${say} A person has to look at it.` }
      : { kind, rule, say };
  }
  const list = new Intl.ListFormat('en', { type: 'disjunction' }).format(offered.map((one) => asOffer[one]));
  return { ...verdict, say: `${say} I can offer you ${list} instead.`, alternatives: offered };
}

const wishNotOffered: RuleId = 'wish-not-offered';

const insteadOf = ['refund', ...alternatives] as const;

const asOffer: Readonly<Record<(typeof insteadOf)[number], string>> = {
  refund: 'a refund',
  store_credit: 'store credit',
  exchange: 'an exchange',
  person: 'a person to look at it',
};
