import type { OrderItemView } from '../../ports/tools.ts';
import { likeness, plainText, stemOf, wordsOf } from './item-words.ts';
import { type Mention, readMentions } from './read-mentions.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ItemPick = { readonly item: OrderItemView; readonly quantity: number; readonly counted: boolean };

export type ItemMatch = {
  readonly picks: readonly ItemPick[];
  /** Items the customer wants to keep. */
  readonly kept: readonly OrderItemView[];
  /** Items one mention fits equally well; the customer has to choose. */
  readonly unsure: readonly OrderItemView[];
  /** "only one of them": a quantity without an item. */
  readonly count: number | undefined;
  /** Names something that is not in the list. */
  readonly stranger: boolean;
};

/** `listed` is the numbered list the customer saw last; "the first one" counts along it. */
export function matchItems(
  plain: string,
  items: readonly OrderItemView[],
  listed: readonly OrderItemView[],
  vocabulary: Vocabulary,
): ItemMatch {
  const known = items.map((item) => ({ item, stems: stemsOf(item, vocabulary) }));
  const titleWords = new Set(items.flatMap((item) => wordsOf(plainText(nameOf(item)))));
  const mentions = readMentions(plain, vocabulary, titleWords);
  const picks = new Map<string, ItemPick>();
  const kept: OrderItemView[] = [];
  let unsure: readonly OrderItemView[] = [];
  let count: number | undefined;
  let stranger = false;
  for (const mention of mentions) {
    const found = itemsOf(mention, known, listed, mentions);
    if (found.kind === 'nothing') stranger ||= mention.words.length > 0;
    else if (found.kind === 'count') count ??= mention.count;
    else if (mention.kept) kept.push(...found.items);
    else if (found.kind === 'unsure') {
      unsure = unsure.length > 0 ? unsure : found.items;
      count ??= mention.count;
    } else
      for (const pick of found.items.map((item) => pickOf(item, mention, found.items.length > 1)))
        picks.set(pick.item.line_id, pick);
  }
  const wanted = [...picks.values()].filter(({ item }) => !kept.includes(item));
  return { picks: wanted, kept, unsure, count, stranger };
}

export function nameOf({ title, variant }: { title: string; variant?: string | null }): string {
  return variant ? `${title} (${variant})` : title;
}

type Known = { readonly item: OrderItemView; readonly stems: readonly string[] };
type Found =
  | { readonly kind: 'certain'; readonly items: readonly OrderItemView[] }
  | { readonly kind: 'unsure'; readonly items: readonly OrderItemView[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'nothing' };

function itemsOf(
  mention: Mention,
  known: readonly Known[],
  listed: readonly OrderItemView[],
  mentions: readonly Mention[],
): Found {
  const best = bestFits(mention, known, mentions);
  if (best.length === 1) return { kind: 'certain', items: best };
  const choices = best.length > 0 ? best : listed;
  const ordinal = mention.ordinal ?? (mention.bareNumber && listed.length > 1 ? mention.count : undefined);
  const counted = ordinal === undefined ? undefined : choices.at(ordinal > 0 ? ordinal - 1 : ordinal);
  if (counted !== undefined) return { kind: 'certain', items: [counted] };
  if (best.length > 1) {
    const every = mention.all || mention.both || mention.kept || meansAll(mention, best);
    return every ? { kind: 'certain', items: best } : { kind: 'unsure', items: best };
  }
  if (mention.words.length > 0) return { kind: 'nothing' };
  if (mention.all) return { kind: 'certain', items: listed };
  if (mention.both && listed.length <= 2) return { kind: 'certain', items: listed };
  return mention.count === undefined ? { kind: 'nothing' } : { kind: 'count' };
}

/** "the shirts", "two shirts" mean all of two different shirts; "the socks" are plural by nature. */
function meansAll(mention: Mention, best: readonly OrderItemView[]): boolean {
  if (mention.count !== undefined) return sum(best.map((item) => item.returnable_quantity)) === mention.count;
  const titles = best.map((item) => wordsOf(plainText(item.title)).join(' '));
  return mention.words.some(
    ({ stem, plural }) => plural && titles.every((title) => !title.includes(`${stem}s`)),
  );
}

function bestFits(
  mention: Mention,
  known: readonly Known[],
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
  known: readonly Known[],
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

/** A mention of several items means each of them whole. */
function pickOf(item: OrderItemView, mention: Mention, isOneOfSeveral: boolean): ItemPick {
  const rest = Math.max(1, item.returnable_quantity);
  if (isOneOfSeveral) return { item, quantity: rest, counted: false };
  const plural = mention.words.some(({ plural }) => plural) || mention.all;
  const count = mention.bareNumber ? undefined : mention.count;
  const quantity = count ?? (mention.both ? Math.min(2, rest) : plural ? rest : 1);
  return { item, quantity, counted: count !== undefined };
}

function stemsOf(item: OrderItemView, vocabulary: Vocabulary): readonly string[] {
  return wordsOf(plainText(nameOf(item))).map((word) => stemOf(word, vocabulary));
}

function priceOf(item: OrderItemView): number {
  const figure = item.unit_price.replace(/[^\d.,]/g, '').replace(/[.,](?=\d{3}(?:\D|$))/g, '');
  return Number(figure.replace(',', '.'));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
