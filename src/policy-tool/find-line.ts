import type { Order, OrderLine } from '../returns/order.ts';
import { Refusal } from './refusal.ts';

/** By the shop's id, by the place on the order from 1, or by words of its title and variant. */
export function findLine({ name, lines }: Order, item: string): OrderLine {
  const byId = lines.find(({ id }) => id === item || id.endsWith(`/${item}`));
  if (byId) return byId;
  const byPlace = /^\d{1,3}$/.test(item) ? lines[Number(item) - 1] : undefined;
  if (byPlace) return byPlace;
  const words = fold(item)
    .split(/\s+/)
    .filter((word) => word !== '');
  const meant = lines.filter((line) => words.every((word) => fold(titleOf(line)).includes(word)));
  const [line, ...others] = words.length > 0 ? meant : [];
  if (line && others.length === 0) return line;
  const list = lines.map((one, place) => `  ${place + 1}  ${titleOf(one)}`);
  const problem = line ? 'fits more than one item' : 'fits no item';
  throw new Refusal([`"${item}" ${problem} of order ${name}. Name one of these:`, ...list].join('\n'));
}

export function titleOf({ title, variantTitle }: OrderLine): string {
  return variantTitle ? `${title} (${variantTitle})` : title;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
