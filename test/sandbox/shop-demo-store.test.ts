import { readFileSync } from 'node:fs';
import {
  buildSchema,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';
import { describe, expect, it } from 'vitest';
import { demoOrders, describeDemoStore } from '../../src/sandbox/demo-store.ts';
import { orderTotal } from '../../src/sandbox/shop/order-balance.ts';
import { found, openingDay, openShop } from './shop-desk.ts';

const orders = demoOrders(openingDay);
const named = (number: string) => found(orders.find((order) => order.name === `#${number}`));

function daysSinceDelivery(number: string): number | undefined {
  const delivered = named(number).fulfillments[0]?.deliveredAt;
  return delivered ? (openingDay.getTime() - new Date(delivered).getTime()) / 86_400_000 : undefined;
}

describe('the demo store', () => {
  it('has an order for every way a return can go, each described', () => {
    expect(describeDemoStore().map((story) => story.orderName)).toEqual(orders.map((order) => order.name));
    expect(describeDemoStore()[0]).toEqual({
      orderName: '#1001',
      customer: 'Jane Doe',
      phone: '+15551230001',
      summary: 'Blue Oxford Shirt $48.00 and Cotton Socks $12.00, delivered 5 days ago',
      expect: 'refunded at once',
    });
  });

  it('received exactly what its orders cost', () => {
    for (const order of orders) {
      const received = order.payments.reduce((total, payment) => total + payment.amount, 0);
      expect([order.name, received]).toEqual([order.name, orderTotal(order)]);
    }
  });

  it('has a small and a big order in time, and one that is too old', () => {
    expect([daysSinceDelivery('1001'), orderTotal(named('1001'))]).toEqual([5, 6_000]);
    expect([daysSinceDelivery('1002'), orderTotal(named('1002'))]).toEqual([8, 42_000]);
    expect(daysSinceDelivery('1003')).toBe(60);
  });

  it('has a final sale, a gift card, something on its way and something not shipped', () => {
    expect(named('1004').lines[0]?.productTags).toEqual(['final-sale']);
    expect(named('1014').lines[0]).toMatchObject({ isGiftCard: true, requiresShipping: false });
    expect(named('1007').fulfillments).toHaveLength(1);
    expect(daysSinceDelivery('1007')).toBeUndefined();
    expect(named('1008').fulfillments).toEqual([]);
  });

  it('has orders that are refunded in part, and cancelled and refunded', async () => {
    const desk = openShop();
    const document = `query ($id: ID!) { order(id: $id) {
      cancelledAt
      lineItems(first: 5) { nodes { refundableQuantity unfulfilledQuantity } }
      refunds { note }
      totalRefundedSet { presentmentMoney { amount } }
    } }`;
    expect((await desk.ask(document, { id: desk.order('1005').id })).data?.order).toEqual({
      cancelledAt: null,
      lineItems: {
        nodes: [
          { refundableQuantity: 1, unfulfilledQuantity: 0 },
          { refundableQuantity: 1, unfulfilledQuantity: 0 },
        ],
      },
      refunds: [{ note: 'Refunded by hand' }],
      totalRefundedSet: { presentmentMoney: { amount: '36.0' } },
    });
    expect((await desk.ask(document, { id: desk.order('1009').id })).data?.order).toMatchObject({
      cancelledAt: expect.any(String),
      lineItems: { nodes: [{ refundableQuantity: 0 }] },
      totalRefundedSet: { presentmentMoney: { amount: '66.0' } },
    });
  });

  it('has a guest whom only e-mail and postal code prove', () => {
    const guest = named('1013');
    expect([guest.phone, guest.customerId, guest.shippingAddress?.phone]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect([guest.email, guest.shippingAddress?.zip]).toEqual(['sam.field@example.com', 'V6B 1A1']);
  });

  it('has orders paid in euros, yen and dinars', () => {
    expect(['1006', '1012', '1016'].map((number) => named(number).currency)).toEqual(['EUR', 'JPY', 'KWD']);
  });

  it('answers every field of the schema for every order', async () => {
    const schema = buildSchema(readFileSync('src/sandbox/admin-schema.graphql', 'utf8'));
    const orderType = schema.getType('Order') as GraphQLObjectType;
    const desk = openShop();
    for (const { id } of orders) {
      for (const selection of selections(orderType, 5)) {
        const { errors } = await desk.ask(`query ($id: ID!) { order(id: $id) { ${selection} } }`, { id });
        expect({ id, selection, errors }).toEqual({ id, selection, errors: undefined });
      }
    }
  });
});

/** One selection per field, so that none is too costly. */
function selections(type: GraphQLObjectType, depth: number): readonly string[] {
  return Object.values(type.getFields()).flatMap((field) => {
    if (field.args.some(isRequiredArgument)) return [];
    const size = field.args.some((argument) => argument.name === 'first') ? '(first: 2)' : '';
    const inner = getNamedType(field.type);
    if (isAbstractType(inner)) return [`${field.name}${size} { __typename }`];
    if (!isObjectType(inner)) return [field.name];
    const below = depth > 1 ? selections(inner, depth - 1) : [];
    return below.length > 0 ? [`${field.name}${size} { ${below.join(' ')} }`] : [];
  });
}
