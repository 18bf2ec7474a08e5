import { isPlural, stemOf, wordsOf } from './item-words.ts';
import type { Vocabulary } from './vocabulary.ts';

/** One thing a text speaks of: "two of the blue mugs", "the $48 one", "the first", "everything". */
export type Mention = {
  /** Stems; what tells one item from another. */
  readonly words: readonly { readonly stem: string; readonly plural: boolean }[];
  readonly count: number | undefined;
  readonly all: boolean;
  readonly both: boolean;
  /** 1-based; -1 is the last. */
  readonly ordinal: number | undefined;
  /** The text is nothing but a number: an answer to a numbered list. */
  readonly bareNumber: boolean;
  readonly price: number | undefined;
  readonly kept: boolean;
};

/**
 * `plain` is folded text without order numbers, e-mail addresses and postal codes. A word that stands in a
 * title (`titleWords`) is that item's name, even where it usually means an ordinal, a count or nothing.
 */
export function readMentions(
  plain: string,
  vocabulary: Vocabulary,
  titleWords: ReadonlySet<string>,
): readonly Mention[] {
  const text = vocabulary.notItems.reduce((rest, pattern) => rest.replace(pattern, ' '), plain);
  return text
    .split(/[;!?\n]|\.(?!\d)/)
    .flatMap((sentence) => splitKept(sentence, vocabulary))
    .flatMap(({ part, kept }) =>
      part
        .split(vocabulary.itemSeparator)
        .map((clause) => readClause(clause.trim(), kept, vocabulary, titleWords)),
    )
    .filter(saysSomething);
}

type Part = { readonly part: string; readonly kept: boolean };

function splitKept(sentence: string, vocabulary: Vocabulary): readonly Part[] {
  const marker = vocabulary.except.exec(sentence);
  if (marker === null) return [{ part: sentence, kept: false }];
  const before = sentence.slice(0, marker.index) + (vocabulary.all.exec(marker[0])?.[0] ?? '');
  const rest = sentence.slice(marker.index + marker[0].length);
  const end = vocabulary.exceptEnd.exec(rest)?.index ?? rest.length;
  return [
    { part: before, kept: false },
    { part: rest.slice(0, end), kept: true },
    ...(end < rest.length ? splitKept(rest.slice(end), vocabulary) : []),
  ];
}

const pricePattern =
  /(?:\p{Sc}\s?(\d+(?:[.,]\d+)?))|(?:(\d+(?:[.,]\d+)?)\s?(?:\p{Sc}|(?:dollars?|bucks?|euros?|pounds?|usd|eur|gbp)\b))/u;

function readClause(
  clause: string,
  kept: boolean,
  vocabulary: Vocabulary,
  titleWords: ReadonlySet<string>,
): Mention {
  const priced = pricePattern.exec(clause);
  const rest = clause.replace(pricePattern, ' ');
  const tokens = wordsOf(rest);
  const named = tokens.filter((token) => namesItem(token, vocabulary, titleWords));
  const others = tokens.filter((token) => !named.includes(token));
  const ordinal = readOrdinal(rest, others, vocabulary);
  return {
    words: named.map((word) => ({ stem: stemOf(word, vocabulary), plural: isPlural(word) })),
    count: ordinal === undefined ? readCount(rest, others, vocabulary) : undefined,
    all: vocabulary.all.test(rest),
    both: vocabulary.both.test(rest),
    ordinal,
    bareNumber: /^(?:the )?(?:#|no\.? |number )?\d{1,2}\)?$/.test(rest.trim()),
    price: priced ? Number((priced[1] ?? priced[2] ?? '').replace(',', '.')) : undefined,
    kept,
  };
}

function namesItem(word: string, vocabulary: Vocabulary, titleWords: ReadonlySet<string>): boolean {
  if (titleWords.has(word) && (word.length >= 5 || /^\d+$/.test(word))) return true;
  const { stopWords, numbers, ordinals } = vocabulary;
  if (numbers[word] !== undefined || ordinals[word] !== undefined) return false;
  return !stopWords.has(word) && !/^(?:x?\d+x?|\d+(?:st|nd|rd|th))$/.test(word);
}

function readOrdinal(rest: string, tokens: readonly string[], vocabulary: Vocabulary): number | undefined {
  const numbered = /\b(?:option|item|number|no\.?)\s*#?(\d{1,2})\b/.exec(rest);
  if (numbered) return Number(numbered[1]);
  const word = tokens.find((token) => vocabulary.ordinals[token] !== undefined);
  return word === undefined ? undefined : vocabulary.ordinals[word];
}

function readCount(rest: string, tokens: readonly string[], vocabulary: Vocabulary): number | undefined {
  const digits =
    /\b(\d{1,3})\s*(?:x\b|of\b)/.exec(rest) ??
    /\bx\s*(\d{1,3})\b/.exec(rest) ??
    /^(\d{1,3})$/.exec(tokens.find((token) => /^\d{1,3}$/.test(token)) ?? '');
  if (digits && Number(digits[1]) > 0) return Number(digits[1]);
  const word = tokens.find((token) => vocabulary.numbers[token] !== undefined);
  if (word !== undefined) return vocabulary.numbers[word];
  return vocabulary.countOne.test(rest) ? 1 : undefined;
}

function saysSomething(mention: Mention): boolean {
  const { words, count, ordinal, price, all, both } = mention;
  return (
    words.length > 0 || count !== undefined || ordinal !== undefined || price !== undefined || all || both
  );
}
