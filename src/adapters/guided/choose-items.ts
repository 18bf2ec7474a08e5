import type { OrderItemView } from '../../ports/tools.ts';
import { type ItemPick, matchItems, withoutKept } from './match-items.ts';
import type { Vocabulary } from './vocabulary.ts';

export type ItemChoice = {
  readonly picks: readonly ItemPick[];
  /** What has to be asked: which of these. Numbered in this order. */
  readonly unsure: readonly OrderItemView[];
  /** Some text said something about items. */
  readonly changed: boolean;
  /** Some text named a thing the order does not hold. */
  readonly stranger: boolean;
};

export const nothingChosen: ItemChoice = { picks: [], unsure: [], changed: false, stranger: false };

/** What a customer chose over several texts: later ones add to, narrow or replace earlier ones. */
export function chooseItems(
  texts: readonly string[],
  items: readonly OrderItemView[],
  vocabulary: Vocabulary,
  before: ItemChoice = nothingChosen,
): ItemChoice {
  const returnable = items.filter((item) => item.returnable_quantity > 0);
  const listed = returnable.length > 0 ? returnable : items;
  let choice = before;
  let pending: number | undefined;
  for (const text of texts) {
    const asked = choice.unsure.length > 0;
    const narrow = asked ? matchItems(text, choice.unsure, choice.unsure, vocabulary) : undefined;
    const answers = narrow !== undefined && (narrow.picks.length > 0 || narrow.unsure.length > 0);
    const match = answers ? narrow : matchItems(text, items, listed, vocabulary);
    const adds = answers || vocabulary.adds.test(text);
    const count = match.count ?? pending;
    const picks =
      match.picks.some(({ counted }) => counted) || !answers ? match.picks : withCount(match.picks, pending);
    const base = adds || picks.length + match.unsure.length === 0 ? choice.picks : [];
    const merged = withoutKept(merge(base, picks), match.kept);
    const rest = match.kept.length > 0 && merged.length === 0 && choice.picks.length === 0;
    const counted = picks.length === 0 && match.unsure.length === 0 ? match.count : undefined;
    const changed =
      picks.length + match.unsure.length + match.kept.length > 0 ||
      (counted !== undefined && merged.length > 0);
    choice = {
      picks: withCount(rest ? withoutKept(everythingOf(listed), match.kept) : merged, counted),
      unsure: picks.length > 0 && match.unsure.length === 0 ? [] : changed ? match.unsure : choice.unsure,
      changed: changed || choice.changed,
      stranger: changed ? false : match.stranger || choice.stranger,
    };
    pending = choice.unsure.length > 0 ? count : undefined;
  }
  return choice;
}

/** Every one of these items, whole. */
export function everythingOf(items: readonly OrderItemView[]): readonly ItemPick[] {
  return items.map((item) => ({ item, quantity: Math.max(1, item.returnable_quantity), counted: false }));
}

function withCount(picks: readonly ItemPick[], count: number | undefined): readonly ItemPick[] {
  const [only, ...others] = picks;
  if (only === undefined || others.length > 0 || count === undefined) return picks;
  return [{ ...only, quantity: count, counted: true }];
}

function merge(base: readonly ItemPick[], added: readonly ItemPick[]): readonly ItemPick[] {
  return [...new Map([...base, ...added].map((pick) => [pick.item.line_id, pick])).values()];
}
