import { createFaults, type Faults } from './faults.ts';
import { json, type StandInAnswer, type StandInRequest } from './server.ts';
import { type AppCredentials, isIssuedToken, issueToken } from './shop/access-token.ts';
import { createAdminApi } from './shop/admin-api.ts';
import { type CostBucketOptions, createCostBucket } from './shop/cost-bucket.ts';
import { editOrder, type OrderChange } from './shop/edit-order.ts';
import type { PaymentStatus, ShopOrder, ShopRefund, ShopState } from './shop/shop-state.ts';
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
  readonly faults: Faults;
};

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
  };
}

const wrongToken = '[API] Invalid API key or access token (unrecognized login or wrong password)';
