import { createFaults, type Faults } from './faults.ts';
import type { ProgramAnswer } from './program.ts';
import { json, type StandInAnswer, type StandInRequest } from './server.ts';
import { type AppCredentials, isIssuedToken, issueToken } from './shop/access-token.ts';
import { createAdminApi } from './shop/admin-api.ts';
import { finishCancellation, isPending } from './shop/cancel-order.ts';
import { changeStock } from './shop/catalogue.ts';
import { type CostBucketOptions, createCostBucket } from './shop/cost-bucket.ts';
import { editOrder, type OrderChange } from './shop/edit-order.ts';
import { receiveParcel } from './shop/end-return.ts';
import type { ShopReturn } from './shop/return-state.ts';
import type { PaymentStatus, ShopOrder, ShopRefund, ShopState } from './shop/shop-state.ts';
import { type ShopWebhook, sendShopWebhook, type WebhookTarget } from './shop/shop-webhooks.ts';
import type { StateFile } from './state-file.ts';

export type ShopOptions = {
  readonly state: StateFile<ShopState>;
  readonly now: () => Date;
  readonly accessToken: string;
  readonly clientId?: string | undefined;
  readonly clientSecret?: string | undefined;
  /** Query points: 2,000 that refill by 100 a second unless told; 'unlimited' for benches. */
  readonly cost?: CostBucketOptions | 'unlimited' | undefined;
  readonly faults?: Faults | undefined;
  /** Without it the shop has nobody to tell. */
  readonly webhooks?: WebhookTarget | undefined;
};

/** A shop on Shopify, seen from its Admin API and, by hand, from its admin. */
export type Shop = {
  handle(request: StandInRequest): Promise<StandInAnswer>;
  orders(): readonly ShopOrder[];
  refunds(): readonly ShopRefund[];
  /** A merchant works on an order by hand. Throws when the admin would not let them. */
  editOrder(name: string, change: OrderChange): void;
  /** How the payments of refunds end that are made from now on; SUCCESS at first. */
  setPaymentStatus(status: PaymentStatus): void;
  /** Oldest first per order. */
  returns(): readonly (ShopReturn & { readonly orderName: string })[];
  /**
   * The warehouse opens a parcel of this order's open return: all that is awaited, or pieces of the lines
   * named by a part of their title. Returns the return's id; throws when nothing is awaited.
   */
  parcelArrives(orderName: string, lines?: readonly ArrivedPieces[]): string;
  /** By id, e-mail or phone; minor units. */
  storeCreditOf(customer: string): readonly { readonly currency: string; readonly amount: number }[];
  switchStoreCredit(on: boolean): void;
  /** A variant by id, SKU, or as in `Field Jacket / L`. */
  setStock(variant: string, stock: number): void;
  /** Cancellations that were asked for are carried out now, without waiting for the next look. */
  finishCancellations(): void;
  /** Signed and delivered to the program's `/shopify/webhooks`; resolves to its answer. */
  sendWebhook(webhook: ShopWebhook): Promise<ProgramAnswer>;
  readonly faults: Faults;
};

type ArrivedPieces = { readonly line: string; readonly quantity: number };

export function createShop(options: ShopOptions): Shop {
  const { state: file, now, accessToken, clientId, clientSecret } = options;
  const faults = options.faults ?? createFaults();
  const app: AppCredentials | undefined = clientId && clientSecret ? { clientId, clientSecret } : undefined;
  const bucket = createCostBucket(options.cost ?? { maximum: 2_000, restorePerSecond: 100 }, now);
  let paymentStatus: PaymentStatus = 'SUCCESS';
  const api = createAdminApi({ file, now, paymentStatus: () => paymentStatus }, bucket, faults);

  function mayCall({ headers }: StandInRequest): boolean {
    const token = headers['x-shopify-access-token'];
    return typeof token === 'string' && (token === accessToken || isIssuedToken(file.state, token, now()));
  }

  return {
    faults,
    async handle(request) {
      const [path] = request.path.split('?');
      if (request.method !== 'POST') return json(404, { errors: 'Not Found' });
      if (path === '/admin/oauth/access_token') return issueToken(file, app, request, now());
      const version = /^\/admin\/api\/(\d{4}-\d{2}|unstable)\/graphql\.json$/.exec(path ?? '')?.[1];
      if (!version) return json(404, { errors: 'Not Found' });
      if (!mayCall(request)) return json(401, { errors: wrongToken });
      const answer = await api.answer(request.rawBody);
      if ('drop' in answer) return answer;
      return { ...answer, headers: { ...answer.headers, 'x-shopify-api-version': version } };
    },
    orders: () => file.state.orders,
    refunds: () => file.state.refunds,
    editOrder(name, change) {
      editOrder(file.state, name, change, now());
      file.save();
    },
    setPaymentStatus(status) {
      paymentStatus = status;
    },
    returns: () =>
      file.state.orders.flatMap((order) =>
        (order.returns ?? []).map((each) => ({ ...each, orderName: order.name })),
      ),
    parcelArrives(orderName, lines) {
      const id = receiveParcel(file.state, orderName, lines, now());
      file.save();
      return id;
    },
    storeCreditOf(customer) {
      const { customers, storeCreditAccounts = [] } = file.state;
      const owner = customers.find(({ id, email, phone }) => [id, email, phone].includes(customer));
      return storeCreditAccounts
        .filter(({ customerId }) => customerId === owner?.id)
        .map(({ currency, balance }) => ({ currency, amount: balance }));
    },
    switchStoreCredit(on) {
      file.state.storeCreditOff = !on;
      file.save();
    },
    setStock(variant, stock) {
      changeStock(file.state, variantId(file.state, variant), () => stock);
      file.save();
    },
    finishCancellations() {
      const made = { at: now(), paymentStatus };
      for (const asked of (file.state.cancellations ?? []).filter(isPending)) {
        finishCancellation(file.state, asked, made);
      }
      file.save();
    },
    async sendWebhook(webhook) {
      if (!options.webhooks) throw new Error('This shop has no program to tell');
      return sendShopWebhook(options.webhooks, file.state, webhook, now());
    },
  };
}

function variantId({ products = [] }: ShopState, name: string): string {
  for (const { title, variants } of products) {
    for (const each of variants) {
      if ([each.id, each.sku, `${title} / ${each.title}`].includes(name)) return each.id;
    }
  }
  throw new Error(`No variant ${name}`);
}

const wrongToken = '[API] Invalid API key or access token (unrecognized login or wrong password)';
