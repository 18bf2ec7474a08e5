import type { LineItemId, OrderId } from './ids.ts';

export const returnReasons = [
  'unwanted',
  'too_small',
  'too_large',
  'damaged',
  'wrong_item',
  'not_as_described',
  'arrived_late',
  'other',
] as const;
export type ReturnReason = (typeof returnReasons)[number];

export const returnWishes = ['refund', 'store_credit', 'exchange'] as const;
export type ReturnWish = (typeof returnWishes)[number];

export type ReturnLine = { readonly lineId: LineItemId; readonly quantity: number };

export type WantedVariant = { readonly lineId: LineItemId; readonly variant: string };

/** What a customer asks for. It never carries an amount. */
export type ReturnRequest = {
  readonly orderId: OrderId;
  readonly lines: readonly ReturnLine[];
  readonly reason: ReturnReason;
  readonly wish: ReturnWish;
  /** What is wanted instead, as whoever asks names it: the shop's id or its number, a title, a size. */
  readonly exchangeFor?: readonly WantedVariant[] | undefined;
  /** Undefined: not known. */
  readonly photoGiven?: boolean | undefined;
};
