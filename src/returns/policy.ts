import { createHash } from 'node:crypto';
import { type ApprovalTier, canonicalTiers } from './approval-tier.ts';
import { canonicalJson } from './canonical-json.ts';
import { foldTag } from './fold-tag.ts';
import { type Alternative, type ApprovalDemand, byPriority, type PolicyRule } from './policy-rule.ts';
import { type ReturnReason, type ReturnWish, returnWishes } from './return-request.ts';

/** What a shop takes back. Data only: `judge` applies it, `explainPolicy` says it. */
export type Policy = PolicyRules & {
  /** The first 12 hex digits of the SHA-256 of the rules: equal rules have equal versions. */
  readonly version: string;
};

export type PolicyRules = {
  readonly windowDays: number;
  /** Lower case; products tagged so are never taken back. */
  readonly finalSaleTags: readonly string[];
  readonly nonReturnable: {
    readonly giftCards: boolean;
    /** Lower case product types, e.g. `underwear`. */
    readonly productTypes: readonly string[];
  };
  /** 0 to 100, at most two decimals. */
  readonly restockingFeePercent: number;
  /** Reasons that are the shop's doing: nothing is kept back for them. */
  readonly feeWaivedFor: readonly ReturnReason[];
  /**
   * Carriers often never report a delivery, so by default a shipment without one counts from the day it was
   * sent. False hands such returns to a person.
   */
  readonly allowUndelivered: boolean;
  /** What a customer may wish for where no rule says otherwise. */
  readonly offers: readonly ReturnWish[];
  /** Told to whoever sends something back: where to, and what to put with it. */
  readonly returnInstructions?: string;
  /** After so many days a return of which nothing arrived is closed. */
  readonly closeReturnsAfterDays: number;
  /** Whether customers may cancel what was not shipped. */
  readonly cancelBeforeShipping: boolean;
  /** Lowest amount first. Without them everything above the threshold needs one person. */
  readonly approvalTiers?: readonly ApprovalTier[];
  /** In the order in which they are asked. They come on top of all of the above. */
  readonly rules?: readonly PolicyRule[];
};

export type Verdict =
  | Acceptance
  | {
      readonly kind: 'deny';
      readonly rule: string;
      readonly say: string;
      /** What the customer may ask for instead; `say` offers it. */
      readonly alternatives?: readonly (Alternative | 'refund')[];
    }
  | { readonly kind: 'needs-person'; readonly rule: string; readonly say: string };

export type Acceptance = {
  readonly kind: 'accept';
  /** A `RuleId`, or the id of one of the policy's own rules. */
  readonly rule: string;
  readonly feePercent: number;
  /** Plain decimal in the shop's currency, once for all lines. */
  readonly returnShippingFee?: string;
  readonly approval?: ApprovalDemand;
  readonly keepItem?: true;
  /** Left out: the money goes back the way it came. In an exchange this is about what is left of it. */
  readonly storeCredit?: { readonly bonusPercent: number };
  /** What is left of the order's shipping goes back too. */
  readonly refundShipping?: true;
  /** Left out: at once. */
  readonly settles?: 'on_arrival';
  /** Where the label is; `{order}` stands for the order's number. */
  readonly label?: string;
  readonly tags?: { readonly order: readonly string[]; readonly customer: readonly string[] };
  /** For staff. */
  readonly note?: string;
};

/** Stored with every quote and shown to people: never rename one. No rule of a policy may be called so. */
export const ruleIds = [
  'within-window',
  'window-closed',
  'final-sale',
  'gift-card',
  'non-returnable-type',
  'not-shipped',
  'not-delivered',
  'cancelled-order',
  'already-refunded',
  'foreign-order',
  'wish-not-offered',
  'payments-too-small',
  'approval-not-set-up',
  'exchange-by-person',
  'exchange-costs-more',
  'store-credit-by-person',
  'return-by-person',
  'photo-required',
  'fee-in-other-currency',
  'cancel-before-shipping',
  'cancelling-not-offered',
  'already-shipped',
  'partly-shipped',
  'nothing-to-cancel',
  'cancellation-differs',
] as const;
export type RuleId = (typeof ruleIds)[number];

export function defaultPolicy({ windowDays }: { readonly windowDays: number }): Policy {
  return versionPolicy({
    windowDays,
    finalSaleTags: ['final-sale', 'final sale'],
    nonReturnable: { giftCards: true, productTypes: [] },
    restockingFeePercent: 0,
    feeWaivedFor: ['damaged', 'wrong_item', 'not_as_described'],
    allowUndelivered: true,
    offers: returnWishes,
    closeReturnsAfterDays: defaultCloseAfterDays,
    cancelBeforeShipping: true,
  });
}

/** Lists are sets: spelling and order of their entries make no other version. */
export function versionPolicy(rules: PolicyRules): Policy {
  const canonical: PolicyRules = {
    windowDays: rules.windowDays,
    finalSaleTags: asSet(rules.finalSaleTags.map(foldTag)),
    nonReturnable: {
      giftCards: rules.nonReturnable.giftCards,
      productTypes: asSet(rules.nonReturnable.productTypes.map(foldTag)),
    },
    restockingFeePercent: rules.restockingFeePercent,
    feeWaivedFor: asSet(rules.feeWaivedFor),
    allowUndelivered: rules.allowUndelivered,
    offers: asSet(rules.offers),
    ...(rules.returnInstructions && { returnInstructions: rules.returnInstructions }),
    closeReturnsAfterDays: rules.closeReturnsAfterDays,
    cancelBeforeShipping: rules.cancelBeforeShipping,
    // Left out when there are none: the version of a policy without tiers is stored with approvals.
    ...(rules.approvalTiers?.length && { approvalTiers: canonicalTiers(rules.approvalTiers) }),
    ...(rules.rules?.length && { rules: byPriority(rules.rules) }),
  };
  const version = createHash('sha256')
    .update(canonicalJson(versioned(canonical)))
    .digest('hex')
    .slice(0, 12);
  return { ...canonical, version };
}

/** What came later is left out where it says nothing new: the versions of policies without it are stored. */
function versioned({
  offers,
  closeReturnsAfterDays,
  cancelBeforeShipping,
  ...rules
}: PolicyRules): Partial<PolicyRules> {
  return {
    ...rules,
    ...(offers.length < returnWishes.length && { offers }),
    ...(closeReturnsAfterDays !== defaultCloseAfterDays && { closeReturnsAfterDays }),
    ...(!cancelBeforeShipping && { cancelBeforeShipping }),
  };
}

const defaultCloseAfterDays = 30;

function asSet<Entry extends string>(entries: readonly Entry[]): readonly Entry[] {
  return [...new Set(entries)].toSorted();
}
