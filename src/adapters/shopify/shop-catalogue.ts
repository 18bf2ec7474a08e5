import { ExternalError } from '../../errors.ts';
import type { ReturnReasonDefinition } from '../../ports/return-desk.ts';
import type { ShopAnswer } from '../../ports/shop-answer.ts';
import type { ExchangeVariant } from '../../ports/storefront.ts';
import type {
  AddTagsMutation,
  AddTagsMutationVariables,
  ListExchangeVariantsQuery,
  ListExchangeVariantsQueryVariables,
  ListReturnReasonsQuery,
  ListReturnReasonsQueryVariables,
  ReadStoreCreditQuery,
  ReadStoreCreditQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { addTags, listExchangeVariants, readStoreCredit } from './order-documents.ts';
import { text } from './parse-order.ts';
import { readable } from './readable.ts';
import { listReturnReasons } from './return-documents.ts';
import { refusalOf } from './user-errors.ts';

/** `productId` may be the number at the end of the shop's id. */
export async function variantsOf(
  client: GraphqlClient,
  productId: string,
): Promise<readonly ExchangeVariant[]> {
  const id = /^\d+$/.test(productId) ? `gid://shopify/Product/${productId}` : productId;
  const { product } = await client.query<ListExchangeVariantsQuery, ListExchangeVariantsQueryVariables>(
    listExchangeVariants,
    { id },
  );
  return readable('refused', () =>
    (product?.variants.nodes ?? []).map((variant) => ({
      id: text(variant.id),
      title: variant.title,
      sku: variant.sku || undefined,
      options: variant.selectedOptions.map(({ name, value }) => ({ name, value })),
      isAvailable: variant.availableForSale === true,
      sellableQuantity: Math.max(0, variant.sellableOnlineQuantity),
    })),
  );
}

export async function reasonsOf(client: GraphqlClient): Promise<readonly ReturnReasonDefinition[]> {
  const { returnReasonDefinitions } = await client.query<
    ListReturnReasonsQuery,
    ListReturnReasonsQueryVariables
  >(listReturnReasons, {});
  return readable('refused', () =>
    returnReasonDefinitions.nodes.map(({ id, handle, name }) => ({ id: text(id), handle, name })),
  );
}

/** Not where the app may not even ask: a credit nobody can spend is no refund. */
export async function isStoreCreditEnabled(client: GraphqlClient): Promise<boolean> {
  try {
    const { storeCreditConfiguration } = await client.query<
      ReadStoreCreditQuery,
      ReadStoreCreditQueryVariables
    >(readStoreCredit, {});
    return await readable('refused', () => storeCreditConfiguration.storeCreditEnabled === true);
  } catch (error) {
    if (error instanceof ExternalError && error.code === 'ACCESS_DENIED') return false;
    throw error;
  }
}

export async function tag(client: GraphqlClient, id: string, tags: readonly string[]): Promise<ShopAnswer> {
  const { tagsAdd } = await client.mutate<AddTagsMutation, AddTagsMutationVariables>(addTags, {
    id,
    tags: [...tags],
  });
  return refusalOf(tagsAdd?.userErrors) ?? { kind: 'done' };
}
