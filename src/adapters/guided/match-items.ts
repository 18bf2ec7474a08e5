import type { OrderItemView } from '../../ports/tools.ts';
import { plainText, wordsOf } from './item-words.ts';
import { type Mention, readMentions } from './read-mentions.ts';
import { bestFits, type KnownItem, knowItem } from './score-items.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ItemPick = { readonly item: OrderItemView; readonly quantity: number; readonly counted: boolean };

/** Without `count`, all of it. */
export type KeptItem = { readonly item: OrderItemView; readonly count: number | undefined };

export type ItemMatch = {
  readonly picks: readonly ItemPick[];
  /** Items the customer wants to keep. */
  readonly kept: readonly KeptItem[];
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
  const known = items.map((item) => knowItem(item, vocabulary));
  const titleWords = new Set(items.flatMap((item) => wordsOf(plainText(nameOf(item)))));
  const mentions = readMentions(plain, vocabulary, titleWords);
  const picks = new Map<string, ItemPick>();
  const kept: KeptItem[] = [];
  let unsure: readonly OrderItemView[] = [];
  let count: number | undefined;
  let keptCount: number | undefined;
  let stranger = false;
  for (const mention of mentions) {
    const found = itemsOf(mention, known, listed, mentions);
    if (found.kind === 'nothing') stranger ||= mention.words.length > 0;
    else if (found.kind === 'count' && mention.kept) keptCount = mention.count;
    else if (found.kind === 'count') count ??= mention.count ?? 2;
    else if (mention.kept) kept.push(...found.items.map((item) => ({ item, count: mention.count })));
    else if (found.kind === 'unsure') {
      unsure = unsure.length > 0 ? unsure : found.items;
      count ??= mention.count;
    } else {
      const isOneOfSeveral = found.items.length > 1;
      for (const item of found.items) picks.set(item.line_id, pickOf(item, mention, isOneOfSeveral));
    }
  }
  const [only, ...others] = picks.values();
  if (keptCount !== undefined && only !== undefined && others.length === 0) {
    kept.push({ item: only.item, count: keptCount });
  }
  return { picks: [...picks.values()], kept, unsure, count, stranger };
}

/** What is left to return when some of it is kept. */
export function withoutKept(picks: readonly ItemPick[], kept: readonly KeptItem[]): readonly ItemPick[] {
  return picks.flatMap((pick) => {
    const found = kept.find(({ item }) => item.line_id === pick.item.line_id);
    const quantity = found === undefined ? pick.quantity : pick.quantity - (found.count ?? pick.quantity);
    return quantity > 0 ? [{ ...pick, quantity }] : [];
  });
}

export function nameOf({ title, variant }: { title: string; variant?: string | null }): string {
  return variant ? `${title} (${variant})` : title;
}

type Found =
  | { readonly kind: 'certain'; readonly items: readonly OrderItemView[] }
  | { readonly kind: 'unsure'; readonly items: readonly OrderItemView[] }
  | { readonly kind: 'count' }
  | { readonly kind: 'nothing' };

function itemsOf(
  mention: Mention,
  known: readonly KnownItem[],
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
  return mention.count === undefined && !mention.both ? { kind: 'nothing' } : { kind: 'count' };
}

/** "the shirts", "two shirts" mean all of two different shirts; "the socks" are plural by nature. */
function meansAll(mention: Mention, best: readonly OrderItemView[]): boolean {
  if (mention.count !== undefined) return sum(best.map((item) => item.returnable_quantity)) === mention.count;
  const titles = best.map((item) => wordsOf(plainText(item.title)).join(' '));
  return mention.words.some(
    ({ stem, plural }) => plural && titles.every((title) => !title.includes(`${stem}s`)),
  );
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

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
