import { describe, expect, it } from 'vitest';
import { openShop } from './shop-desk.ts';

const shirt = { number: '1001', line: 'Shirt', amount: '48.00' } as const;
const mug = { number: '1015', line: 'Mug', amount: '18.00' } as const;

describe('idempotency keys of refundCreate', () => {
  it('are required', async () => {
    const desk = openShop();
    const document = 'mutation ($input: RefundInput!) { refundCreate(input: $input) { refund { id } } }';
    const before = desk.shop.refunds().length;
    const { errors } = await desk.ask(document, { input: { orderId: desk.order('1001').id } });
    expect(errors?.map((error) => error.extensions?.code)).toEqual(['BAD_REQUEST']);
    expect(desk.shop.refunds()).toHaveLength(before);
  });

  it('must not be blank', async () => {
    const { answer } = await openShop().refund({ ...shirt, key: '  ' });
    expect(answer.errors?.map((error) => error.extensions?.code)).toEqual(['BAD_REQUEST']);
  });

  it('give the first refund again for the same input', async () => {
    const desk = openShop();
    const first = await desk.refund({ ...mug, key: 'k' });
    const count = desk.shop.refunds().length;
    const second = await desk.refund({ ...mug, key: 'k' });
    expect(second.refund).toEqual(first.refund);
    expect(desk.shop.refunds()).toHaveLength(count);
  });

  it('are refused for another input', async () => {
    const desk = openShop();
    await desk.refund({ ...mug, key: 'k' });
    const count = desk.shop.refunds().length;
    const { answer } = await desk.refund({ ...mug, amount: '17.00', key: 'k' });
    expect(answer.errors?.map((error) => error.extensions?.code)).toEqual([
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
    ]);
    expect(desk.shop.refunds()).toHaveLength(count);
  });

  it('stay spent when the attempt was refused', async () => {
    const desk = openShop();
    const wish = { ...shirt, quantity: 2, key: 'k' };
    expect((await desk.refund(wish)).userErrors).toHaveLength(1);
    const { answer } = await desk.refund(wish);
    expect(answer.errors?.map((error) => error.extensions?.code)).toEqual([
      'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
    ]);
  });

  it('are remembered for 24 hours and then forgotten', async () => {
    const desk = openShop();
    const first = await desk.refund({ ...mug, key: 'k' });
    desk.wait(23.9);
    expect((await desk.refund({ ...mug, key: 'k' })).refund?.id).toBe(first.refund?.id);
    desk.wait(0.2);
    const later = await desk.refund({ ...mug, key: 'k' });
    expect(later.refund?.id).toEqual(expect.any(String));
    expect(later.refund?.id).not.toBe(first.refund?.id);
  });

  it('are refused while the same key is being worked on', async () => {
    const desk = openShop();
    const gate = Promise.withResolvers<void>();
    const arrived = Promise.withResolvers<void>();
    const call = (run: () => void) => ({ kind: 'call', run }) as const;
    desk.shop.faults.add({
      operation: 'refundCreate',
      when: 'before',
      times: 1,
      action: call(arrived.resolve),
    });
    desk.shop.faults.add({
      operation: 'refundCreate',
      when: 'before',
      times: 1,
      action: { kind: 'hold', until: gate.promise },
    });
    const first = desk.refund({ ...mug, key: 'k' });
    await arrived.promise;
    const { answer } = await desk.refund({ ...mug, key: 'k' });
    expect(answer.errors?.map((error) => error.extensions?.code)).toEqual(['IDEMPOTENCY_CONCURRENT_REQUEST']);
    gate.resolve();
    expect((await first).refund?.id).toEqual(expect.any(String));
  });

  it('survive a restart of the shop', async () => {
    const desk = openShop();
    const first = await desk.refund({ ...mug, key: 'k' });
    const state = JSON.parse(JSON.stringify(desk.state));
    const restarted = openShop({ state: { state, save: () => {} } });
    expect((await restarted.refund({ ...mug, key: 'k' })).refund?.id).toBe(first.refund?.id);
  });
});
