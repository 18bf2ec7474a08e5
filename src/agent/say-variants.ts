import type { VariantView } from '../ports/tools.ts';
import type { ChooseVariant } from '../refunds/choose-exchange.ts';
import { refOf } from '../returns/match-variant.ts';
import { formatMoney, type Money } from '../returns/money.ts';

/** A text message holds no more of them. */
const mostNamed = 12;

/** What the shop would send now comes first, so that "the second one" means the same in text and list. */
export function viewVariants({ variants }: ChooseVariant): readonly VariantView[] {
  return variants
    .toSorted((left, right) => Number(right.isAvailable) - Number(left.isAvailable))
    .map(({ id, title, isAvailable, difference }) => ({
      ref: refOf(id),
      title,
      available: isAvailable,
      price_difference: difference && difference.minor !== 0 ? sayDifference(difference) : null,
    }));
}

export function sayVariants(choose: ChooseVariant): string {
  const { line, soldOut } = choose;
  const views = viewVariants(choose);
  const open = views.filter(({ available }) => available);
  const named = open
    .slice(0, mostNamed)
    .map(
      ({ title, price_difference }, index) =>
        `${index + 1}) ${title}${price_difference ? ` (${price_difference})` : ''}`,
    );
  const gone = views.filter(({ available }) => !available).slice(0, mostNamed);
  return [
    ...(soldOut === undefined ? [] : [`${soldOut} is sold out.`]),
    `What would you like in exchange for ${line.title}${line.variantTitle ? ` (${line.variantTitle})` : ''}?`,
    `${named.join(', ')}${open.length > named.length ? ', and more' : ''}.`,
    ...(gone.length > 0 && soldOut === undefined
      ? [`Sold out: ${gone.map(({ title }) => title).join(', ')}.`]
      : []),
  ].join(' ');
}

function sayDifference(difference: Money): string {
  const size = formatMoney({ ...difference, minor: Math.abs(difference.minor) });
  return `${size} ${difference.minor > 0 ? 'more' : 'less'}`;
}
