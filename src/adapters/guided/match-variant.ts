import type { VariantView } from '../../ports/tools.ts';
import { likeness, plainText, stemOf, wordsOf } from './item-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/**
 * Which of the listed variants a text names: by its words, by its place in the list, or as one size up or
 * down from `current`. Undefined when it names none, or several alike.
 */
export function matchVariant(
  text: string,
  variants: readonly VariantView[],
  current: string | undefined,
  vocabulary: Vocabulary,
): VariantView | undefined {
  const plain = plainText(text);
  const spelled = spellSizes(plain.replace(vocabulary.sizes.complaint, ' '), vocabulary);
  const words = wordsOf(spelled).map((word) => stemOf(word, vocabulary));
  return (
    byWords(words, variants, vocabulary) ??
    byPlace(plain, variants, vocabulary) ??
    bySize(plain, variants, current, vocabulary)
  );
}

/** The one most of whose words were said; of two alike the one that has no other words ("l" is not "l long"). */
function byWords(
  words: readonly string[],
  variants: readonly VariantView[],
  vocabulary: Vocabulary,
): VariantView | undefined {
  const scored = variants.map((variant) => {
    const stems = stemsOf(variant.title, vocabulary);
    const said = stems.map((stem) => Math.max(0, ...words.map((word) => likeness(stem, word))));
    const hits = said.reduce((total, like) => total + like, 0);
    return { variant, hits, missing: said.filter((like) => like === 0).length };
  });
  const most = Math.max(...scored.map(({ hits }) => hits));
  if (most === 0 || scored.length === 0) return undefined;
  const best = scored.filter(({ hits }) => hits === most);
  const least = Math.min(...best.map(({ missing }) => missing));
  return onlyOne(best.filter(({ missing }) => missing === least).map(({ variant }) => variant));
}

function byPlace(
  plain: string,
  variants: readonly VariantView[],
  { ordinals }: Vocabulary,
): VariantView | undefined {
  const number = /^\W*(?:(?:option|number|no\.?|the) )?#?(\d{1,2})\)?\W*(?:please|pls|plz|thanks)?\W*$/.exec(
    plain,
  )?.[1];
  const word = wordsOf(plain).find((one) => ordinals[one] !== undefined);
  const place = number === undefined ? ordinals[word ?? ''] : Number(number);
  return place === undefined ? undefined : variants.at(place > 0 ? place - 1 : place);
}

/** "one size up" is the next one; "bigger" only when there is one bigger. */
function bySize(
  plain: string,
  variants: readonly VariantView[],
  current: string | undefined,
  vocabulary: Vocabulary,
): VariantView | undefined {
  const { biggerSize, smallerSize } = vocabulary.sizes;
  const up = biggerSize.test(plain);
  const from = current === undefined ? undefined : rankOf(current, vocabulary);
  if (from === undefined || up === smallerSize.test(plain)) return undefined;
  const beyond = variants
    .map((variant) => ({ variant, rank: rankOf(variant.title, vocabulary) }))
    .filter(({ rank }) => rank !== undefined && (up ? rank > from : rank < from))
    .toSorted((one, other) => (up ? 1 : -1) * ((one.rank ?? 0) - (other.rank ?? 0)));
  const isNext = /\b(?:next|one) size\b|\bsize (?:up|down)\b/.test(plain);
  return isNext ? beyond[0]?.variant : onlyOne(beyond.map(({ variant }) => variant));
}

/** Letters by their order, shoes by their number. */
function rankOf(title: string, vocabulary: Vocabulary): number | undefined {
  const words = stemsOf(title, vocabulary);
  const ranks = words.map((word) => vocabulary.sizes.order.indexOf(word)).filter((rank) => rank >= 0);
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  return onlyOne(ranks) ?? onlyOne(numbers);
}

function stemsOf(title: string, vocabulary: Vocabulary): readonly string[] {
  return wordsOf(spellSizes(plainText(title), vocabulary)).map((word) => stemOf(word, vocabulary));
}

function spellSizes(plain: string, { sizes }: Vocabulary): string {
  return sizes.spellings.reduce((text, [pattern, size]) => text.replace(pattern, size), plain);
}

function onlyOne<One>(all: readonly One[]): One | undefined {
  return all.length === 1 ? all[0] : undefined;
}
