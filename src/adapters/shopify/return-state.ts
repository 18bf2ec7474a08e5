import type { ShopReturn } from '../../ports/return-desk.ts';
import type { ReadReturnQuery, ReadReturnQueryVariables } from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { parseReturn } from './parse-return.ts';
import { readable } from './readable.ts';
import { readReturn } from './return-documents.ts';

export async function returnById(client: GraphqlClient, id: string): Promise<ShopReturn | undefined> {
  const { return: node } = await client.query<ReadReturnQuery, ReadReturnQueryVariables>(readReturn, { id });
  return readable('refused', () => (node ? parseReturn(node) : undefined));
}
