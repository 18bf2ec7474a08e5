import type { OrderId } from '../returns/ids.ts';

type Payload = Readonly<Record<string, unknown>>;

/** What a webhook names; undefined where its topic says nothing of returns. */
export function aboutReturns(
  topic: string,
  payload: Payload,
): { readonly shopReturnIds: readonly string[]; readonly orderIds: readonly OrderId[] } | undefined {
  const isOfReturn = topic.startsWith('returns/');
  if (!isOfReturn && topic !== 'refunds/create' && !topic.startsWith('reverse_')) return undefined;
  const shopReturnIds = [
    ...(isOfReturn ? [gid('Return', payload)] : []),
    gid('Return', payload.return),
    numbered('Return', payload.return_id),
  ];
  // Shopify's own form; whether we know any is for the database to say.
  const orderIds = [gid('Order', payload.order), numbered('Order', payload.order_id)] as (
    | OrderId
    | undefined
  )[];
  return {
    shopReturnIds: shopReturnIds.filter((id) => id !== undefined),
    orderIds: orderIds.filter((id) => id !== undefined),
  };
}

function gid(kind: string, about: unknown): string | undefined {
  if (typeof about !== 'object' || about === null) return undefined;
  const { admin_graphql_api_id: id, id: number } = about as Payload;
  return typeof id === 'string' && id.startsWith(`gid://shopify/${kind}/`) ? id : numbered(kind, number);
}

function numbered(kind: string, number: unknown): string | undefined {
  return typeof number === 'number' && Number.isSafeInteger(number)
    ? `gid://shopify/${kind}/${number}`
    : undefined;
}
