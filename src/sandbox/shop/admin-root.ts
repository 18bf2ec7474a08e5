import type { GraphQLResolveInfo } from 'graphql';
import { addTags } from './add-tags.ts';
import type { AdminContext } from './admin-context.ts';
import { cancelRoot, lookAt } from './cancel-root.ts';
import { findVariant, productView, variantView } from './catalogue.ts';
import { connection, type PageArguments } from './connection.ts';
import { readIdempotencyKey, recallKey, rememberKey, requireIdempotencyKey } from './idempotency.ts';
import { fulfillmentView } from './line-view.ts';
import { searchOrders } from './order-search.ts';
import { bySaleTime, customerView, orderView } from './order-view.ts';
import { type RefundInput, recordRefund } from './record-refund.ts';
import { refundView } from './refund-view.ts';
import { returnRoot } from './return-root.ts';
import type { ShopState } from './shop-state.ts';

/** The root fields of Shopify's Admin API that this shop knows. */
export const adminRoot = {
  ...returnRoot,
  ...cancelRoot,

  order: ({ id }: { id: string }, context: AdminContext) => {
    const { file } = context;
    lookAt(context, (asked) => asked.orderId === id);
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

  product: ({ id }: { id: string }, { file }: AdminContext) => {
    const product = file.state.products?.find((candidate) => candidate.id === id);
    return product ? productView(file.state, product) : null;
  },

  productVariant: ({ id }: { id: string }, { file }: AdminContext) => {
    const stocked = findVariant(file.state, id);
    return stocked ? variantView(file.state, stocked) : null;
  },

  storeCreditConfiguration: (_: unknown, { file }: AdminContext) => ({
    storeCreditEnabled: !file.state.storeCreditOff,
  }),

  tagsAdd: ({ id, tags }: { id: string; tags: readonly string[] }, { file }: AdminContext) => {
    const message = addTags(file.state, id, tags);
    if (message) return { node: null, userErrors: [{ field: ['id'], message }] };
    file.save();
    return { node: { __typename: id.split('/').at(-2), id }, userErrors: [] };
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
