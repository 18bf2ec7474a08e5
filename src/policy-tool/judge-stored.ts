import { judge } from '../returns/judge.ts';
import { compareMoney, type Money, money, subtractMoney, zero } from '../returns/money.ts';
import type { Acceptance, Policy, Verdict } from '../returns/policy.ts';
import type { StoredRequest } from '../storage/return-requests.ts';
import { estimateRefund } from './estimate-refund.ts';

export type Answer = 'accepted' | 'denied' | 'for a person';

export type Judgement = { readonly answer: Answer; readonly rule: string; readonly amount: Money };

export type Rejudged = {
  readonly before: Judgement;
  readonly after: Judgement;
  /** The amount after is from prices, which the shop may not refund in full. */
  readonly isEstimate: boolean;
};

/** What was answered then, and what `policy` would have answered then. */
export function judgeStored(row: StoredRequest, old: Policy | undefined, policy: Policy): Rejudged {
  const { facts, request, createdAt, asker } = row;
  const before: Judgement = {
    answer: answers[row.verdict],
    rule: row.rule,
    amount: row.amountMinor === null ? zero(facts.currency) : money(row.amountMinor, facts.currency),
  };
  const by = (one: Policy) => judge(one, facts, request, createdAt, asker ?? undefined);
  const [then, now] = [old && by(old), by(policy)];
  // The policy had accepted it and the shop's own figures had not; they are the same under any policy.
  const isShops = before.answer !== 'accepted' && then?.kind === 'accept';
  if (isShops && now.kind === 'accept') return { before, after: before, isEstimate: false };
  if (now.kind !== 'accept') {
    return { before, after: { ...toJudgement(now), amount: zero(facts.currency) }, isEstimate: false };
  }
  const same = before.answer === 'accepted' && then?.kind === 'accept' ? then : undefined;
  const after = { ...toJudgement(now), amount: amountOf(row, before.amount, same, now) };
  return { before, after, isEstimate: !same };
}

/** Of what was quoted, the difference that other fees make; else what the prices come to. */
function amountOf(
  { facts, request }: StoredRequest,
  quoted: Money,
  then: Acceptance | undefined,
  now: Acceptance,
): Money {
  const estimated = estimateRefund(facts, request, now);
  if (!then) return estimated;
  const difference = subtractMoney(estimated, estimateRefund(facts, request, then));
  const amount = money(quoted.minor + difference.minor, quoted.currency);
  return compareMoney(amount, zero(quoted.currency)) < 0 ? zero(quoted.currency) : amount;
}

function toJudgement({ kind, rule }: Verdict): Pick<Judgement, 'answer' | 'rule'> {
  return { answer: answers[kind], rule };
}

const answers: Readonly<Record<Verdict['kind'], Answer>> = {
  accept: 'accepted',
  deny: 'denied',
  'needs-person': 'for a person',
};
