import type { ConversationFacts } from '../../ports/tools.ts';
import { type Consent, readConsent } from '../../returns/consent.ts';
import { findOrderNumbers } from '../../returns/order-number.ts';
import type { Alternative } from '../../returns/policy-rule.ts';
import type { ReturnReason, ReturnWish } from '../../returns/return-request.ts';
import { plainText, wordsOf } from './item-words.ts';
import { asksForReturn, asksWhichOrder, asksWhichVariant, type Phrases } from './phrases-en.ts';
import { readCode, wantsCode } from './read-code.ts';
import { type MessageReading, readMessage } from './read-message.ts';
import { readOffers, takeOffer } from './read-offer.ts';
import { readProof } from './read-proof.ts';
import type { Called, Said, Turn } from './read-turn.ts';
import { answersVariants, targetsIn } from './read-variant.ts';
import type { Topic, Vocabulary } from './vocabulary.ts';

/** Everything a step is chosen from. */
export type Situation = {
  readonly facts: ConversationFacts;
  readonly vocabulary: Vocabulary;
  readonly phrases: Phrases;
  readonly earlier: readonly Said[];
  readonly calls: readonly Called[];
  readonly text: string;
  /** Of all texts of the turn together: "only one" and then "yes" is no yes to both. */
  readonly consent: Consent;
  readonly reading: MessageReading;
  /** The texts of this turn, plain, without numbers and addresses: words that may name items. */
  readonly itemTexts: readonly string[];
  readonly request: Request;
  readonly proof: Proof;
  readonly quote: OpenQuote | undefined;
  /** What this turn takes of what our last text offered instead of a refund. */
  readonly taken: Alternative | 'which' | undefined;
  /** It says what an exchange is to be for. */
  readonly namesVariant: boolean;
};

export type OpenQuote = ConversationFacts['open_quotes'][number];

/** What the customer has asked for since the last request was settled. */
export type Request = {
  readonly wantsReturn: boolean;
  readonly orderNumber: string | undefined;
  /** The customer named the order in this turn. */
  readonly namedNow: boolean;
  readonly reason: ReturnReason | undefined;
  readonly wish: ReturnWish | undefined;
  readonly itemTexts: readonly string[];
  /** What an exchange is to be for, plain. */
  readonly variantTexts: readonly string[];
  /** The last question about an order's or a refund's state. */
  readonly question: Topic | undefined;
};

export type Proof = {
  readonly email: string | undefined;
  readonly postalCode: string | undefined;
  /** Something of it came in this turn: proving again with the same words would only burn a try. */
  readonly givenNow: boolean;
  /** Six digits of this turn, where some are awaited. */
  readonly code: string | undefined;
  readonly wantsCode: boolean;
};

const nothingProven: Proof = {
  email: undefined,
  postalCode: undefined,
  givenNow: false,
  code: undefined,
  wantsCode: false,
};

const nothingAsked: Request = {
  wantsReturn: false,
  orderNumber: undefined,
  namedNow: false,
  reason: undefined,
  wish: undefined,
  itemTexts: [],
  variantTexts: [],
  question: undefined,
};

