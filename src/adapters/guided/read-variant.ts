import { plainText, stemOf, wordsOf } from './item-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** The words of a text that say what is wanted in place of what was bought. */
export function targetsIn(plain: string, { exchangeTargets }: Vocabulary): string {
  return exchangeTargets.flatMap((pattern) => plain.match(pattern) ?? []).join(' ');
}

/** An answer to our list of variants: a place in it, a size, or a word that stands there. */
export function answersVariants(
  plain: string,
  agentText: string,
  vocabulary: Vocabulary,
  isListed: boolean,
): boolean {
  const { sizes, stopWords, ordinals } = vocabulary;
  if (isListed && /^\W*(?:(?:option|number|the) )?#?\d{1,2}\)?\W*(?:please|pls|plz|thanks)?\W*$/.test(plain))
    return true;
  const named = plain.replace(sizes.complaint, ' ');
  const spelled = sizes.spellings.reduce((text, [pattern, size]) => text.replace(pattern, size), named);
  const listed = new Set(wordsOf(plainText(agentText)).map((word) => stemOf(word, vocabulary)));
  const isRelative = sizes.biggerSize.test(named) || sizes.smallerSize.test(named);
  return (
    isRelative ||
    wordsOf(spelled).some((word) => {
      const stem = stemOf(word, vocabulary);
      const isPlace = isListed && ordinals[word] !== undefined;
      return isPlace || sizes.order.includes(stem) || (listed.has(stem) && !stopWords.has(word));
    })
  );
}
