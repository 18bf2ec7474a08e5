import type { Order, OrderLine } from './order.ts';

/** Units of a line that share one start of the return window. */
export type UnitsSince = {
  readonly quantity: number;
  readonly start: Date;
  readonly delivered: boolean;
};

const dayMs = 86_400_000;

/**
 * Allowed up to and including the instant `windowDays` × 24 hours after the start. Whole days, not calendar
 * days: the shop's time zone is unknown here, and this way no customer gets less than the days promised.
 */
export function isWithinWindow(start: Date, windowDays: number, now: Date): boolean {
  return now.getTime() <= start.getTime() + windowDays * dayMs;
}

/**
 * The shipped units of a line, each from the delivery of its shipment, else from its dispatch; units that no
 * shipment accounts for, e.g. sold over a counter, count as delivered with the sale.
 */
export function shippedUnits(order: Order, line: OrderLine): readonly UnitsSince[] {
  const shipped = order.shipments.flatMap((shipment) =>
    shipment.lines
      .filter(({ lineId }) => lineId === line.id)
      .map(({ quantity }) => ({
        quantity,
        start: instant(shipment.deliveredAt ?? shipment.shippedAt),
        delivered: shipment.deliveredAt !== undefined,
      })),
  );
  const waiting = line.requiresShipping ? line.unfulfilledQuantity : 0;
  const unaccounted = line.quantity - waiting - countUnits(shipped);
  return unaccounted <= 0
    ? shipped
    : [...shipped, { quantity: unaccounted, start: instant(order.processedAt), delivered: true }];
}

export function countUnits(units: readonly UnitsSince[]): number {
  return units.reduce((total, { quantity }) => total + quantity, 0);
}

export function countDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

function instant(text: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime())) {
    throw new RangeError('The order carries a date that is no ISO 8601 instant');
  }
  return date;
}
