import type { AttachLabelCommand } from '../../ports/return-desk.ts';
import type { ShopAnswer } from '../../ports/shop-answer.ts';
import type { AttachLabelMutation, AttachLabelMutationVariables } from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { attachLabel } from './return-documents.ts';
import { returnById } from './return-state.ts';
import { lost, refusalOf } from './user-errors.ts';

/** Shopify makes no labels; it copies the file behind `labelUrl`, which is why no two labels can be compared. */
export async function labelParcel(client: GraphqlClient, command: AttachLabelCommand): Promise<ShopAnswer> {
  const current = await returnById(client, command.returnId);
  const parcel = current?.parcels.find(({ id }) => id === command.parcelId);
  if (!parcel) return { kind: 'rejected', messages: ['The return has no such parcel'] };
  if (parcel.deliveries.length > 0) return { kind: 'done' };

  const { trackingNumber: number, trackingUrl: url } = command;
  const variables = {
    id: parcel.id,
    lines: parcel.lines.map((line) => ({
      reverseFulfillmentOrderLineItemId: line.id,
      quantity: line.quantity,
    })),
    label: { fileUrl: command.labelUrl },
    tracking: number || url ? { ...(number && { number }), ...(url && { url }) } : undefined,
  };
  const { reverseDeliveryCreateWithShipping: payload } = await client.mutate<
    AttachLabelMutation,
    AttachLabelMutationVariables
  >(attachLabel, variables);
  const refusal = refusalOf(payload?.userErrors);
  if (refusal) return refusal;
  if (!payload?.reverseDelivery) throw lost('unreadable');
  return { kind: 'done' };
}
