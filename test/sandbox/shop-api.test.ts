import { describe, expect, it } from 'vitest';
import { found, openShop } from './shop-desk.ts';

const anyOrder = '{ orders(first: 1) { nodes { name } } }';

describe('the door of the Admin API', () => {
  it('is closed to a wrong token, in Shopify’s words', async () => {
    const answer = await openShop().post({ query: anyOrder }, 'shpat_other');
    expect(answer).toMatchObject({
      status: 401,
      body: '{"errors":"[API] Invalid API key or access token (unrecognized login or wrong password)"}',
    });
  });

  it('says which version answered', async () => {
    const answer = await openShop().post({ query: anyOrder });
    expect(answer).toMatchObject({ status: 200, headers: { 'x-shopify-api-version': '2026-10' } });
  });

  it('knows no other addresses and no GET', async () => {
    const { post, shop } = openShop();
    expect(await post({}, undefined, '/admin/api/graphql.json')).toMatchObject({ status: 404 });
    const get = { method: 'GET', path: '/admin/api/2026-10/graphql.json', headers: {}, rawBody: '' };
    expect(await shop.handle(get)).toMatchObject({ status: 404 });
  });

  it('answers a body that is no query with 400', async () => {
    const { post } = openShop();
    expect(await post({ question: 'hello' })).toMatchObject({ status: 400 });
    expect(await post(null)).toMatchObject({ status: 400 });
  });

  it('answers what the schema does not know with errors and no data', async () => {
    const desk = openShop();
    for (const query of ['{ orders', '{ secrets }', '{ orders(first: 1) { nodes { margin } } }']) {
      const answer = await desk.ask(query);
      expect(answer.errors).not.toEqual([]);
      expect(answer.data).toBeUndefined();
    }
    expect((await desk.ask('{ orders { nodes { id } } }')).errors).toHaveLength(1);
  });
});

describe('the client credentials grant', () => {
  const app = { clientId: 'id', clientSecret: 'secret' };
  const grant = { grant_type: 'client_credentials', client_id: 'id', client_secret: 'secret' };
  const path = '/admin/oauth/access_token';

  function askForm(desk: ReturnType<typeof openShop>, form: Record<string, string>) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return desk.shop.handle({ method: 'POST', path, headers, rawBody: String(new URLSearchParams(form)) });
  }

  it('gives a token for 24 hours, to a form and to JSON', async () => {
    const desk = openShop(app);
    for (const ask of [() => askForm(desk, grant), () => desk.post(grant, undefined, path)]) {
      const answer = await ask();
      const { access_token: token, expires_in: seconds } = JSON.parse('body' in answer ? answer.body : '{}');
      expect(seconds).toBe(86_399);
      expect(await desk.post({ query: anyOrder }, token)).toMatchObject({ status: 200 });
      desk.wait(24);
      expect(await desk.post({ query: anyOrder }, token)).toMatchObject({ status: 401 });
    }
  });

  it('gives nothing for a wrong secret, another grant, or where there is no app', async () => {
    expect(await askForm(openShop(app), { ...grant, client_secret: 'guess' })).toMatchObject({ status: 400 });
    expect(await askForm(openShop(app), { ...grant, grant_type: 'password' })).toMatchObject({ status: 400 });
    expect(await askForm(openShop(), grant)).toMatchObject({ status: 400 });
  });
});

