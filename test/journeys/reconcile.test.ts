import { sql } from 'drizzle-orm';
import { afterEach, describe, expect, test } from 'vitest';
import type { ShopRefund } from '../../src/sandbox/shop/shop-state.ts';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { openPolicyWorld } from '../support/policy-world.ts';
import { waitFor } from '../support/wait-for.ts';

const diego = '+15551230014';

let world: World;
afterEach(() => world.close());

const inSupport = (words: string) =>
  world.sandbox.workspace.messagesIn('CSUPPORT').filter((each) => JSON.stringify(each).includes(words));
const shopRefunds = () => world.sandbox.shop.refunds() as ShopRefund[];
const state = async (table: 'refunds' | 'returns') =>
  (await world.db.execute(sql`select state from ${sql.identifier(table)}`)).map((row) => row.state);
const metrics = async () => (await fetch(`${world.url}/metrics`)).text();

async function smallRefund(): Promise<void> {
  await world.say(jane, 'return the linen shirt from 1001, it does not fit');
  await world.say(jane, 'yes');
  expect(world.refundsOf('#1001')).toHaveLength(1);
}
async function sentBackLater(): Promise<void> {
  world = await openPolicyWorld('rules:\n  - id: when-it-is-here\n    then:\n      when: on_arrival\n');
  await world.say(diego, 'I want to return 3 olive wood spoons from order 1023');
  await world.say(diego, 'yes');
}
/** As when the hour is over. */
async function hourIsOver(): Promise<void> {
  const ended = async () =>
    (await world.db.execute(sql`select 1 from audit_log where action = 'ledger.compared'`)).length;
  await waitFor('the comparison at the start', async () => (await ended()) > 0);
  const before = await ended();
  await world.db.execute(sql`update jobs.job set start_after = now() where name = 'reconcile-refunds'`);
  await waitFor('the comparison', async () => (await ended()) > before);
  await world.settled();
}

describe('comparing with the shop', () => {
  test('records at the start what a lost answer and a lost job left unknown, and tells the customer once', async () => {
    world = await openWorld();
    await smallRefund();
    const told = world.textsTo(jane).length;
    await world.db.execute(
      sql`update refunds set state = 'unknown', shop_refund_id = null, payment = null, told_at = null, settled_at = null`,
    );
    await world.restart();
    await waitFor('the refund', async () => (await state('refunds'))[0] === 'refunded');
    await world.settled();
    expect(world.refundsOf('#1001')).toHaveLength(1);
    expect(world.textsTo(jane).slice(told)).toEqual([expect.stringContaining('Done:')]);
  });

  test('shows a difference in Slack once and in the metrics as long as it lasts', async () => {
    world = await openWorld();
    await smallRefund();
    const [made] = shopRefunds().splice(
      shopRefunds().findIndex(({ idempotencyKey }) => idempotencyKey),
      1,
    );
    await world.restart();
    await hourIsOver();
    expect(inSupport('My ledger and Shopify differ on order #1001')).toHaveLength(1);
    expect(await metrics()).toContain('returns_agent_ledger_differences{days="3"} 1');
    expect(await metrics()).toContain('returns_agent_ledger_differences_total{kind="missing"} 1');
    expect(await state('refunds')).toEqual(['refunded']);
    if (made) shopRefunds().push(made);
    await hourIsOver();
    expect(await metrics()).toContain('returns_agent_ledger_differences{days="3"} 0');
    expect(inSupport('My ledger and Shopify differ')).toHaveLength(1);
  });

  test('finds what came back though no webhook said so', async () => {
    await sentBackLater();
    expect(await state('refunds')).toEqual(['awaiting-arrival']);
    world.sandbox.shop.parcelArrives('#1023');
    await hourIsOver();
    await waitFor('the refund', async () => (await state('refunds'))[0] === 'refunded');
    await world.settled();
    expect(world.textsTo(diego).filter((text) => text.startsWith('We received '))).toHaveLength(1);
  });

  test('finds a return that the shop opened while its answer was lost', async () => {
    await sentBackLater();
    await world.db.execute(
      sql`update refunds set state = 'approved', return_id = null,
        sending = ${JSON.stringify({ kind: 'opening', sentAt: '2026-01-01T00:00:00.000Z' })}`,
    );
    await world.db.execute(
      sql`update returns set state = 'opening', shop_return_id = null, shop_return_name = null, told_at = now(),
        created_at = now() - interval '2 hours'`,
    );
    await hourIsOver();
    await waitFor('the return', async () => (await state('returns'))[0] === 'open');
    expect(await state('refunds')).toEqual(['awaiting-arrival']);
    expect(world.sandbox.shop.returns().filter(({ orderName }) => orderName === '#1023')).toHaveLength(1);
  });

  test('tells staff once of a return that was asked for and is not there', async () => {
    await sentBackLater();
    await world.db.execute(
      sql`update returns set state = 'opening', shop_return_id = null, refund_id = refund_id,
        created_at = now() - interval '2 hours'`,
    );
    const order = world.sandbox.shop.orders().find(({ name }) => name === '#1023');
    (order?.returns as unknown[]).length = 0;
    await hourIsOver();
    await hourIsOver();
    expect(inSupport('I asked for it more than an hour ago')).toHaveLength(1);
  });
});
