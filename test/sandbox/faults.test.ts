import { describe, expect, it } from 'vitest';
import { createFaults } from '../../src/sandbox/faults.ts';

describe('faults of a stand-in', () => {
  it('strikes only the named operation, at the named moment, as often as asked', async () => {
    const faults = createFaults();
    faults.add({ operation: 'refundCreate', when: 'after', times: 1, action: { kind: 'drop' } });

    expect(await faults.before('refundCreate')).toBeUndefined();
    expect(await faults.after('orders')).toBeUndefined();
    expect(await faults.after('orders', 'refundCreate')).toEqual({ kind: 'drop' });
    expect(await faults.after('refundCreate')).toBeUndefined();
  });

  it('strikes every operation until it is removed when neither is limited', async () => {
    const faults = createFaults();
    const remove = faults.add({ when: 'before', action: { kind: 'status', status: 503 } });

    expect(await faults.before('orders')).toEqual({ kind: 'status', status: 503 });
    expect(await faults.before('order')).toEqual({ kind: 'status', status: 503 });
    remove();
    expect(await faults.before('orders')).toBeUndefined();
  });

  it('waits and calls before the fault that replaces the answer', async () => {
    const faults = createFaults();
    const happened: string[] = [];
    const gate = Promise.withResolvers<void>();
    faults.add({ when: 'before', action: { kind: 'hold', until: gate.promise } });
    faults.add({ when: 'before', action: { kind: 'call', run: () => void happened.push('called') } });
    faults.add({ when: 'before', action: { kind: 'throttle' } });

    const struck = faults.before('orders');
    expect(happened).toEqual([]);
    gate.resolve();
    expect(await struck).toEqual({ kind: 'throttle' });
    expect(happened).toEqual(['called']);
  });

  it('strikes no more once cleared', async () => {
    const faults = createFaults();
    faults.add({ when: 'before', action: { kind: 'drop' } });
    faults.clear();
    expect(await faults.before('orders')).toBeUndefined();
  });
});