describe('query cost', () => {
  const tenOrders = '{ orders(first: 10) { nodes { name customer { id } } } }';

  it('is told with every answer: what was asked for, what it came to', async () => {
    const desk = openShop({ cost: { maximum: 2_000, restorePerSecond: 100 } });
    const { extensions } = await desk.ask('{ orders(first: 10, query: "name:1002") { nodes { name } } }');
    expect(extensions?.cost).toEqual({
      requestedQueryCost: 10,
      actualQueryCost: 2,
      throttleStatus: { maximumAvailable: 2_000, currentlyAvailable: 1_998, restoreRate: 100 },
    });
  });

  it('throttles when the bucket is empty, until time refills it', async () => {
    const desk = openShop({ cost: { maximum: 30, restorePerSecond: 1 } });
    expect((await desk.ask(tenOrders)).errors).toBeUndefined();
    const throttled = await desk.ask(tenOrders);
    expect(throttled.data).toBeUndefined();
    expect(throttled.errors?.map((error) => error.extensions?.code)).toEqual(['THROTTLED']);
    expect(throttled.extensions?.cost).toMatchObject({ requestedQueryCost: 20, actualQueryCost: null });
    desk.wait(1);
    expect((await desk.ask(tenOrders)).errors).toBeUndefined();
  });

  it('counts a page size that travels as a variable', async () => {
    const query = 'query ($size: Int!) { orders(first: $size) { nodes { name } } }';
    const { extensions } = await openShop().ask(query, { size: 7 });
    expect(extensions?.cost.requestedQueryCost).toBe(7);
  });

  it('may not exceed 1,000 points in one query', async () => {
    const query = '{ orders(first: 250) { nodes { lineItems(first: 50) { nodes { id } } } } }';
    const { errors } = await openShop().ask(query);
    expect(errors?.map((error) => error.extensions?.code)).toEqual(['MAX_COST_EXCEEDED']);
  });
});

describe('faults of the shop', () => {
  const mug = { number: '1015', line: 'Mug', amount: '18.00' } as const;

  it('lose the answer to a refund that was made: repeating the key finds it', async () => {
    const desk = openShop();
    const count = desk.shop.refunds().length;
    desk.shop.faults.add({ operation: 'refundCreate', when: 'after', times: 1, action: { kind: 'drop' } });
    await expect(desk.refund({ ...mug, key: 'k' })).rejects.toThrow('hung up');
    expect(desk.shop.refunds()).toHaveLength(count + 1);
    const { refund } = await desk.refund({ ...mug, key: 'k' });
    expect(refund?.id).toBe(desk.shop.refunds().at(-1)?.id);
    expect(desk.shop.refunds()).toHaveLength(count + 1);
  });

  it('strike before anything is done', async () => {
    const desk = openShop();
    const count = desk.shop.refunds().length;
    desk.shop.faults.add({ operation: 'refundCreate', when: 'before', times: 1, action: { kind: 'drop' } });
    await expect(desk.refund({ ...mug, key: 'k' })).rejects.toThrow('hung up');
    expect(desk.shop.refunds()).toHaveLength(count);
    expect((await desk.refund({ ...mug, key: 'k' })).userErrors).toEqual([]);
  });

  it('answer with a status of their own, with headers', async () => {
    const desk = openShop();
    const headers = { 'retry-after': '2' };
    desk.shop.faults.add({
      operation: 'orders',
      when: 'before',
      action: { kind: 'status', status: 429, headers },
    });
    expect(await desk.post({ query: anyOrder })).toMatchObject({ status: 429, headers });
    const other = '{ order(id: "gid://shopify/Order/1") { id } }';
    expect(await desk.post({ query: other })).toMatchObject({ status: 200 });
  });

  it('throttle as Shopify does', async () => {
    const desk = openShop();
    desk.shop.faults.add({ when: 'before', times: 1, action: { kind: 'throttle' } });
    expect((await desk.ask(anyOrder)).errors?.map((error) => error.extensions?.code)).toEqual(['THROTTLED']);
    expect((await desk.ask(anyOrder)).errors).toBeUndefined();
  });

  it('let somebody refund by hand between the question and the answer', async () => {
    const desk = openShop();
    const run = () => desk.shop.editOrder('1015', { kind: 'refund', line: 'Mug', quantity: 3 });
    desk.shop.faults.add({
      operation: 'refundCreate',
      when: 'before',
      times: 1,
      action: { kind: 'call', run },
    });
    const { userErrors } = await desk.refund(mug);
    expect(userErrors?.[0]?.field).toEqual(['refundLineItems', '0', 'quantity']);
    expect(found(desk.shop.refunds().at(-1)).idempotencyKey).toBeUndefined();
  });
});
