import { expect, it } from 'vitest';
import type {
  CreateReturnCommand,
  ProcessReturnCommand,
  ShopReturn,
} from '../../../src/ports/return-desk.ts';
import type { RefundId } from '../../../src/returns/ids.ts';
import { servedShop } from './served-shop.ts';

const shop = servedShop();
const { storefront } = shop;
const intentId = '0193b0c8-7a51-7c3e-9d5e-3f1b2a4c5d6e' as RefundId;

async function order(number: string) {
  const found = await storefront.findOrder(number);
  if (!found) throw new Error('The demo store has no such order');
  return found;
}

async function opening(number: string): Promise<CreateReturnCommand> {
  const { id, lines, currency } = await order(number);
  const [line] = lines;
  if (!line) throw new Error('The order has no line');
  return {
    orderId: id,
    lines: [{ lineId: line.id, quantity: 1, restockingFeePercent: 10 }],
    returnShippingFee: { minor: 500, currency },
    intentId,
    note: 'Too small',
  };
}

async function opened(command: CreateReturnCommand): Promise<ShopReturn> {
  const receipt = await storefront.createReturn(command);
  const made = receipt.kind === 'created' ? await storefront.readReturn(receipt.returnId) : undefined;
  if (!made) throw new Error(`No return was opened: ${receipt.kind}`);
  return made;
}

async function settling(made: ShopReturn): Promise<ProcessReturnCommand> {
  const lines = made.lines.map(({ id, quantity }) => ({ id, quantity }));
  const outcome = await storefront.suggestReturnOutcome({ returnId: made.id, lines });
  if (outcome.kind !== 'refund') throw new Error(`Nothing is refunded: ${outcome.kind}`);
  const dispositions = made.parcels.flatMap((parcel) =>
    parcel.lines.map(({ id, quantity }) => ({ id, quantity, type: 'not_restocked' as const })),
  );
  return {
    returnId: made.id,
    intentId,
    refundsBefore: made.refunds.map(({ id }) => id),
    amount: outcome.amount,
    payments: outcome.payments,
    lines: made.lines.map((line) => ({
      id: line.id,
      quantity: line.quantity,
      processedBefore: line.processedQuantity,
      dispositions,
    })),
  };
}

it('refunds on arrival what was calculated before, fees taken off', async () => {
  const command = await opening('1001');
  await expect(storefront.calculateReturn(command)).resolves.toMatchObject({
    lines: [{ subtotal: { minor: 4800 }, fee: { minor: 480 } }],
    returnShippingFee: { minor: 500 },
  });
  const made = await opened(command);
  await expect(storefront.processReturn(await settling(made))).resolves.toMatchObject({
    kind: 'processed',
    refund: { amount: { minor: 3820, currency: 'USD' }, payment: 'settled' },
  });
});

it('opens one return, however often its answer is lost', async () => {
  const command = await opening('1001');
  shop.loseAnswerOf('CreateReturn');
  await expect(storefront.createReturn(command)).rejects.toMatchObject({ outcome: 'unknown' });
  await expect(storefront.createReturn(command)).resolves.toMatchObject({ name: '#1001-R1' });
  expect(shop.timesSent('CreateReturn')).toBe(1);
});

it('processes a return once, however often its answer is lost', async () => {
  const command = await settling(await opened(await opening('1001')));
  shop.loseAnswerOf('ProcessReturn');
  await expect(storefront.processReturn(command)).rejects.toMatchObject({ outcome: 'unknown' });
  await expect(storefront.processReturn(command)).resolves.toMatchObject({
    kind: 'processed',
    refund: { amount: { minor: 3820 } },
  });
  expect(shop.timesSent('ProcessReturn')).toBe(1);
  expect((await order('1001')).refunds).toHaveLength(1);
});

it('labels a parcel once, and shows the label', async () => {
  const made = await opened(await opening('1001'));
  const label = {
    returnId: made.id,
    parcelId: made.parcels[0]?.id ?? '',
    labelUrl: 'https://labels.example/1.pdf',
    trackingNumber: '1Z',
  };
  shop.loseAnswerOf('AttachLabel');
  await expect(storefront.attachLabel(label)).rejects.toMatchObject({ outcome: 'unknown' });
  await expect(storefront.attachLabel(label)).resolves.toEqual({ kind: 'done' });
  expect(shop.timesSent('AttachLabel')).toBe(1);
  await expect(storefront.readReturn(made.id)).resolves.toMatchObject({
    parcels: [{ deliveries: [{ trackingNumber: '1Z' }] }],
  });
});

it('cancels a return that nothing has happened to, and says so again when it is asked again', async () => {
  const made = await opened(await opening('1001'));
  await expect(storefront.cancelReturn(made.id)).resolves.toEqual({ kind: 'done' });
  await expect(storefront.cancelReturn(made.id)).resolves.toEqual({ kind: 'done' });
  await expect(storefront.readReturn(made.id)).resolves.toMatchObject({ status: 'cancelled' });
});

it('lets no piece travel back twice', async () => {
  const command = await opening('1001');
  await opened(command);
  const other = { ...command, intentId: '0193b0c8-7a51-7c3e-9d5e-000000000001' as RefundId };
  await expect(storefront.createReturn(other)).resolves.toMatchObject({ kind: 'not-returnable' });
});

it('knows what a policy asks about an order of the demo store', async () => {
  await expect(storefront.addPolicyFacts(await order('1001'))).resolves.toMatchObject({
    customer: { numberOfOrders: expect.any(Number), earlierReturns: expect.any(Array) },
    lines: [{ productId: expect.stringMatching(/^\d+$/), vendor: 'Birch & Loom', discountPercent: 0 }, {}],
  });
});

it('asks for less than 1,000 points at a time, by the count of the shop', async () => {
  const made = await opened(await opening('1001'));
  await storefront.processReturn(await settling(made));
  await storefront.addPolicyFacts(await order('1001'));
  const tooCostly = shop.sent.filter(({ cost }) => cost > 900);
  expect(tooCostly).toEqual([]);
});
