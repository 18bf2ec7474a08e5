import { foldTag } from './fold-tag.ts';
import type { Order, OrderLine } from './order.ts';
import type { Policy, RuleId } from './policy.ts';
import { countDays, countUnits, isWithinWindow, shippedUnits, type UnitsSince } from './return-window.ts';

type LineRule = {
  readonly id: RuleId;
  readonly kind: 'deny' | 'needs-person';
  readonly isBroken: (item: JudgedLine) => boolean;
  readonly say: (titles: string, policy: Policy) => string;
};

export type JudgedLine = {
  /** As the rules leave it for this line. */
  readonly policy: Policy;
  readonly order: Order;
  readonly line: OrderLine;
  readonly quantity: number;
  readonly now: Date;
};

/** The first one broken decides: denials before what a person may still allow. */
export const lineRules: readonly LineRule[] = [
  {
    id: 'gift-card',
    kind: 'deny',
    isBroken: ({ policy, line }) => policy.nonReturnable.giftCards && line.isGiftCard,
    say: (titles) => `Gift cards can't be returned (${titles}).`,
  },
  {
    id: 'final-sale',
    kind: 'deny',
    isBroken: ({ policy, line }) =>
      line.productTags.some((tag) => policy.finalSaleTags.includes(foldTag(tag))),
    say: (titles) => `Final sale items can't be returned (${titles}).`,
  },
  {
    id: 'non-returnable-type',
    kind: 'deny',
    isBroken: ({ policy, line }) =>
      line.productType !== undefined && policy.nonReturnable.productTypes.includes(foldTag(line.productType)),
    say: (titles) => `This kind of item can't be returned (${titles}).`,
  },
  {
    id: 'already-refunded',
    kind: 'deny',
    isBroken: ({ line, quantity }) => quantity > line.refundableQuantity,
    say: (titles) => `This has already been refunded (${titles}).`,
  },
  {
    id: 'window-closed',
    kind: 'deny',
    isBroken: (item) => !isUnshipped(item) && countUnits(openUnits(item)) < item.quantity,
    say: (titles, { windowDays }) => `The return window of ${countDays(windowDays)} has closed (${titles}).`,
  },
  {
    id: 'not-shipped',
    kind: 'needs-person',
    isBroken: isUnshipped,
    say: (titles) => `This has not been shipped yet, so a person has to look at it (${titles}).`,
  },
  {
    id: 'not-delivered',
    kind: 'needs-person',
    isBroken: (item) =>
      !item.policy.allowUndelivered &&
      countUnits(openUnits(item).filter(({ delivered }) => delivered)) < item.quantity,
    say: (titles) =>
      `This has not been reported as delivered yet, so a person has to look at it (${titles}).`,
  },
];

function isUnshipped({ line, quantity }: JudgedLine): boolean {
  return line.requiresShipping && quantity > line.refundableQuantity - line.unfulfilledQuantity;
}

/** Units that may come back. Which unit of a line is returned cannot be told, so any that may, counts. */
function openUnits({ policy, order, line, now }: JudgedLine): readonly UnitsSince[] {
  return shippedUnits(order, line).filter(
    ({ start, delivered }) =>
      isWithinWindow(start, policy.windowDays, now) || (!delivered && !policy.allowUndelivered),
  );
}
