import type { Customer } from './customers.ts';
import { byHand } from './providers.ts';
import type { Actor, WorldDeps } from './world.ts';

const minute = 60_000;

/** Works on an order by hand while the program does. */
export function merchantActor(
  { random, scheduler, providers }: WorldDeps,
  customers: readonly Customer[],
): Actor {
  let at = random.chance(0.3) ? scheduler.now() + random.below(20 * minute) : Infinity;
  return {
    next: () => at,
    act() {
      at = Infinity;
      const name = random.pick(customers.flatMap(({ orders }) => orders));
      const order = providers.shop.orders().find((each) => each.name === `#${name}`);
      const line = order && random.pick(order.lines);
      if (!line) return;
      scheduler.note(`the merchant refunds ${line.title} of ${name} by hand`);
      try {
        providers.shop.editOrder(name, { kind: 'refund', line: line.title, note: byHand });
      } catch {
        scheduler.note('the shop refuses');
      }
    },
  };
}
