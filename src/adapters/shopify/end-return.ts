import type { ShopAnswer } from '../../ports/shop-answer.ts';
import type {
  CancelReturnMutation,
  CancelReturnMutationVariables,
  CloseReturnMutation,
  CloseReturnMutationVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { cancelReturn, closeReturn } from './return-documents.ts';
import { returnById } from './return-state.ts';
import { lost, refusalOf } from './user-errors.ts';

/** Read first: the shop refuses to cancel what is cancelled, and a lost answer may have been a yes. */
export async function cancelReturnById(client: GraphqlClient, id: string): Promise<ShopAnswer> {
  if ((await returnById(client, id))?.status === 'cancelled') return { kind: 'done' };
  const { returnCancel } = await client.mutate<CancelReturnMutation, CancelReturnMutationVariables>(
    cancelReturn,
    { id },
  );
  return answerOf(returnCancel);
}

export async function closeReturnById(client: GraphqlClient, id: string): Promise<ShopAnswer> {
  if ((await returnById(client, id))?.status === 'closed') return { kind: 'done' };
  const { returnClose } = await client.mutate<CloseReturnMutation, CloseReturnMutationVariables>(
    closeReturn,
    { id },
  );
  return answerOf(returnClose);
}

function answerOf(payload: CancelReturnMutation['returnCancel']): ShopAnswer {
  const refusal = refusalOf(payload?.userErrors);
  if (refusal) return refusal;
  if (!payload?.return) throw lost('unreadable');
  return { kind: 'done' };
}
