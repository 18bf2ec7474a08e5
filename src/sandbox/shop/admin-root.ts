import type { GraphQLResolveInfo } from 'graphql';
import type { StateFile } from '../state-file.ts';
import { connection, type PageArguments } from './connection.ts';
import { readIdempotencyKey, recallKey, rememberKey, requireIdempotencyKey } from './idempotency.ts';
import { searchOrders } from './order-search.ts';
import { bySaleTime, customerView, fulfillmentView, orderView } from './order-view.ts';
import { type RefundInput, recordRefund } from './record-refund.ts';
import { refundView } from './refund-view.ts';
import type { PaymentStatus, ShopState } from './shop-state.ts';

export type AdminContext = {
  readonly file: StateFile<ShopState>;
  readonly now: () => Date;
  /** What becomes of the next refunds' payments. */
  readonly paymentStatus: () => PaymentStatus;
};

/** The root fields of Shopify's Admin API that this shop knows. */
export const adminRoot = {
  order: ({ id }: { id: string }, { file }: AdminContext) => {
    const order = file.state.orders.find((candidate) => candidate.id === id);
    return order ? orderView(file.state, order) : null;
  },

  orders: (page: PageArguments & { readonly query?: string | null }, { file }: AdminContext) => {
    const found = searchOrders(file.state, page.query).toSorted(bySaleTime);
    return connection(found, page, (order) => orderView(file.state, order));
  },

  customer: ({ id }: { id: string }, { file }: AdminContext) => {
    const customer = file.state.customers.find((candidate) => candidate.id === id);
    return customer ? customerView(file.state, customer) : null;
  },

  customerByIdentifier: (
    { identifier }: { identifier: { phoneNumber?: string; emailAddress?: string; id?: string } },
    { file }: AdminContext,
  ) => {
    const customer = file.state.customers.find(
      (candidate) =>
        candidate.id === identifier.id ||
        (identifier.phoneNumber !== undefined && candidate.phone === identifier.phoneNumber) ||
        (identifier.emailAddress !== undefined && candidate.email === identifier.emailAddress.toLowerCase()),
    );
    return customer ? customerView(file.state, customer) : null;
  },

  fulfillment: ({ id }: { id: string }, { file }: AdminContext) => {
    for (const order of file.state.orders) {
      const fulfillment = order.fulfillments.find((candidate) => candidate.id === id);
      if (fulfillment) return fulfillmentView(file.state, order, fulfillment);
    }
    return null;
  },

  refundCreate: ({ input }: { input: RefundInput }, context: AdminContext, info: GraphQLResolveInfo) => {
    const { state, save } = context.file;
    const [field] = info.fieldNodes;
    const key = requireIdempotencyKey(
      field ? readIdempotencyKey(info.schema, field, info.variableValues) : undefined,
    );
    const at = context.now();
    const earlier = recallKey(state, key, input, at);
    if (earlier) return replay(state, earlier.refundId);

    const made = { at, paymentStatus: context.paymentStatus(), idempotencyKey: key };
    const outcome = recordRefund(state, input, made);
    const refundId = outcome.kind === 'recorded' ? outcome.refund.id : undefined;
    rememberKey(state, { key, input, refundId, at });
    save();
    if (outcome.kind === 'refused') return { refund: null, userErrors: outcome.userErrors };
    return replay(state, refundId);
  },
};

// Built from the records of this moment: a payment that settled since shows as settled.
function replay(state: ShopState, refundId: string | undefined) {
  const refund = state.refunds.find((candidate) => candidate.id === refundId);
  return { refund: refund ? refundView(state, refund) : null, userErrors: [] };
}