export function readSituation(
  facts: ConversationFacts,
  turn: Turn,
  vocabulary: Vocabulary,
  phrases: Phrases,
): Situation {
  let request = nothingAsked;
  let settled = nothingAsked;
  let namedByAgent: string | undefined;
  let proof: Proof = nothingProven;
  let lastAgentText = '';
  let taken: Situation['taken'];
  let variantList = '';
  let namesVariant = false;
  const quote = facts.open_quotes.find(({ shown }) => shown) ?? facts.open_quotes[0];
  const current = turn.messages.map((text): Said => ({ who: 'customer', text }));
  const itemTexts: string[] = [];

  for (const [index, { who, text }] of [...turn.earlier, ...current].entries()) {
    const isNow = index >= turn.earlier.length;
    if (who === 'agent') {
      lastAgentText = text;
      const [number, ...others] = findOrderNumbers(text);
      if (number !== undefined && others.length === 0) namedByAgent = number;
      continue;
    }
    const offer = takeOffer(text, readOffers(lastAgentText, vocabulary), vocabulary);
    if (isNow) taken = offer ?? taken;
    if (!isNow && offer === undefined && lastAgentText !== '' && readConsent(text) !== 'unclear') {
      settled = request.wantsReturn ? request : settled;
      request = nothingAsked;
      continue;
    }
    const askedForProof = /\b(?:postal|zip|postcode)\b/i.test(lastAgentText);
    const awaitsCode =
      /\bsix digits\b|\bThat code\b/.test(lastAgentText) || (isNow && !!facts.codes_awaited?.length);
    const { code, rest } = awaitsCode ? readCode(text, vocabulary) : { code: undefined, rest: text };
    const mayAskForCode = code === undefined && (awaitsCode || /\bCODE\b/.test(lastAgentText));
    const asksForCode = mayAskForCode && wantsCode(rest, vocabulary);
    const found = readProof(rest, vocabulary, {
      askedForPostalCode: askedForProof,
      orderKnown: (request.orderNumber ?? namedByAgent) !== undefined,
      wrongOrder: proof.email === undefined ? request.orderNumber : undefined,
    });
    const given = [found.email, found.postalCode, ...found.orderNumbers].some((part) => part !== undefined);
    proof = {
      email: found.email ?? proof.email,
      postalCode: found.postalCode ?? proof.postalCode,
      givenNow: proof.givenNow || (isNow && given),
      code: isNow ? (code ?? proof.code) : undefined,
      wantsCode: proof.wantsCode || (isNow && asksForCode),
    };
    const plain = plainText(found.rest);
    if (asksWhichVariant(lastAgentText)) variantList = lastAgentText;
    const isAsked =
      asksWhichVariant(lastAgentText) || (isNow && quote !== undefined && quote.exchange.length > 0);
    const isVariant =
      isAsked && answersVariants(plain, variantList, vocabulary, variantList === lastAgentText);
    const isBare = asksWhichOrder(lastAgentText) || offer !== undefined;
    const isOfCode = asksForCode || code !== undefined;
    const items = isOfCode || isVariant || (isBare && namesNoItem(plain, vocabulary)) ? '' : plain;
    const variant = isVariant ? plain : targetsIn(plain, vocabulary);
    const reading = readMessage(text, vocabulary);
    // The order we could not find had another number; what was to be returned stays.
    if (askedForProof && found.orderNumbers.length > 0 && namesNoItem(plain, vocabulary)) {
      request = { ...request, orderNumber: undefined };
    }
    const answersUs = reading.topic === undefined && asksForReturn(lastAgentText);
    request = addMessage(request, reading, found.orderNumbers[0], items, isNow);
    if (answersUs || isVariant) request = { ...request, wantsReturn: true };
    if (variant !== '') request = { ...request, variantTexts: [...request.variantTexts, variant] };
    if (isVariant) request = { ...request, wish: 'exchange' };
    if (isNow && variant !== '') namesVariant = true;
    if (offer === 'store_credit' || offer === 'exchange') {
      request = { ...request, wish: offer, wantsReturn: true };
    }
    if (isNow) itemTexts.push(plain);
  }

  const text = turn.messages.join('\n');
  return {
    facts,
    vocabulary,
    phrases,
    earlier: turn.earlier,
    calls: turn.calls,
    text,
    consent: readConsent(text, quote?.settles === 'cancels_order' ? 'cancellation' : undefined),
    reading: readMessage(text, vocabulary),
    itemTexts,
    request: {
      ...request,
      orderNumber: request.orderNumber ?? namedByAgent,
      // A return of its own begins with a refund again, and for a reason of its own: fees depend on it.
      reason: request.reason ?? (request.wantsReturn ? undefined : settled.reason),
      wish: request.wish ?? (request.wantsReturn ? undefined : settled.wish),
    },
    proof,
    taken,
    namesVariant,
    quote,
  };
}

function addMessage(
  request: Request,
  reading: MessageReading,
  orderNumber: string | undefined,
  plain: string,
  isNow: boolean,
): Request {
  const otherOrder = request.orderNumber !== undefined && !sameOrder(request.orderNumber, orderNumber);
  const base = otherOrder && orderNumber !== undefined ? nothingAsked : request;
  return {
    wantsReturn: request.wantsReturn || reading.asksReturn,
    orderNumber: orderNumber ?? base.orderNumber,
    namedNow: base.namedNow || (isNow && orderNumber !== undefined),
    reason: reading.reason ?? base.reason,
    wish: reading.wish ?? base.wish,
    itemTexts: [...base.itemTexts, plain],
    variantTexts: base.variantTexts,
    question: isStatus(reading.topic) ? reading.topic : base.question,
  };
}

function isStatus(topic: Topic | undefined): boolean {
  return topic === 'order-status' || topic === 'refund-status';
}

function namesNoItem(plain: string, { stopWords, ordinals }: Vocabulary): boolean {
  return wordsOf(plain).every(
    (word) => stopWords.has(word) || ordinals[word] !== undefined || /^\d/.test(word),
  );
}

/** `#1001`, `1001` and `#1001 ` are one order. */
export function sameOrder(one: string, other: string | undefined): boolean {
  return bareNumber(one) === bareNumber(other ?? '');
}

export function bareNumber(orderNumber: string): string {
  return orderNumber.replace(/^#/, '').trim().toUpperCase();
}

/** As the shop writes it. */
export function shownNumber(orderNumber: string): string {
  return /^\d/.test(orderNumber) ? `#${orderNumber}` : orderNumber;
}
