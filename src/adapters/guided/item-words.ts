import { foldText } from '../../returns/fold-text.ts';
import type { Vocabulary } from './vocabulary.ts';

/** Lower case, no accents, no apostrophes ("dont"): what the patterns of a vocabulary expect. */
export function plainText(text: string): string {
  return foldText(text)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/(?<=\p{L})['\u2019\u02bc`\u00b4](?=\p{L})/gu, '');
}

export function wordsOf(plain: string): readonly string[] {
  return plain.match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** One spelling per thing: singular, and the chosen one of two synonyms. */
export function stemOf(word: string, { synonyms }: Vocabulary): string {
  const singular = singularOf(word);
  return synonyms[singular] ?? singular;
}

export function isPlural(word: string): boolean {
  return singularOf(word) !== word;
}

/** 1 for the same word, less for one typing slip in a word of four letters or more, 0 otherwise. */
export function likeness(one: string, other: string): number {
  if (one === other) return 1;
  const long = Math.min(one.length, other.length) >= 4 && !/\d/.test(one + other);
  return long && isOneSlipApart(one, other) ? 0.6 : 0;
}

function singularOf(word: string): string {
  if (word.length <= 3 || /(?:ss|us|is)$/.test(word)) return word;
  if (/ies$/.test(word) && word.length > 4) return word.replace(/ies$/, 'y');
  if (/(?:sh|ch|x|ss|zz)es$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, '');
}

/** One letter more, less, other, or two neighbours swapped. */
function isOneSlipApart(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (long.length - short.length > 1) return false;
  let same = 0;
  while (same < short.length && short[same] === long[same]) same += 1;
  if (short.length < long.length) return short.slice(same) === long.slice(same + 1);
  const swapped = short[same] === long[same + 1] && short[same + 1] === long[same];
  return (
    short.slice(same + 1) === long.slice(same + 1) ||
    (swapped && short.slice(same + 2) === long.slice(same + 2))
  );
}
