import type { ReturnReason, ReturnWish } from '../returns/return-request.ts';

/**
 * The vocabulary between the tools and the models: argument and result shapes, in snake_case because
 * models read them as JSON. Amounts are already formatted (`$24.00`): models never do sums.
 */
export type FindOrderArguments = { readonly order_number: string | null };
/** `outdated`: the shop cannot be asked, and this is what was read a while ago. */
export type FindOrderResult =
  | { readonly status: 'found'; readonly order: OrderView; readonly outdated?: string }
  /** No order number given and the sender's phone is known to the shop. */
  | { readonly status: 'choose'; readonly orders: readonly OrderChoice[]; readonly outdated?: string }
  | NotFound
  | Unavailable;

export type CheckReturnArguments = {
  readonly order_number: string;
  readonly items: readonly {
    readonly line_id: string;
    readonly quantity: number;
    /** With the wish for an exchange: the `ref` of a variant that `choose_variant` listed, or its title. */
    readonly exchange_for: string | null;
  }[];
  readonly reason: ReturnReason;
  readonly wish: ReturnWish;
};
export type CheckReturnResult =
  | {
      readonly status: 'quoted';
      readonly quote_id: string;
      readonly order_number: string;
      readonly items: readonly ItemView[];
      readonly amount: string;
      /** What was kept back, e.g. a restocking fee. */
      readonly fee: string | null;
      readonly needs_approval: boolean;
      readonly rule: string;
      /** When the money moves; `on_arrival`: once what is sent back is there. */
      readonly settles: 'at_once' | 'on_arrival' | 'cancels_order';
      /** The part of `amount` that becomes store credit. */
      readonly store_credit: string | null;
      /** What is sent out in return: `1 x Field Jacket (L)`. Empty: nothing. */
      readonly exchange: readonly string[];
      /** A sentence that says all of it and asks for the yes; may be sent as it is. */
      readonly say: string;
    }
  /** An exchange, and it is not said yet for what: call again with one of these. */
  | {
      readonly status: 'choose_variant';
      /** The line the question is about. */
      readonly line_id: string;
      readonly variants: readonly VariantView[];
      readonly say: string;
    }
  | { readonly status: 'denied'; readonly rule: string; readonly say: string }
  | { readonly status: 'needs_person'; readonly rule: string; readonly say: string }
  /** Call again once the customer has sent a photo. */
  | { readonly status: 'needs_photo'; readonly rule: string; readonly say: string }
  /** The request does not fit the order: wrong line, more than was bought, already returned. */
  | { readonly status: 'invalid'; readonly problem: string; readonly say: string }
  | NotFound
  | Unavailable;

/** Of a whole order that has not been shipped. `submit_return` takes the quote. */
export type CheckCancellationArguments = { readonly order_number: string };
export type CheckCancellationResult =
  | {
      readonly status: 'quoted';
      readonly quote_id: string;
      readonly order_number: string;
      readonly items: readonly ItemView[];
      /** Everything that was paid and not refunded yet. */
      readonly amount: string;
      readonly needs_approval: boolean;
      readonly rule: string;
      /** Says all of it and asks for the yes; may be sent as it is. */
      readonly say: string;
    }
  | { readonly status: 'denied' | 'needs_person'; readonly rule: string; readonly say: string }
  | NotFound
  | Unavailable;

export type VariantView = {
  readonly ref: string;
  /** `Blue / L`. */
  readonly title: string;
  readonly available: boolean;
  /** `$8.00 more`; null when it costs the same. */
  readonly price_difference: string | null;
};

export type SubmitReturnArguments = { readonly quote_id: string };
export type SubmitReturnResult =
  /** The refund is under way; the customer is told the outcome by the program. */
  | { readonly status: 'submitted'; readonly amount: string; readonly say: string }
  | { readonly status: 'awaiting_approval'; readonly amount: string; readonly say: string }
  | { readonly status: 'already_submitted'; readonly state: string; readonly say: string }
  /** No yes was heard after the quote was shown. */
  | { readonly status: 'not_confirmed'; readonly say: string }
  /** Call check_return again. */
  | { readonly status: 'expired' | 'changed'; readonly say: string }
  | { readonly status: 'needs_person'; readonly say: string }
  | NotFound
  | Unavailable;

/** Null: of everything the sender has agreed to send back. */
export type CancelReturnArguments = { readonly order_number: string | null };
export type CancelReturnResult =
  /** The customer keeps what they were to send back, and is told by the program when that is done. */
  | { readonly status: 'withdrawing'; readonly order_number: string; readonly say: string }
  | { readonly status: 'nothing_open'; readonly say: string }
  /** It came already: what happens now follows from that. */
  | { readonly status: 'arrived_already'; readonly say: string }
  /** Call again with the order number of one of them. */
  | { readonly status: 'choose'; readonly order_numbers: readonly string[]; readonly say: string }
  | NotFound
  | Unavailable;

export type ProveIdentityArguments = {
  readonly order_number: string;
  readonly email: string;
  readonly postal_code: string;
};
export type ProveIdentityResult =
  | { readonly status: 'verified'; readonly order: OrderView }
  | { readonly status: 'not_verified'; readonly say: string }
  /** Too many wrong proofs; a person has been told. */
  | { readonly status: 'locked'; readonly say: string }
  | Unavailable;

/** To the phone on the order; what it says is the same where there is no such order or phone. */
export type SendCodeArguments = { readonly order_number: string };
export type SendCodeResult =
  | { readonly status: 'code_asked'; readonly say: string }
  /** It needs no code: the sender owns it. */
  | { readonly status: 'verified'; readonly order: OrderView }
  /** Too many today, or nothing here sends texts. */
  | { readonly status: 'no_code'; readonly say: string }
  | { readonly status: 'locked'; readonly say: string }
  | Unavailable;

