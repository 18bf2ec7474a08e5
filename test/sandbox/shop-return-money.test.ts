import { describe, expect, it } from 'vitest';
import { type Outcome, openReturnDesk } from './return-desk.ts';

const amountOf = (outcome: Outcome) => outcome.financialTransfer?.amount.presentmentMoney.amount;

describe('the money of a return', () => {
  it.each([
    // Discount and tax shared to the cent, tax on top.
    { number: '1011', line: 'Candle', quantity: 2, percentage: 12.5 },
    // Odd cents over three pieces.
    { number: '1023', line: 'Spoon', quantity: 2, percentage: 10, shippingFee: '3.33' },
    // Tax inside the price.
    { number: '1006', line: 'Scarf', quantity: 1, percentage: 15 },
    // No decimals, and three.
    { number: '1024', line: 'Bath Mat', quantity: 3, percentage: 7, shippingFee: '301' },
    { number: '1025', line: 'Burner', quantity: 1, percentage: 12.5, shippingFee: '0.501' },
  ])('is calculated, suggested and moved to the same cent: $number', async (wish) => {
    const desk = openReturnDesk();
    const { currency, taxesIncluded } = desk.order(wish.number);
    const calculated = minorTotal(await desk.calculate(wish), currency, taxesIncluded);
    await desk.create(wish);
    const outcome = await desk.outcome(wish.quantity);
    expect(toMinor(amountOf(outcome), currency)).toBe(calculated);

    const answer = await desk.process(wish.quantity, { orderTransactions: desk.transactions(outcome) });
    expect(answer).toMatchObject({ return: { status: 'CLOSED' }, userErrors: [] });
    expect(desk.shop.refunds().at(-1)).toMatchObject({ amount: calculated, returnId: desk.last().id });
  });

  it('comes to the same in parts as at once', async () => {
    for (const number of ['1023', '1024'] as const) {
      const line = number === '1023' ? 'Spoon' : 'Bath Mat';
      const shippingFee = number === '1023' ? '1.01' : '101';
      const wish = { number, line, quantity: 3, percentage: 12.5, shippingFee };
      const [whole, parts] = [openReturnDesk(), openReturnDesk()];
      await whole.create(wish);
      await whole.process(3, { orderTransactions: whole.transactions(await whole.outcome(3)) });
      await parts.create(wish);
      for (let piece = 1; piece <= 3; piece++) {
        const transactions = parts.transactions(await parts.outcome(1));
        expect((await parts.process(1, { orderTransactions: transactions })).userErrors).toEqual([]);
        expect(parts.last().status).toBe(piece < 3 ? 'OPEN' : 'CLOSED');
      }
      expect(refunded(parts, number)).toBe(refunded(whole, number));
    }
  });

  it('includes shipping when it is asked for, once', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1024', line: 'Bath Mat', quantity: 2 });
    const shipping = { fullRefund: true };
    const [without, with550] = [await desk.outcome(1), await desk.outcome(1, { shipping })];
    expect(Number(amountOf(with550)) - Number(amountOf(without))).toBe(550);
    const orderTransactions = desk.transactions(with550);
    await desk.process(1, { orderTransactions }, { refundShipping: shipping });
    expect(amountOf(await desk.outcome(1, { shipping }))).toBe(amountOf(await desk.outcome(1)));
  });

  it('is not more than the fee leaves of the order', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1017', line: 'Blanket', percentage: 10 });
    expect((await desk.process(1, desk.payment('1017', '90.01'))).userErrors).toMatchObject([
      { code: 'INVALID', field: ['input', 'financialTransfer'] },
    ]);
    expect(desk.last().lines[0]?.processed).toBe(0);
    expect((await desk.process(1, desk.payment('1017', '90.00'))).userErrors).toEqual([]);
  });

  it('is owed by the customer when fees are more than the piece', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1001', line: 'Socks', shippingFee: '15.00' });
    expect((await desk.outcome(1)).financialTransfer).toMatchObject({
      __typename: 'InvoiceReturnOutcome',
      amount: { presentmentMoney: { amount: '3.0', currencyCode: 'USD' } },
    });
  });

  it('is not moved for more pieces than the return has, nor for pieces refunded elsewhere', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1015', line: 'Mug', quantity: 2 });
    expect((await desk.process(3)).userErrors[0]?.field).toEqual([
      'input',
      'returnLineItems',
      '0',
      'quantity',
    ]);
    desk.shop.editOrder('1015', { kind: 'refund', line: 'Mug', quantity: 3 });
    expect((await desk.process(2)).userErrors[0]?.message).toBe('Quantity was refunded already');
  });

  it('may stay where it is: the pieces are back all the same', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1015', line: 'Mug', quantity: 1 });
    expect((await desk.process(1)).userErrors).toEqual([]);
    expect(desk.shop.refunds().at(-1)).toMatchObject({ amount: 0, transactions: [] });
    expect(
      (await desk.refund({ number: '1015', line: 'Mug', quantity: 3, amount: '54' })).userErrors,
    ).toEqual([expect.objectContaining({ field: ['refundLineItems', '0', 'quantity'] })]);
  });

  it('puts pieces back on the shelf only where the return says so', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1021', line: 'Jacket' });
    desk.shop.parcelArrives('1021');
    const [line] = desk.last().lines;
    const disposition = {
      reverseFulfillmentOrderLineItemId: line?.reverseLineId,
      quantity: 1,
      dispositionType: 'RESTOCKED',
      locationId: 'gid://shopify/Location/1',
    };
    const stock = () =>
      desk.state.products?.find(({ title }) => title === 'Field Jacket')?.variants[0]?.stock;
    const before = stock() ?? 0;
    const returnLineItems = [{ id: line?.id, quantity: 1, dispositions: [disposition] }];
    expect((await desk.process(1, undefined, { returnLineItems })).userErrors).toEqual([]);
    expect(stock()).toBe(before + 1);
    expect(desk.last().lines[0]?.dispositions.map(({ type }) => type)).toEqual(['RESTOCKED']);
  });
});

