import { describe, expect, it } from 'vitest';
import { openShop } from './shop-desk.ts';

const document = /* GraphQL */ `
  query ($id: ID!, $lines: [RefundLineItemInput!]) {
    order(id: $id) {
      suggestedRefund(refundLineItems: $lines) {
        amountSet { presentmentMoney { amount currencyCode } }
        maximumRefundableSet { presentmentMoney { amount } }
        suggestedTransactions { gateway amountSet { presentmentMoney { amount } } }
      }
    }
  }
`;

type Suggestion = {
  readonly amountSet: {
    readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string };
  };
  readonly maximumRefundableSet: { readonly presentmentMoney: { readonly amount: string } };
  readonly suggestedTransactions: readonly {
    readonly gateway: string;
    readonly amountSet: { readonly presentmentMoney: { readonly amount: string } };
  }[];
};

async function suggest(
  number: string,
  pieces: Readonly<Record<string, number>>,
  desk = openShop(),
): Promise<{ amount?: string; maximum?: string; payments?: readonly string[]; refused?: string }> {
  const lines = Object.entries(pieces).map(([title, quantity]) => ({
    lineItemId: desk.line(number, title).id,
    quantity,
  }));
  const { data, errors } = await desk.ask(document, { id: desk.order(number).id, lines });
  const order = data?.order as { suggestedRefund: Suggestion | null } | undefined;
  const suggestion = order?.suggestedRefund;
  if (!suggestion) return { refused: errors?.[0]?.message ?? '' };
  const { amount, currencyCode } = suggestion.amountSet.presentmentMoney;
  return {
    amount: `${amount} ${currencyCode}`,
    maximum: suggestion.maximumRefundableSet.presentmentMoney.amount,
    payments: suggestion.suggestedTransactions.map(
      (payment) => `${payment.gateway} ${payment.amountSet.presentmentMoney.amount}`,
    ),
  };
}

describe('what the shop suggests to refund', () => {
  it('is what the line cost', async () => {
    expect(await suggest('1001', { Shirt: 1 })).toEqual({
      amount: '48.0 USD',
      maximum: '60.0',
      payments: ['shopify_payments 48.0'],
    });
  });

  it('takes off the line’s share of a discount and adds its share of the tax', async () => {
    // Candles: 2 × 24.95 − 5.00 of the 12.99 off the order, + 3.71 tax.
    expect(await suggest('1011', { Candle: 2 })).toMatchObject({ amount: '48.61 USD' });
    expect(await suggest('1011', { Candle: 1 })).toMatchObject({ amount: '24.3 USD' });
  });

  it('goes back to the gift card first, then to the card', async () => {
    expect((await suggest('1011', { Throw: 1 })).payments).toEqual([
      'gift_card 33.33',
      'shopify_payments 44.61',
    ]);
  });

  it('gives the cent that rounding left to the last piece', async () => {
    const desk = openShop();
    const first = await suggest('1011', { Candle: 1 }, desk);
    desk.shop.editOrder('1011', { kind: 'refund', line: 'Candle' });
    const second = await suggest('1011', { Candle: 1 }, desk);
    expect([first.amount, second.amount]).toEqual(['24.3 USD', '24.31 USD']);
  });

  it('is in the currency the customer paid in, to its last decimal', async () => {
    expect((await suggest('1006', { Scarf: 1 })).amount).toBe('64.9 EUR');
    expect((await suggest('1012', { Towel: 1 })).amount).toBe('1201.0 JPY');
    expect((await suggest('1016', { Lantern: 1 })).amount).toBe('18.75 KWD');
  });

  it('never exceeds what is left after a refund of any other amount', async () => {
    const desk = openShop();
    desk.shop.editOrder('1002', { kind: 'refund', amount: 40_000 });
    expect(await suggest('1002', { Desk: 1 }, desk)).toMatchObject({ amount: '20.0 USD', maximum: '20.0' });
  });

  it('counts a payment that failed as still to be refunded', async () => {
    const desk = openShop();
    desk.shop.editOrder('1002', { kind: 'refund', amount: 40_000 });
    desk.shop.editOrder('1002', { kind: 'settle', status: 'FAILURE' });
    expect(await suggest('1002', { Desk: 1 }, desk)).toMatchObject({ amount: '420.0 USD' });
  });

  it('is refused for more than is left', async () => {
    expect((await suggest('1005', { Planter: 2 })).refused).toContain('more items than were purchased');
    const desk = openShop();
    desk.shop.editOrder('1001', { kind: 'remove', line: 'Socks', quantity: 1 });
    expect((await suggest('1001', { Socks: 1 }, desk)).refused).toContain('more items');
  });
});

describe('a suggestion beyond the pieces', () => {
  const document = `query ($id: ID!, $lines: [RefundLineItemInput!], $to: RefundMethodAllocation) { order(id: $id) {
    suggestedRefund(refundLineItems: $lines, refundShipping: true, refundMethodAllocation: $to) {
      amountSet { presentmentMoney { amount } }
      shipping { amountSet { presentmentMoney { amount } } }
      suggestedTransactions { gateway }
      suggestedRefundMethods { amount { presentmentMoney { amount } } }
    }
  } }`;
  const money = (amount: string) => ({ presentmentMoney: { amount } });

  it('counts shipping in until it is refunded', async () => {
    const desk = openShop();
    const { id, currency } = desk.order('1024');
    const lines = [{ lineItemId: desk.line('1024', 'Mat').id, quantity: 1 }];
    const ask = async () => (await desk.ask(document, { id, lines })).data?.order;
    expect(await ask()).toMatchObject({
      suggestedRefund: { amountSet: money('3683.0'), shipping: { amountSet: money('550.0') } },
    });
    const input = { orderId: id, currency, refundLineItems: lines, shipping: { fullRefund: true } };
    const refunded = await desk.ask(
      `mutation ($input: RefundInput!, $key: String!) {
        refundCreate(input: $input) @idempotent(key: $key) { userErrors { field } }
      }`,
      { key: 'k', input },
    );
    expect(refunded.data?.refundCreate).toEqual({ userErrors: [] });
    expect(await ask()).toMatchObject({ suggestedRefund: { shipping: { amountSet: money('0.0') } } });
  });

  it('names no payment when store credit is wanted', async () => {
    const desk = openShop();
    const lines = [{ lineItemId: desk.line('1023', 'Pot').id, quantity: 1 }];
    const variables = { id: desk.order('1023').id, lines, to: 'STORE_CREDIT' };
    expect((await desk.ask(document, variables)).data?.order).toMatchObject({
      suggestedRefund: {
        amountSet: money('70.46'),
        suggestedTransactions: [],
        suggestedRefundMethods: [{ amount: money('70.46') }],
      },
    });
  });
});
