import type { Order } from './order.ts';
import type { Acceptance, Policy, RuleId, Verdict } from './policy.ts';
import type { ApprovalDemand } from './policy-rule.ts';
import type { ReturnRequest } from './return-request.ts';
import { type Decided, firstDecided, type LineOutcomes, strictestDestination } from './rule-outcomes.ts';
import type { WantedLine } from './wanted-lines.ts';

/** The outcomes of all lines as one: of each kind the strictest. Expects lines that nothing refuses. */
export function judgeOutcomes(
  policy: Policy,
  order: Order,
  request: ReturnRequest,
  wanted: readonly WantedLine[],
): Verdict {
  const all = wanted.map(({ outcomes }) => outcomes);
  const isOurFault = policy.feeWaivedFor.includes(request.reason);
  return (
    whatAPersonMustDo(all, request, isOurFault) ??
    judgeWish(all, request) ??
    accept(policy, order, all, isOurFault)
  );
}

/** What a rule asks for and this program does not do by itself. Never left out, never pretended. */
function whatAPersonMustDo(
  all: readonly LineOutcomes[],
  request: ReturnRequest,
  isOurFault: boolean,
): Verdict | undefined {
  const shipping = all.map(({ refundShipping }) => refundShipping?.value);
  if (shipping.some((when) => when === 'always' || (when === 'our_fault' && isOurFault))) {
    return person('shipping-refund-by-person', 'A person has to refund the shipping with this one.');
  }
  if (all.some(({ refundWhen }) => refundWhen?.value === 'on_arrival')) {
    return person('refund-on-arrival-by-person', 'This is refunded once it has arrived, by a person.');
  }
  if (all.some(({ photoRequired }) => photoRequired?.value) && request.photoGiven !== true) {
    return person('photo-required', 'A person has to see a photo of this first.');
  }
  if (all.some(({ label }) => label)) {
    return person('label-by-person', 'A person will send you what you need to return this.');
  }
  if (all.some(({ tagOrder, tagCustomer }) => tagOrder ?? tagCustomer)) {
    return person('tags-by-person', 'A person has to complete this one.');
  }
  return undefined;
}

function judgeWish(all: readonly LineOutcomes[], { wish }: ReturnRequest): Verdict | undefined {
  const destination = strictestDestination(all)?.value.to;
  if (destination === 'exchange') {
    return person('exchange-by-person', 'This can be exchanged, which is arranged by a person here.');
  }
  if (destination === 'store_credit') {
    return person('store-credit-by-person', 'This is returned for store credit, which a person here gives.');
  }
  if (wish === 'refund') return undefined;
  const thing = wish === 'exchange' ? 'Exchanges are' : 'Store credit is';
  return person('wish-not-offered', `${thing} arranged by a person here.`);
}

function accept(policy: Policy, order: Order, all: readonly LineOutcomes[], isOurFault: boolean): Verdict {
  const fee = largest(all.flatMap(({ returnShippingFee }) => returnShippingFee?.value ?? []));
  const charged = isOurFault || Number(fee) === 0 ? undefined : fee;
  if (charged !== undefined && order.currency !== order.shopCurrency) {
    return person('fee-in-other-currency', 'A person has to work out the fee for this one.');
  }
  const approval = strictestDemand(all);
  const note = all.flatMap((one) => one.note ?? []).toSorted(byRank);
  return {
    kind: 'accept',
    rule: nameRule(all),
    feePercent: isOurFault ? 0 : Math.max(...all.map((one) => feeOf(one, policy))),
    ...(charged !== undefined && { returnShippingFee: charged }),
    ...(approval && { approval }),
    ...(all.every(({ keepItem }) => keepItem?.value) && { keepItem: true }),
    ...(note.length > 0 && { note: [...new Set(note.map(({ value }) => value))].join(' ') }),
  } satisfies Acceptance;
}

function feeOf({ restockingFeePercent }: LineOutcomes, policy: Policy): number {
  return restockingFeePercent?.value ?? policy.restockingFeePercent;
}

/** The rule that accepted it, else the one that opened the window. */
function nameRule(all: readonly LineOutcomes[]): string {
  const accepted = firstDecided(all.map(({ decision }) => decision));
  return (accepted ?? firstDecided(all.map(({ windowDays }) => windowDays)))?.rule ?? 'within-window';
}

/** The one that asks most people; among equals the rule asked first. */
function strictestDemand(all: readonly LineOutcomes[]): ApprovalDemand | undefined {
  return all
    .flatMap(({ approval }) => approval ?? [])
    .toSorted((left, right) => right.value.people - left.value.people || byRank(left, right))[0]?.value;
}

function byRank(left: Decided<unknown>, right: Decided<unknown>): number {
  return left.rank - right.rank;
}

function largest(decimals: readonly string[]): string | undefined {
  return decimals.toSorted((left, right) => Number(right) - Number(left))[0];
}

function person(rule: RuleId, say: string): Verdict {
  return { kind: 'needs-person', rule, say };
}
