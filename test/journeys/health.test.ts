import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { jane, openWorld, type World } from '../support/open-world.ts';
import { waitFor } from '../support/wait-for.ts';

let world: World;
beforeAll(async () => {
  world = await openWorld((config) => ({ ...config, adminToken: 'admin-token' }));
});
afterAll(() => world.close());

async function get(path: string, headers: Readonly<Record<string, string>> = {}, at = world) {
  const response = await fetch(at.url + path, { headers });
  const body = await response.text();
  return { status: response.status, type: response.headers.get('content-type') ?? '', body };
}

async function ready(at = world) {
  const { status, body } = await get('/readyz', {}, at);
  return { code: status, ...(JSON.parse(body) as { reasons?: string[]; inFlight: number; queued: number }) };
}

describe('/readyz', () => {
  test('counts neither an approval that waits nor the timers that ripen later', async () => {
    await world.say(jane, 'return the walnut desk from 1002');
    await world.say(jane, 'yes');
    await world.card('#1002');
    await world.settled();
    expect(await ready()).toEqual({ code: 200, status: 'ready', inFlight: 0, queued: 0 });
    const [{ timers } = {}] = await world.db.execute<{ timers: number }>(
      sql`select count(*)::int as timers from jobs.job where name in ('remind-approvers', 'expire-approval') and start_after > now()`,
    );
    expect(timers).toBe(2);
  });

  test('counts the turn that runs as in flight', async () => {
    const held = Promise.withResolvers<void>();
    const remove = world.sandbox.shop.faults.add({
      when: 'before',
      action: { kind: 'hold', until: held.promise },
    });
    await world.sandbox.phones.receiveText({ from: jane, body: 'return the blue shirt from 1001' });
    await waitFor('the turn to run', async () => (await ready()).inFlight === 1);
    remove();
    held.resolve();
    await world.settled();
    expect(await ready()).toMatchObject({ inFlight: 0, queued: 0 });
  });

  test('counts a turn that nobody works on as queued', async () => {
    const webOnly = await openWorld(undefined, { worker: false });
    await webOnly.sandbox.phones.receiveText({ from: jane, body: 'hello' });
    expect(await ready(webOnly)).toEqual({ code: 200, status: 'ready', inFlight: 0, queued: 1 });
    await webOnly.close();
  });

  test('says 503 and what to do while migrations are missing', async () => {
    await world.db.execute(sql`alter table drizzle.__drizzle_migrations rename to moved_away`);
    const none = await ready();
    await world.db.execute(sql`alter table drizzle.moved_away rename to __drizzle_migrations`);
    expect(none).toMatchObject({ code: 503, reasons: ['migrations are not applied: run npm run migrate'] });

    await world.db.transaction(async (tx) => {
      await tx.execute(sql`create table kept as select * from drizzle.__drizzle_migrations`);
      await tx.execute(sql`delete from drizzle.__drizzle_migrations where id = 1`);
    });
    const one = await ready();
    await world.db.execute(sql`insert into drizzle.__drizzle_migrations select * from kept where id = 1`);
    expect(one).toMatchObject({ code: 503, reasons: ['1 migrations are not applied: run npm run migrate'] });
    expect((await ready()).code).toBe(200);
  });

  test('says 503 and why while the database is away; the process stays alive and recovers', async () => {
    await world.databaseGate.shut();
    expect(await ready()).toEqual({
      code: 503,
      status: 'not ready',
      reasons: ['the database does not answer'],
      inFlight: 0,
      queued: 0,
    });
    expect(await get('/healthz')).toMatchObject({ status: 200, body: '{"status":"ok"}' });
    await world.databaseGate.open();
    await waitFor('the program to be ready again', async () => (await ready()).code === 200);
    expect(await world.say(jane, 'what is your return policy?')).toHaveLength(1);
  });
});

describe('/metrics', () => {
  test.each([
    ['without a token', {}],
    ['with a wrong one', { authorization: 'Bearer admin-tokem' }],
  ])('is closed %s', async (_what, headers) => {
    expect((await get('/metrics', headers)).status).toBe(401);
  });

  test('is Prometheus text that names no person', async () => {
    const { status, type, body } = await get('/metrics', { authorization: 'Bearer admin-token' });
    expect(status).toBe(200);
    expect(type).toMatch(/^text\/plain; version=0\.0\.4/);
    for (const metric of [
      'returns_agent_turns_total{model="guided",outcome="replied"}',
      'returns_agent_inbound_messages_total{channel="sms",outcome="stored"}',
      'returns_agent_jobs{queue="expire-approval",state="timed"} 1',
      'returns_agent_tool_calls_total{tool="find_order",status="found"}',
      'returns_agent_provider_requests_total{service="shopify"',
      'returns_agent_turn_seconds_bucket',
      'process_resident_memory_bytes',
    ])
      expect(body).toContain(metric);
    expect(body).not.toMatch(/1555123|Jane|Desk/);
    for (const line of body.split('\n').filter((text) => text !== '' && !text.startsWith('#')))
      expect(line).toMatch(/^[a-z_0-9]+(?:\{[^{}]*\})? [-+.\deNIn]+$/i);
  });
});

test('no log line of a whole return names the customer, the number or what was bought', () => {
  expect(world.logLines.length).toBeGreaterThan(10);
  expect(world.logLines.join('\n')).not.toMatch(/1555123|Jane|jane@|[Ww]alnut|blue shirt/);
});
