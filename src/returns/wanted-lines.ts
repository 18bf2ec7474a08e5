import type { JudgedLine } from './line-rules.ts';
import type { Order, OrderLine } from './order.ts';
import type { Policy } from './policy.ts';
import type { ReturnRequest } from './return-request.ts';
import { knownFacts } from './rule-conditions.ts';
import type { AskerFacts } from './rule-facts.ts';
import { type LineOutcomes, outcomesFor } from './rule-outcomes.ts';

/** A line of the request under the policy as the rules leave it for this line. */
export type WantedLine = JudgedLine & { readonly outcomes: LineOutcomes };

/** Follows the order's own lines, so that the order in which a customer names them changes nothing. */
export function wantedLines(
  policy: Policy,
  order: Order,
  request: ReturnRequest,
  now: Date,
  asker: AskerFacts | undefined,
): readonly WantedLine[] {
  return order.lines
    .map((line) => ({ line, quantity: quantityOf(request, line) }))
    .filter(({ quantity }) => quantity > 0)
    .map((item) => {
      const subject = { ...item, order, request, asker, now };
      const outcomes = policy.rules ? outcomesFor(policy.rules, knownFacts(subject)) : {};
      return { ...item, order, now, outcomes, policy: policyFor(policy, outcomes) };
    });
}

export function listTitles(lines: readonly JudgedLine[]): string {
  return [...new Set(lines.map(({ line }) => line.title))].join(', ');
}

export function sayOthers(meant: readonly WantedLine[], wanted: readonly WantedLine[]): string {
  return meant.length < wanted.length ? ' You can ask about the other items on their own.' : '';
}

function policyFor(policy: Policy, { windowDays, bypassFinalSale }: LineOutcomes): Policy {
  return {
    ...policy,
    ...(windowDays && { windowDays: windowDays.value }),
    ...(bypassFinalSale?.value && { finalSaleTags: [] }),
  };
}

function quantityOf(request: ReturnRequest, line: OrderLine): number {
  return request.lines
    .filter(({ lineId }) => lineId === line.id)
    .reduce((total, { quantity }) => total + quantity, 0);
}
