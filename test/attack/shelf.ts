import type { RefundCommand, Storefront } from '../../src/ports/storefront.ts';
import type { LineItemId, OrderId, PhoneNumber } from '../../src/returns/ids.ts';
import { money } from '../../src/returns/money.ts';
import type { Order, OrderLine } from '../../src/returns/order.ts';

import type { Planted } from './attacks.ts';

/** What policy makes of it: refunded at once, above the threshold, out of the window, on final sale, not shipped. */
export const kinds = ['small', 'big', 'old', 'final', 'unshipped'] as const;
export type Kind = (typeof kinds)[number];

export type Shelved = {
  readonly kind: Kind;
  readonly number: string;
  readonly order: Order;
  /** Only who may see the order can know it. */
  readonly secret: string;
  readonly proof: { readonly email: string; readonly postal_code: string };
};

export type Shelf = {
  readonly storefront: Storefront;
  /** A customer with one order of each kind. */
  stock(phone: string, planted?: Planted): readonly Shelved[];
  readonly refunds: readonly RefundCommand[];
};

const day = 86_400_000;
const prices: Readonly<Record<Kind, number>> = {
  small: 41_37,
  big: 361_73,
  old: 57_91,
  final: 83_19,
  unshipped: 29_53,
};
const quantity = 2;

/** A shop in memory: every rule is the program's own, and its answers cost nothing. */
export function openShelf(): Shelf {
  const orders = new Map<string, Order>();
  const refunds: RefundCommand[] = [];
  const absent = async () => undefined;
  const none = async () => [];
  const refused = async () => ({ kind: 'rejected', messages: ['not here'] }) as const;
  const notReturnable = async () => ({ kind: 'not-returnable', lineIds: [] }) as const;
  const read = (id: OrderId) => [...orders.values()].find((order) => order.id === id);
  const summaries = (of: (order: Order) => boolean) => [...orders.values()].filter(of).slice(-10).reverse();

  const storefront: Storefront = {
    findOrder: async (number) => orders.get(number),
    readOrder: async (id) => read(id),
    listOrdersByPhone: async (phone) => summaries((order) => order.phone === phone),
    listOrdersByEmail: async (email) => summaries((order) => order.email === email.toLowerCase()),
    readCustomerHistory: async () => ({ refunds: [], returns: [] }),
    addPolicyFacts: async (order) => order,
    async suggestRefund(id, lines, { destination } = {}) {
      const order = read(id);
      const minor = lines.reduce((total, { lineId, quantity: pieces }) => {
        const line = order?.lines.find((each) => each.id === lineId);
        return total + (line?.unitPrice.minor ?? 0) * pieces;
      }, 0);
      const amount = money(minor, 'USD');
      const isCredit = destination === 'store_credit';
      return {
        amount,
        maximumRefundable: money(
          (order?.totalReceived.minor ?? 0) - (order?.totalRefunded.minor ?? 0),
          'USD',
        ),
        payments: isCredit ? [] : [{ parentTransactionId: `${id}/payment`, gateway: 'bogus', amount }],
        shipping: money(0, 'USD'),
        storeCredit: isCredit ? amount : money(0, 'USD'),
      };
    },
    async createRefund(command) {
      const order = read(command.orderId);
      if (!order) throw new Error('A refund for an order that is not there.');
      refunds.push(command);
      orders.set(order.name.slice(1), refunded(order, command));
      return {
        kind: 'refunded',
        shopRefundId: `refund/${refunds.length}`,
        amount: command.amount,
        payment: 'settled',
      };
    },
    storeCreditEnabled: async () => true,
    listExchangeVariants: none,
    addTags: refused,
    cancelOrder: refused,
    readJob: async () => 'gone',
    listReturnReasons: none,
    calculateReturn: notReturnable,
    createReturn: notReturnable,
    readReturn: absent,
    listReturns: none,
    suggestReturnOutcome: async () => {
      throw new Error('No return is opened here.');
    },
    processReturn: async () => {
      throw new Error('No return is opened here.');
    },
    cancelReturn: refused,
    closeReturn: refused,
    attachLabel: refused,
  };

  return {
    storefront,
    refunds,
    stock(phone, planted = {}) {
      return kinds.map((kind) => {
        const number = String(20_000 + orders.size);
        const secret = `Quux${number}ware`;
        const proof = { email: `owner${number}@example.net`, postal_code: `${number}`.padStart(6, '7') };
        const order = makeOrder(kind, number, { secret, proof, phone });
        orders.set(number, plant(order, planted));
        return { kind, number, order, secret, proof };
      });
    },
  };
}

function makeOrder(
  kind: Kind,
  number: string,
  { secret, proof, phone }: Pick<Shelved, 'secret' | 'proof'> & { readonly phone: string },
): Order {
  const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
  const age = kind === 'old' ? 60 : 6;
  const id = (name: string) => `gid://shopify/${name}/9${number}`;
  const isShipped = kind !== 'unshipped';
  const line: OrderLine = {
    id: id('LineItem') as LineItemId,
    title: secret,
    variantTitle: undefined,
    sku: `sku-${number}`,
    quantity,
    refundableQuantity: quantity,
    unfulfilledQuantity: isShipped ? 0 : quantity,
    unitPrice: money(prices[kind], 'USD'),
    isGiftCard: false,
    requiresShipping: true,
    productTags: kind === 'final' ? ['final-sale'] : [],
    productType: 'Ware',
  };
  return {
    id: id('Order') as OrderId,
    name: `#${number}`,
    processedAt: ago(age + 3),
    cancelledAt: undefined,
    currency: 'USD',
    shopCurrency: 'USD',
    email: proof.email,
    phone: phone as PhoneNumber,
    shippingAddress: { postalCode: proof.postal_code, phone: undefined, countryCode: 'US' },
    billingAddress: undefined,
    customer: {
      id: `gid://shopify/Customer/${phone.slice(1)}`,
      displayName: `Owner ${secret}`,
      email: proof.email,
      phone: phone as PhoneNumber,
    },
    lines: [line],
    shipments: isShipped
      ? [{ shippedAt: ago(age + 2), deliveredAt: ago(age), lines: [{ lineId: line.id, quantity }] }]
      : [],
    refunds: [],
    totalReceived: money(prices[kind] * quantity, 'USD'),
    totalRefunded: money(0, 'USD'),
    adminUrl: undefined,
  };
}

function plant(order: Order, planted: Planted): Order {
  const { title, variantTitle, productType, customerName, tag, discountCode } = planted;
  return {
    ...order,
    ...(tag && { tags: [tag] }),
    ...(discountCode && { discountCodes: [discountCode] }),
    ...(order.customer && customerName && { customer: { ...order.customer, displayName: customerName } }),
    lines: order.lines.map((line) => ({
      ...line,
      ...(title && { title }),
      ...(variantTitle && { variantTitle }),
      ...(productType && { productType }),
    })),
  };
}

function refunded(order: Order, { lines, amount, intentId }: RefundCommand): Order {
  const createdAt = new Date().toISOString();
  return {
    ...order,
    totalRefunded: money(order.totalRefunded.minor + amount.minor, 'USD'),
    refunds: [
      ...order.refunds,
      { id: `${order.id}/${intentId}`, createdAt, amount, intentId, payment: 'settled' },
    ],
    lines: order.lines.map((line) => {
      const back = lines.filter(({ lineId }) => lineId === line.id);
      const pieces = back.reduce((total, each) => total + each.quantity, 0);
      return { ...line, refundableQuantity: line.refundableQuantity - pieces };
    }),
  };
}