describe('store credit', () => {
  it('goes into the customer’s account instead of back to the payment', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1020', line: 'Cardigan' });
    const outcome = await desk.outcome(1, { destination: 'STORE_CREDIT' });
    expect(outcome.financialTransfer).toMatchObject({
      suggestedTransactions: [],
      suggestedRefundMethods: [{ amount: { presentmentMoney: { amount: '74.0' } } }],
    });
    expect((await desk.process(1, desk.credit('74.00'))).userErrors).toEqual([]);
    expect(desk.shop.storeCreditOf('ines@example.com')).toEqual([{ currency: 'USD', amount: 7_400 }]);
    expect((await desk.refund({ number: '1020', amount: '1.00' })).userErrors).toMatchObject([
      { message: 'Refund amount is more than is available to refund' },
    ]);
  });

  it('may be more than the order left only where over-refunding is allowed', async () => {
    const desk = openReturnDesk();
    await desk.create({ number: '1020', line: 'Cardigan' });
    expect((await desk.process(1, desk.credit('81.40'))).userErrors).toHaveLength(1);
    expect(desk.shop.storeCreditOf('ines@example.com')).toEqual([]);
    const bonus = { ...desk.credit('81.40'), allowOverRefunding: true };
    expect((await desk.process(1, bonus)).userErrors).toEqual([]);
    expect(desk.shop.storeCreditOf('+15551230011')).toEqual([{ currency: 'USD', amount: 8_140 }]);
  });

  it.each([
    ['a guest', '1013', 'Clock', 'USD'],
    ['another currency', '1006', 'Scarf', 'USD'],
  ])('is refused for %s', async (_, number, line, currency) => {
    const desk = openReturnDesk();
    await desk.create({ number, line });
    expect((await desk.process(1, desk.credit('10.00', currency))).userErrors).toHaveLength(1);
    expect(desk.last().lines[0]?.processed).toBe(0);
  });

  it('is refused where the merchant switched it off, and says so beforehand', async () => {
    const desk = openReturnDesk();
    const read = () => desk.send('{ storeCreditConfiguration { storeCreditEnabled } }', {});
    expect(await read()).toEqual({ storeCreditEnabled: true });
    desk.shop.switchStoreCredit(false);
    expect(await read()).toEqual({ storeCreditEnabled: false });
    await desk.create({ number: '1020', line: 'Cardigan' });
    expect((await desk.process(1, desk.credit('74.00'))).userErrors).toHaveLength(1);
  });
});

function refunded(desk: ReturnType<typeof openReturnDesk>, number: string): number {
  const own = desk.shop.refunds().filter(({ orderName }) => orderName === `#${number}`);
  return own.reduce((total, { amount }) => total + amount, 0);
}

function toMinor(amount: string | undefined, currency: string): number {
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions()
    .maximumFractionDigits;
  return Math.round(Number(amount) * 10 ** (digits ?? 2));
}

type Bag = { readonly presentmentMoney: { readonly amount: string } };
type Calculated = {
  readonly returnLineItems: readonly {
    readonly subtotalSet?: Bag;
    readonly totalTaxSet?: Bag;
    readonly restockingFee?: { readonly amountSet: Bag } | null;
  }[];
  readonly returnShippingFee?: { readonly amountSet: Bag } | null;
};

function minorTotal(calculated: Calculated, currency: string, taxesIncluded: boolean): number {
  const minor = (bag: Bag | undefined) => toMinor(bag?.presentmentMoney.amount ?? '0', currency);
  const lines = calculated.returnLineItems.map(
    (line) =>
      minor(line.subtotalSet) +
      (taxesIncluded ? 0 : minor(line.totalTaxSet)) -
      minor(line.restockingFee?.amountSet),
  );
  return lines.reduce((total, each) => total + each, -minor(calculated.returnShippingFee?.amountSet));
}
