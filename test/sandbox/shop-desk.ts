import { createDemoStore } from '../../src/sandbox/demo-store.ts';
import type { ShopLine, ShopOrder } from '../../src/sandbox/shop/shop-state.ts';
import { createShop, type ShopOptions } from '../../src/sandbox/shop.ts';
import { openStateFile } from '../../src/sandbox/state-file.ts';

export const openingDay = new Date('2026-11-23T12:00:00.000Z');
const accessToken = 'shpat_test';

export type Answer = {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
  readonly extensions?: {
    readonly cost: {
      readonly requestedQueryCost: number;
      readonly actualQueryCost: number | null;
      readonly throttleStatus: { readonly currentlyAvailable: number };
    };
  };
};

/** The demo store with a clock in hand, and somebody at the counter who speaks its protocol. */
export function openShop(options: Partial<ShopOptions> = {}) {
  let time = openingDay;
  const now = () => time;
  const state = openStateFile(undefined, () => createDemoStore(openingDay));
  const shop = createShop({ state, now, accessToken, cost: 'unlimited', ...options });

  async function post(body: unknown, token = accessToken, path = '/admin/api/2026-10/graphql.json') {
    const headers = { 'content-type': 'application/json', 'x-shopify-access-token': token };
    return shop.handle({ method: 'POST', path, headers, rawBody: JSON.stringify(body) });
  }

  return {
    shop,
    state: state.state,
    post,
    wait(hours: number) {
      time = new Date(time.getTime() + hours * 60 * 60 * 1_000);
    },
    async ask(query: string, variables: Record<string, unknown> = {}): Promise<Answer> {
      const answer = await post({ query, variables });
      if ('drop' in answer) throw new Error('The shop hung up');
      return JSON.parse(answer.body);
    },
    order(number: string): ShopOrder {
      return found(shop.orders().find((order) => order.name === `#${number}`));
    },
    line(number: string, title: string): ShopLine {
      return found(this.order(number).lines.find((line) => line.title.includes(title)));
    },
    /** Refunds pieces of one line to the order's payments, the first one unless named. */
    async refund(wish: RefundWish): Promise<RefundAnswer> {
      const order = this.order(wish.number);
      const payment = found(
        order.payments.find((each) => each.gateway === wish.gateway) ?? order.payments[0],
      );
      const input = {
        orderId: order.id,
        currency: order.currency,
        note: wish.note,
        refundLineItems: wish.line
          ? [{ lineItemId: this.line(wish.number, wish.line).id, quantity: wish.quantity ?? 1 }]
          : [],
        transactions: [
          {
            orderId: order.id,
            parentId: payment.id,
            gateway: payment.gateway,
            kind: 'REFUND',
            amount: wish.amount,
            ...wish.transaction,
          },
        ],
      };
      const answer = await this.ask(createRefund, { input, key: wish.key ?? crypto.randomUUID() });
      return { ...(answer.data?.refundCreate as Partial<RefundAnswer> | null), answer };
    },
  };
}

export type RefundWish = {
  readonly number: string;
  readonly line?: string;
  readonly quantity?: number;
  readonly amount: string;
  readonly gateway?: string;
  readonly key?: string;
  readonly note?: string;
  readonly transaction?: Record<string, unknown>;
};

export type RefundAnswer = {
  readonly refund?: {
    readonly id: string;
    readonly note: string | null;
    readonly totalRefundedSet: MoneySet;
    readonly transactions: { readonly nodes: readonly { readonly kind: string; readonly status: string }[] };
  } | null;
  readonly userErrors?: readonly { readonly field: readonly string[] | null; readonly message: string }[];
  readonly answer: Answer;
};

type MoneySet = { readonly presentmentMoney: { readonly amount: string; readonly currencyCode: string } };

const createRefund = /* GraphQL */ `
  mutation ($input: RefundInput!, $key: String!) {
    refundCreate(input: $input) @idempotent(key: $key) {
      refund {
        id
        note
        totalRefundedSet { presentmentMoney { amount currencyCode } }
        transactions(first: 5) { nodes { kind status } }
      }
      userErrors { field message }
    }
  }
`;

export function found<T>(value: T | undefined): T {
  if (value === undefined) throw new Error('Not in the demo store');
  return value;
}
