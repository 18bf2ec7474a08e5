import { readConsent } from '../../returns/consent.ts';
import { type Alternative, alternatives } from '../../returns/policy-rule.ts';
import { plainText, wordsOf } from './item-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a denial offers instead, in the order in which it stands there. */
export function readOffers(agentText: string, { offered }: Vocabulary): readonly Alternative[] {
  const list = /\bI can offer you ([^.?]+?) instead\b/.exec(agentText)?.[1] ?? '';
  const places = offered.map(([alternative, pattern]) => ({ alternative, at: list.search(pattern) }));
  return places
    .filter(({ at }) => at >= 0)
    .toSorted((one, other) => one.at - other.at)
    .map(({ alternative }) => alternative);
}

/**
 * Which offer the answer takes. 'which': a yes to several. A yes to an offer asks for its quote; it agrees to
 * nothing yet.
 */
export function takeOffer(
  text: string,
  offers: readonly Alternative[],
  vocabulary: Vocabulary,
): Alternative | 'which' | undefined {
  const consent = readConsent(text);
  if (offers.length === 0 || consent === 'no') return undefined;
  if (consent === 'yes') return offers.length === 1 ? offers[0] : 'which';
  const plain = refusals.reduce((rest, pattern) => rest.replace(pattern, ' '), plainText(text));
  const named = vocabulary.offered.filter(([, pattern]) => pattern.test(plain)).map(([one]) => one);
  const [only, ...others] = alternatives.filter((one) => named.includes(one) && offers.includes(one));
  if (only !== undefined) return others.length === 0 ? only : 'which';
  const place = placeIn(plain, vocabulary);
  return place === undefined ? undefined : offers.at(place > 0 ? place - 1 : place);
}

const refusals = [
  /\b(?:not|no|dont want|do not want|instead of|rather than|without)(?: (?:an?|the|any|want))* \w+(?: credit)?/g,
];

function placeIn(plain: string, { ordinals }: Vocabulary): number | undefined {
  const words = wordsOf(plain);
  const digit = /^\W*(?:(?:option|number|no\.?) )?#?([1-3])\)?\W*(?:please|pls|plz|thanks)?\W*$/.exec(
    plain,
  )?.[1];
  if (digit !== undefined) return Number(digit);
  return words.length > 4 ? undefined : ordinals[words.find((word) => ordinals[word] !== undefined) ?? ''];
}
