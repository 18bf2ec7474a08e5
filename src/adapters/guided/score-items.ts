import type { OrderItemView } from '../../ports/tools.ts';
import { likeness, plainText, stemOf, wordsOf } from './item-words.ts';
import type { Mention } from './read-mentions.ts';
import type { Vocabulary } from './vocabulary.ts';

export type KnownItem = { readonly item: OrderItemView; readonly stems: readonly string[] };

export function knowItem(item: OrderItemView, vocabulary: Vocabulary): KnownItem {
  const words = wordsOf(plainText(`${item.title} ${item.variant ?? ''}`));
  return { item, stems: words.map((word) => stemOf(word, vocabulary)) };
}

/** The items a mention fits best, by words and price; what else was said breaks a tie. */
export function bestFits(
  mention: Mention,
  known: readonly KnownItem[],
  mentions: readonly Mention[],
): readonly OrderItemView[] {
  const priced =
    mention.price === undefined ? [] : known.filter(({ item }) => priceOf(item) === mention.price);
  const among = priced.length > 0 ? priced : known;
  const scores = scoreEach(mention, known);
  const top = Math.max(0, ...among.map(({ item }) => scores.get(item) ?? 0));
  if (top === 0) return priced.map(({ item }) => item);
  const best = among.filter(({ item }) => (scores.get(item) ?? 0) > top - 0.01);
  if (best.length === 1 || mention.words.length === 0) return best.map(({ item }) => item);
  const whole = scoreEach({ words: mentions.flatMap(({ words, kept }) => (kept ? [] : words)) }, known);
  const overall = Math.max(...best.map(({ item }) => whole.get(item) ?? 0));
  return best.map(({ item }) => item).filter((item) => (whole.get(item) ?? 0) > overall - 0.01);
}

/** A word that fits few items says more than one that fits many. */
function scoreEach(
  { words }: Pick<Mention, 'words'>,
  known: readonly KnownItem[],
): ReadonlyMap<OrderItemView, number> {
  const scores = new Map<OrderItemView, number>();
  for (const { stem } of new Map(words.map((word) => [word.stem, word])).values()) {
    const fits = known.map(({ item, stems }) => ({
      item,
      like: Math.max(0, ...stems.map((other) => likeness(stem, other))),
    }));
    const closest = Math.max(0, ...fits.map(({ like }) => like));
    const fitting = fits.filter(({ like }) => like > 0 && like === closest);
    for (const { item, like } of fitting) {
      scores.set(item, (scores.get(item) ?? 0) + like / fitting.length);
    }
  }
  return scores;
}

function priceOf(item: OrderItemView): number {
  const figure = item.unit_price.replace(/[^\d.,]/g, '').replace(/[.,](?=\d{3}(?:\D|$))/g, '');
  return Number(figure.replace(',', '.'));
}
