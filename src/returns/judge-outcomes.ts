import { bonusPercentOf, judgeWish } from './judge-wish.ts';
import type { Order } from './order.ts';
import type { Acceptance, Policy, RuleId, Verdict } from './policy.ts';
import type { ApprovalDemand } from './policy-rule.ts';
import type { ReturnRequest } from './return-request.ts';
import { type Decided, firstDecided, type LineOutcomes } from './rule-outcomes.ts';
import type { WantedLine } from './wanted-lines.ts';

/** The outcomes of all lines as one: of each kind the strictest. Expects lines that nothing refuses. */
export function judgeOutcomes(
  policy: Policy,
  order: Order,
  request: ReturnRequest,
  wanted: readonly WantedLine[],
): Verdict {
  const all = wanted.map(({ outcomes }) => outcomes);
  return (
    judgeWish(policy, wanted, request.wish) ??
    whatAPersonMustDo(all, request) ??
    accept(policy, order, request, wanted)
  );
}

/** What a rule asks for and this program does not do by itself. Never left out, never pretended. */
function whatAPersonMustDo(all: readonly LineOutcomes[], request: ReturnRequest): Verdict | undefined {
  if (all.some(({ photoRequired }) => photoRequired?.value) && request.photoGiven !== true) {
    return person('photo-required', 'A person has to see a photo of this first.');
  }
  if (keepsAll(all) && request.wish === 'exchange') {
    return person('exchange-by-person', 'A person has to send out another one of this.');
  }
  return undefined;
}

function accept(
  policy: Policy,
  order: Order,
  { reason, wish }: ReturnRequest,
  wanted: readonly WantedLine[],
): Verdict {
  const all = wanted.map(({ outcomes }) => outcomes);
  const isOurFault = policy.feeWaivedFor.includes(reason);
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
    ...destinationOf(wish, wanted),
    ...(wish !== 'exchange' && refundsShipping(all, isOurFault) && { refundShipping: true }),
    ...wayBack(all, wish),
    ...tagsOf(all),
    ...(note.length > 0 && { note: [...new Set(note.map(({ value }) => value))].join(' ') }),
  } satisfies Acceptance;
}

/** What an exchange leaves over follows the rule, but earns no bonus. */
function destinationOf(wish: ReturnRequest['wish'], wanted: readonly WantedLine[]): Partial<Acceptance> {
  if (wish === 'store_credit') return { storeCredit: { bonusPercent: bonusPercentOf(wanted) } };
  const isForCredit = wanted.some(({ outcomes }) => outcomes.refundTo?.value.to === 'store_credit');
  return wish === 'exchange' && isForCredit ? { storeCredit: { bonusPercent: 0 } } : {};
}

function refundsShipping(all: readonly LineOutcomes[], isOurFault: boolean): boolean {
  const shipping = all.map(({ refundShipping }) => refundShipping?.value);
  return shipping.some((when) => when === 'always' || (when === 'our_fault' && isOurFault));
}

/** Of what is kept nothing can arrive. What is sent out in return waits for what comes back. */
function wayBack(all: readonly LineOutcomes[], wish: ReturnRequest['wish']): Partial<Acceptance> {
  if (keepsAll(all)) return { keepItem: true };
  const waits = wish === 'exchange' || all.some(({ refundWhen }) => refundWhen?.value === 'on_arrival');
  const label = firstDecided(all.map((one) => one.label));
  return { ...(waits && { settles: 'on_arrival' }), ...(label && { label: label.value }) };
}

function keepsAll(all: readonly LineOutcomes[]): boolean {
  return all.every(({ keepItem }) => keepItem?.value);
}

function tagsOf(all: readonly LineOutcomes[]): Pick<Acceptance, 'tags'> {
  const order = asSet(all.flatMap(({ tagOrder }) => tagOrder?.value ?? []));
  const customer = asSet(all.flatMap(({ tagCustomer }) => tagCustomer?.value ?? []));
  return order.length + customer.length > 0 ? { tags: { order, customer } } : {};
}

function asSet(tags: readonly string[]): readonly string[] {
  return [...new Set(tags)].toSorted();
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
