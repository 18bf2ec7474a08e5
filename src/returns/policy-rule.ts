import type { FactName } from './rule-facts.ts';

/** One of the rules under `rules:` of a policy, in its one canonical form. */
export type PolicyRule = {
  /** Shown to people and stored with what it decided. */
  readonly id: string;
  /** Lower is asked first; among equals, the place in the file decides. */
  readonly priority: number;
  /** All of them must hold. Sorted by fact. */
  readonly when: readonly Condition[];
  readonly outcomes: Outcomes;
};

export type Condition = { readonly fact: FactName; readonly test: FactTest };

export type FactTest = WordsTest | RangeTest | DatesTest | FlagTest;

/** Entries are folded; one that ends in `*` stands for everything that begins so. */
export type WordsTest = {
  readonly kind: 'words';
  readonly any?: readonly string[];
  readonly all?: readonly string[];
  readonly none?: readonly string[];
};

/** Bounds are plain decimals, without zeros at the end. */
export type RangeTest = {
  readonly kind: 'range';
  readonly exactly?: string;
  readonly above?: string;
  readonly atLeast?: string;
  readonly atMost?: string;
  readonly below?: string;
  /** Counts only what happened in as many days before the request. */
  readonly withinDays?: number;
};

/** Whole days in UTC, both included, as `2026-11-15`. */
export type DatesTest = { readonly kind: 'dates'; readonly from?: string; readonly until?: string };

export type FlagTest = { readonly kind: 'flag'; readonly is: boolean };

/** Each key is a kind of outcome: the first rule that holds and has it decides it. */
export type Outcomes = {
  readonly decision?: RuleDecision;
  readonly approval?: ApprovalDemand;
  readonly windowDays?: number;
  readonly bypassFinalSale?: boolean;
  readonly restockingFeePercent?: number;
  /** Plain decimal in the shop's currency. */
  readonly returnShippingFee?: string;
  readonly refundTo?: Destination;
  readonly refundShipping?: 'never' | 'always' | 'our_fault';
  readonly refundWhen?: 'at_once' | 'on_arrival';
  readonly photoRequired?: boolean;
  readonly keepItem?: boolean;
  readonly label?: string;
  readonly tagOrder?: readonly string[];
  readonly tagCustomer?: readonly string[];
  readonly note?: string;
  readonly alternatives?: readonly Alternative[];
};

export type RuleDecision =
  | { readonly kind: 'accept' }
  | { readonly kind: 'deny'; readonly say: string }
  | { readonly kind: 'needs-person'; readonly say?: string };

/** Whatever the amount is. Without approvers, those of SLACK_APPROVERS. */
export type ApprovalDemand = { readonly people: number; readonly approvers?: readonly string[] };

export type Destination =
  | { readonly to: 'original' | 'exchange' }
  | { readonly to: 'store_credit'; readonly bonusPercent: number };

export const alternatives = ['store_credit', 'exchange', 'person'] as const;
export type Alternative = (typeof alternatives)[number];

/** In the order in which they are asked. */
export function byPriority(rules: readonly PolicyRule[]): readonly PolicyRule[] {
  return rules.toSorted((left, right) => left.priority - right.priority);
}
