import { foldText } from './fold-text.ts';
import { blankOtherNumbers } from './not-order-numbers.ts';

const maxTextLength = 2_000;
const maxOrderNumberLength = 20;

const orderWord = String.raw`(?<![\p{L}\d])(?:orders?|ord|purchase|pedido|commande|bestellung|ordine)(?!\p{L})`;
const numberWord = '(?:numbers?|num|nos?|nr|id)';
const verb = String.raw`(?:(?:is|was|are|=)\s*)?`;

/** `order number: 1001`, `order #1001`, `order no1001`. */
const numberedOrder = new RegExp(
  String.raw`${orderWord}[\s.:,-]*(?:${numberWord}(?![\p{L}])[\s.:]*${verb}#?|#)\s*(?=\p{L}{0,5}-?\d)`,
  'giu',
);
/** `order 1001`; but `order 2 shirts` asks for two shirts. */
const plainOrder = new RegExp(
  String.raw`${orderWord}[\s.:-]*${verb}(?=\d)(?!\d{1,2}\s+(?!(?:and|or|please|pls|is|was|has|from|the|i|my|for|to|with|it|came|arrived)\b)\p{L})`,
  'giu',
);

/** `1001-A`, `1001-EU`, `1001-2`; a lower-case word behind a hyphen belongs to the sentence. */
const ending = String.raw`(?:-(?:[A-Z]{1,3}\d{0,3}|[a-z]\d{0,3})(?![\w-]))?(?!\w|-[\dA-Z])`;
const labelled = new RegExp(String.raw`#((?:[A-Z]{1,5}-?)?\d{1,10}(?:-\d{1,2}(?![\w-])|${ending}))`, 'g');
const bare = new RegExp(String.raw`(?<![\w#-])(\d{3,8}${ending})`, 'g');
/** A text that is nothing else: prefixes and suffixes of any case, and short numbers. */
const whole =
  /^(?:#(?:[A-Za-z]{1,5}-?)?\d{1,10}|(?:[A-Z]{2,5}-?(?=\d{3}))?\d{1,8})(?:-(?:[A-Za-z]\w{0,5}|\d{1,2}))?$/;

/**
 * The order number a text names, without `#`; undefined when it names none, or several. Case stays as it
 * was typed. A text that is only a number counts even when short; in a sentence `findOrderNumbers` rules.
 */
export function parseOrderNumber(text: string): string | undefined {
  if (text.length > maxTextLength) {
    return undefined;
  }
  const marked = markOrderNumbers(text);
  const alone = trimPunctuation(marked);
  if (whole.test(alone)) {
    return withinLength(alone.replace('#', ''));
  }
  const [first, ...others] = numbersIn(marked);
  return others.length === 0 ? first : undefined;
}

/**
 * The different order numbers in a sentence, in order. A number with `#` or the word order before it counts
 * from one digit on; a bare one has three to eight, is no size, price, date, phone or the like, and gives
 * way to those with a label, unless the text speaks of orders.
 */
export function findOrderNumbers(text: string): readonly string[] {
  return numbersIn(markOrderNumbers(text.slice(0, maxTextLength)));
}

function numbersIn(marked: string): readonly string[] {
  const named = capture(marked, labelled);
  const found =
    named.length > 0 && !/\borders\b|#\S+ ?(?:and|&|or|\+) ?\d{3}/i.test(marked)
      ? named
      : [...named, ...capture(marked, bare)].toSorted((a, b) => a.index - b.index);
  const distinct = new Map(found.map(({ number }) => [number.toUpperCase(), number]));
  return [...distinct.values()].filter((number) => withinLength(number) !== undefined);
}

/** Folds the spelling, writes every way of saying "order number" as `#`, and blanks what is no order. */
function markOrderNumbers(text: string): string {
  const folded = foldText(text.replace(/\u2116|\bn[\u00ba\u00b0]/gi, '#'));
  const marked = folded
    .replace(/#\s+(?=\d)/g, '#')
    .replace(numberedOrder, keepPlural)
    .replace(plainOrder, keepPlural);
  return blankOtherNumbers(marked);
}

function keepPlural(label: string): string {
  return /^orders/i.test(label) ? 'orders #' : ' #';
}

function capture(
  text: string,
  pattern: RegExp,
): readonly { readonly index: number; readonly number: string }[] {
  return [...text.matchAll(pattern)].map((match) => ({ index: match.index, number: match[1] ?? '' }));
}

function trimPunctuation(text: string): string {
  return text.replace(/^[^\p{L}\d#]+|[^\p{L}\d]+$/gu, '');
}

function withinLength(number: string): string | undefined {
  return number.length <= maxOrderNumberLength ? number : undefined;
}
