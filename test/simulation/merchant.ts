import { shopifyWebhookRoute } from '../../src/http/shopify-webhooks.ts';
import { recordArrival } from '../../src/refunds/record-arrival.ts';
import { returns } from '../../src/storage/schema/refunds.ts';
import { colleagues } from './colleagues.ts';
import type { Customer } from './customers.ts';
import type { Process } from './processes.ts';
import { byHand, storeDomain } from './providers.ts';
import type { Actor, Request, WorldDeps } from './world.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

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

type Parcel = { readonly orderName: string; readonly at: number; readonly isWhole: boolean };

/** What was sent back arrives: all of it or a part, or never. The shop tells, or a colleague does. */
export function warehouseActor(deps: WorldDeps, request: Request): Actor {
  const { random, scheduler, providers } = deps;
  const seen = new Set<string>();
  let parcels: readonly Parcel[] = [];
  let made = 0;

  function look(): void {
    for (const { id, orderName } of providers.shop.returns()) {
      if (seen.has(id)) continue;
      seen.add(id);
      const at = scheduler.now() + random.between(minute, 4 * day);
      const rest = { orderName, at: at + random.between(minute, 3 * day), isWhole: true };
      const isWhole = random.chance(0.7);
      if (random.chance(0.8)) parcels = [...parcels, { orderName, at, isWhole }, ...(isWhole ? [] : [rest])];
    }
  }

  async function tell(orderName: string, returnId: string): Promise<void> {
    made += 1;
    const webhookId = `webhook${made}`;
    if (random.chance(0.3)) return request('a colleague says "arrived"', saysArrived, () => {});
    const deliver = (again: number): Promise<void> =>
      request(
        `the shop tells of ${orderName} (${webhookId})`,
        ({ context }) => hearWebhook(context, webhookId, returnId),
        (ok) => {
          if (!ok && again > 0) scheduler.later(`${webhookId} again`, minute, () => void deliver(again - 1));
        },
      );
    return deliver(8);
  }

  async function saysArrived({ context }: Process): Promise<void> {
    const rows = await deps.database.db.select().from(returns);
    for (const { id } of rows.filter(({ state }) => state === 'open')) {
      await recordArrival(context.refunds, { returnId: id, lines: 'all', by: colleagues[2] });
    }
  }

  return {
    next() {
      look();
      return Math.min(...parcels.map(({ at }) => at));
    },
    async act() {
      const [parcel] = parcels.toSorted((a, b) => a.at - b.at);
      if (!parcel) return;
      parcels = parcels.filter((each) => each !== parcel);
      const { orderName, isWhole } = parcel;
      const lines = providers.shop.orders().find(({ name }) => name === orderName)?.lines ?? [];
      const part = lines.slice(0, 1).map(({ title }) => ({ line: title, quantity: 1 }));
      try {
        const id = providers.shop.parcelArrives(orderName, isWhole ? undefined : part);
        scheduler.note(`a parcel of ${orderName} arrives`);
        await tell(orderName, id);
      } catch {
        scheduler.note(`nothing of ${orderName} is awaited`);
      }
    },
  };
}

async function hearWebhook(context: Process['context'], webhookId: string, returnId: string): Promise<void> {
  const payload = { admin_graphql_api_id: returnId };
  const delivery = {
    kind: 'event',
    topic: 'returns/update',
    webhookId,
    shopDomain: storeDomain,
    payload,
  } as const;
  const { handle } = shopifyWebhookRoute(context, () => delivery);
  await handle({ method: 'POST', path: '/shopify/webhooks', headers: {}, rawBody: Buffer.from('') } as never);
}
