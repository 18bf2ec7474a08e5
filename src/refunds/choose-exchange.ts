import type { ExchangeVariant, Storefront } from '../ports/storefront.ts';
import { matchVariant } from '../returns/match-variant.ts';
import { type Money, subtractMoney } from '../returns/money.ts';
import type { Order, OrderLine } from '../returns/order.ts';
import type { RuleId } from '../returns/policy.ts';
import type { QuotedExchange } from '../returns/quote.ts';
import { totalOf } from '../returns/quote-figures.ts';
import type { ReturnRequest } from '../returns/return-request.ts';

export type ChooseVariant = {
  readonly kind: 'choose-variant';
  readonly line: OrderLine;
  /** Why what was named is none: it cannot be had in this number. Undefined: nothing or nothing clear was named. */
  readonly soldOut: string | undefined;
  readonly variants: readonly OfferedVariant[];
};

export type OfferedVariant = Pick<ExchangeVariant, 'id' | 'title'> & {
  readonly isAvailable: boolean;
  /** What these pieces cost more than those that come back; negative when less. Not known of sold out ones. */
  readonly difference: Money | undefined;
};

type ChosenExchange =
  | { readonly kind: 'chosen'; readonly exchange: readonly QuotedExchange[] }
  | ChooseVariant
  | { readonly kind: 'needs-person'; readonly rule: RuleId; readonly say: string };

type Wanted = { readonly line: OrderLine; readonly quantity: number; readonly variant: string | undefined };

/** For every line another variant of its product that the shop would sell now, or the question which one. */
export async function chooseExchange(
  storefront: Storefront,
  order: Order,
  { lines, exchangeFor }: ReturnRequest,
): Promise<ChosenExchange> {
  const exchange: QuotedExchange[] = [];
  for (const { lineId, quantity } of lines) {
    const line = order.lines.find(({ id }) => id === lineId);
    const variants = line?.productId ? await storefront.listExchangeVariants(line.productId) : [];
    if (!line || variants.length === 0) return byPerson('The shop no longer has this product');
    const left = variants.map((variant) => ({
      ...variant,
      isAvailable: canSend(variant, quantity, exchange),
    }));
    if (!left.some(({ isAvailable }) => isAvailable)) return byPerson(`${line.title} is sold out`);
    const named = exchangeFor?.find((one) => one.lineId === lineId)?.variant;
    const meant = named === undefined ? onlyOne(left) : matchVariant(left, named, line.variantTitle);
    if (!meant?.isAvailable) {
      return askWhich(storefront, order, { line, quantity, variant: meant?.title }, left);
    }
    exchange.push({ lineId, variantId: meant.id, title: nameVariant(line, meant), quantity });
  }
  return { kind: 'chosen', exchange };
}

/** Where the shop sells beyond its stock it says so by selling what it has none of. */
function canSend(
  { id, isAvailable, sellableQuantity }: ExchangeVariant,
  quantity: number,
  taken: readonly QuotedExchange[],
): boolean {
  const before = taken
    .filter(({ variantId }) => variantId === id)
    .reduce((sum, one) => sum + one.quantity, 0);
  return isAvailable && (sellableQuantity === 0 || sellableQuantity >= before + quantity);
}

/** One calculation prices them all, as each would be priced alone. */
async function askWhich(
  storefront: Storefront,
  order: Order,
  { line, quantity, variant }: Wanted,
  variants: readonly ExchangeVariant[],
): Promise<ChosenExchange> {
  const calculated = await storefront.calculateReturn({
    orderId: order.id,
    lines: [{ lineId: line.id, quantity }],
    exchanges: variants
      .filter(({ isAvailable }) => isAvailable)
      .map(({ id }) => ({ variantId: id, quantity })),
  });
  if (calculated.kind === 'not-returnable') return returnByPerson;
  const worth = totalOf(calculated, calculated.lines, order.currency);
  return {
    kind: 'choose-variant',
    line,
    soldOut: variant,
    variants: variants.map(({ id, title, isAvailable }) => {
      const priced = calculated.exchanges.filter(({ variantId }) => variantId === id);
      const difference = subtractMoney(totalOf(calculated, priced, order.currency), worth);
      return { id, title, isAvailable, difference: priced.length > 0 ? difference : undefined };
    }),
  };
}

export const returnByPerson = {
  kind: 'needs-person',
  rule: 'return-by-person',
  say: 'The shop has no shipment that this can be returned from, so a person has to look at it.',
} as const satisfies ChosenExchange;

function byPerson(why: string): ChosenExchange {
  return {
    kind: 'needs-person',
    rule: 'exchange-by-person',
    say: `${why}, so a person has to look at an exchange.`,
  };
}

/** A product without variants has one, which the shop gives a name nobody reads. */
function nameVariant({ title }: OrderLine, variant: ExchangeVariant): string {
  return variant.title === 'Default Title' ? title : `${title} (${variant.title})`;
}

function onlyOne<One>(all: readonly One[]): One | undefined {
  return all.length === 1 ? all[0] : undefined;
}