export type CheckCodeArguments = { readonly order_number: string; readonly code: string };

export type HandOffArguments = { readonly reason: string };
export type HandOffResult = { readonly status: 'handed_off'; readonly say: string };

export type ReturnStatusArguments = { readonly order_number: string | null };
export type ReturnStatusResult =
  | {
      readonly status: 'known';
      /** Newest first, at most three. Empty: no refund is known. */
      readonly refunds: readonly RefundStatusView[];
      readonly returns: readonly ReturnView[];
      /** Says all of it, and is true whatever the state; may be sent as it is. Only this vouches for figures. */
      readonly say: string;
    }
  | NotFound
  | Unavailable;

export type RefundStatusView = {
  readonly order_number: string;
  readonly amount: string | null;
  readonly state:
    | 'awaiting_approval'
    | 'offered'
    | 'under_way'
    | 'checking'
    | 'made'
    | 'payment_pending'
    | 'payment_failed'
    | 'denied'
    | 'expired'
    | 'offer_expired'
    | 'stale'
    | 'rejected'
    | 'awaiting_arrival'
    | 'withdrawn'
    | 'not_received'
    | 'by_hand';
  /** The day it got there. */
  readonly on: string;
  readonly reason: string | null;
  /** By people in the shop's admin, not by this program. */
  readonly made_by_hand: boolean;
};
export type ReturnView = { readonly name: string; readonly state: string };

/** Staff only: the orders of a person, by the phone number or e-mail address a colleague gave. */
export type FindCustomerArguments = { readonly phone: string | null; readonly email: string | null };
export type FindCustomerResult =
  | { readonly status: 'choose'; readonly orders: readonly OrderChoice[] }
  | { readonly status: 'no_orders'; readonly say: string }
  | { readonly status: 'invalid'; readonly say: string }
  | Unavailable;

/** Staff only: the refunds of today, since midnight UTC. */
export type ListRefundsArguments = Readonly<Record<string, never>>;
export type ListRefundsResult = {
  readonly status: 'listed';
  /** Newest first, at most 20. */
  readonly refunds: readonly {
    readonly order_number: string;
    readonly amount: string;
    readonly state: string;
    readonly at: string;
  }[];
  /** Of those that were made, one per currency, formatted. */
  readonly total_refunded: readonly string[];
  /** A sentence or list that says all of it; may be sent as it is. */
  readonly say: string;
};

/** The same words for an unknown order, somebody else's, and one not yet proven. */
export type NotFound = { readonly status: 'not_found'; readonly say: string };
/** The shop cannot be asked right now. */
export type Unavailable = { readonly status: 'unavailable'; readonly say: string };
/** Arguments that do not fit the tool's schema, or a tool that does not exist. */
export type BadCall = { readonly status: 'bad_call'; readonly problem: string };

export type OrderView = {
  readonly order_number: string;
  readonly placed_on: string;
  readonly delivered_on: string | null;
  readonly cancelled: boolean;
  readonly items: readonly OrderItemView[];
};
export type OrderItemView = ItemView & {
  readonly line_id: string;
  readonly returnable_quantity: number;
  readonly unit_price: string;
};
export type ItemView = { readonly title: string; readonly variant: string | null; readonly quantity: number };
export type OrderChoice = {
  readonly order_number: string;
  readonly placed_on: string;
  readonly items: readonly { readonly title: string; readonly quantity: number }[];
};

/** What code knows about the conversation; given to the model with every request. */
export type ConversationFacts = {
  readonly store_name: string;
  readonly channel: string;
  readonly party: 'customer' | 'staff';
  /** The sender writes from a phone number, so the shop may know their orders. */
  readonly phone_known: boolean;
  /** Order numbers this sender has proven to own, still valid. */
  readonly proven_orders: readonly string[];
  /** Order numbers a code was asked for and not entered yet, newest first. There need be no such orders. */
  readonly codes_awaited?: readonly string[];
  /** Quotes waiting for a yes, newest first. */
  readonly open_quotes: readonly {
    readonly quote_id: string;
    readonly order_number: string;
    readonly amount: string;
    readonly items: readonly ItemView[];
    /** When the money moves; `on_arrival`: once what is sent back is there. */
    readonly settles: 'at_once' | 'on_arrival' | 'cancels_order';
    /** The part of `amount` that becomes store credit. */
    readonly store_credit: string | null;
    /** What is sent out in return: `1 x Field Jacket (L)`. Empty: nothing. */
    readonly exchange: readonly string[];
    /** False until a reply that names the amount was sent. */
    readonly shown: boolean;
  }[];
  /** Refunds of this conversation, newest first, at most five. */
  readonly refunds: readonly {
    readonly order_number: string;
    readonly amount: string;
    readonly state: string;
  }[];
  /** Returns of this conversation that were opened in the shop and wait for the goods, newest first. */
  readonly returns: readonly {
    /** The shop's own, `#1001-R1`; null until the shop opened it. */
    readonly name: string | null;
    readonly order_number: string;
    readonly items: readonly ItemView[];
    /** The day on which it is closed if nothing arrived. */
    readonly open_until: string | null;
  }[];
  /** The policy in sentences, generated from the policy that judges. */
  readonly policy: readonly string[];
  /** What was quoted and decided before the texts that are shown, oldest first; absent: nothing. */
  readonly earlier?: readonly string[];
};
