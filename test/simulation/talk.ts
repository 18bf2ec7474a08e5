import type { Customer } from './customers.ts';
import type { Actor, WorldDeps } from './world.ts';

const minute = 60_000;

/** Waits for an answer to what they said, but not for ever; sometimes not at all. */
export function customerActor(
  { random, scheduler, providers }: WorldDeps,
  { phone, lines }: Customer,
  send: (from: string, body: string) => Promise<void>,
): Actor {
  let line = 0;
  let heard = 0;
  let earliest = scheduler.now() + random.between(0, 2 * minute);
  let latest = earliest;
  const heardNow = () => providers.texts().filter(({ to }) => to === phone).length;
  return {
    next: () => (line >= lines.length ? Infinity : heardNow() > heard ? earliest : latest),
    async act() {
      const said = lines[line] ?? '';
      line += 1;
      heard = heardNow();
      earliest = scheduler.now() + random.between(3_000, random.pick([20_000, 5 * minute]));
      latest = random.chance(0.15) ? earliest : scheduler.now() + random.between(5 * minute, 40 * minute);
      for (const part of said.split('\n+\n')) await send(phone, part);
    },
  };
}
