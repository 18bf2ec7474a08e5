import { describe, expect, it } from 'vitest';
import { checkRequest } from '../../src/returns/check-request.ts';
import type { OrderId } from '../../src/returns/ids.ts';
import { lineId, mug, sampleLine, sampleOrder, sampleRequest, shirt } from './sample-order.ts';

const order = sampleOrder();

describe('checkRequest', () => {
  it.each([
    [[{ lineId: shirt, quantity: 1 }]],
    [[{ lineId: shirt, quantity: 2 }]],
    [
      [
        { lineId: shirt, quantity: 2 },
        { lineId: mug, quantity: 1 },
      ],
    ],
  ])('accepts what the order has: %j', (lines) => {
    expect(checkRequest(order, sampleRequest({ lines }))).toEqual({ kind: 'ok' });
  });

  it.each([
    ['no_lines', []],
    ['unknown_line', [{ lineId: lineId(9), quantity: 1 }]],
    [
      'unknown_line',
      [
        { lineId: shirt, quantity: 1 },
        { lineId: lineId(9), quantity: 1 },
      ],
    ],
    [
      'duplicate_line',
      [
        { lineId: shirt, quantity: 1 },
        { lineId: shirt, quantity: 1 },
      ],
    ],
    ['bad_quantity', [{ lineId: shirt, quantity: 0 }]],
    ['bad_quantity', [{ lineId: shirt, quantity: -1 }]],
    ['bad_quantity', [{ lineId: shirt, quantity: 1.5 }]],
    ['bad_quantity', [{ lineId: shirt, quantity: Number.NaN }]],
    ['too_many', [{ lineId: shirt, quantity: 3 }]],
  ])('finds %s in %j', (problem, lines) => {
    expect(checkRequest(order, sampleRequest({ lines }))).toMatchObject({ kind: 'invalid', problem });
  });

  it('refuses a request for another order', () => {
    const request = sampleRequest({ orderId: 'gid://shopify/Order/2' as OrderId });
    expect(checkRequest(order, request)).toMatchObject({ problem: 'wrong_order' });
  });

  it('says how many of a line were ordered', () => {
    expect(checkRequest(order, sampleRequest({ lines: [{ lineId: shirt, quantity: 3 }] }))).toEqual({
      kind: 'invalid',
      problem: 'too_many',
      say: 'The order has only 2 of Blue Shirt.',
    });
  });

  it('says how many of a line are left', () => {
    const partly = sampleOrder({ lines: [sampleLine({ refundableQuantity: 1 })] });
    expect(checkRequest(partly, sampleRequest({ lines: [{ lineId: shirt, quantity: 2 }] }))).toEqual({
      kind: 'invalid',
      problem: 'too_many',
      say: 'Only 1 of Blue Shirt can still be returned.',
    });
  });

  it('knows a line that was returned before', () => {
    const returned = sampleOrder({ lines: [sampleLine({ refundableQuantity: 0 })] });
    expect(checkRequest(returned, sampleRequest())).toMatchObject({ problem: 'already_returned' });
  });
});
