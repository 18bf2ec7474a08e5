import type {
  CreatedReturn,
  CreateReturnCommand,
  ListedReturn,
  NotReturnable,
} from '../../ports/return-desk.ts';
import type { Refusal } from '../../ports/shop-answer.ts';
import type { OrderId } from '../../returns/ids.ts';
import { planInput } from './calculate-return.ts';
import type {
  CreateReturnMutation,
  CreateReturnMutationVariables,
  FindReturnsQuery,
  FindReturnsQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { text } from './parse-order.ts';
import { parseReturnStatus } from './parse-return.ts';
import { readable } from './readable.ts';
import { intentOf } from './refund-note.ts';
import { createReturn, findReturns, returnLimit } from './return-documents.ts';
import { findShippedParts } from './returnable-lines.ts';
import { tooLarge } from './too-large.ts';
import { lost, refusalOf } from './user-errors.ts';

type ReturnNode = NonNullable<NonNullable<CreateReturnMutation['returnCreate']>['return']>;

const longestNote = 200;

/**
 * A return has no note of its own and `returnCreate` knows no idempotency key, so the intent is written on
 * every line, and looked for there before anything is sent.
 */
export async function openReturn(
  client: GraphqlClient,
  command: CreateReturnCommand,
): Promise<CreatedReturn | NotReturnable | Refusal> {
  const earlier = await returnOfIntent(client, command);
  if (earlier) return earlier;
  const found = await findShippedParts(client, command);
  if (found.kind === 'not-returnable') return found;

  const plan = planInput(command, found.parts);
  const { returnCreate } = await client.mutate<CreateReturnMutation, CreateReturnMutationVariables>(
    createReturn,
    {
      input: {
        orderId: command.orderId,
        ...plan,
        returnLineItems: plan.returnLineItems.map((line) => ({
          ...line,
          ...(command.reasonId && { returnReasonDefinitionId: command.reasonId }),
          returnReasonNote: lineNote(command),
        })),
      },
    },
  );
  const opened = returnCreate?.return;
  if (opened) return readable('unknown', () => created(opened));
  const refusal = refusalOf(returnCreate?.userErrors);
  if (!refusal) throw lost('unreadable');
  return refusal;
}

/** Throws when there may be more than can be read. */
export async function returnsOf(client: GraphqlClient, orderId: OrderId): Promise<readonly ListedReturn[]> {
  const listed = await newestReturns(client, orderId);
  if (listed.length >= returnLimit) throw tooLarge();
  return listed;
}

async function newestReturns(client: GraphqlClient, orderId: OrderId): Promise<readonly ListedReturn[]> {
  const { order } = await client.query<FindReturnsQuery, FindReturnsQueryVariables>(findReturns, {
    id: orderId,
    returns: returnLimit,
  });
  return readable('refused', () =>
    (order?.returns.nodes ?? []).map(({ id, name, status, returnLineItems }) => ({
      id: text(id),
      name: text(name),
      status: parseReturnStatus(status),
      intentId: returnLineItems.nodes
        .map((line) => intentOf(line.returnReasonNote))
        .find((intentId) => intentId !== undefined),
    })),
  );
}

async function returnOfIntent(
  client: GraphqlClient,
  { orderId, intentId }: CreateReturnCommand,
): Promise<CreatedReturn | undefined> {
  const listed = await newestReturns(client, orderId);
  const ours = listed.find((each) => each.intentId === intentId);
  if (ours) return { kind: 'created', returnId: ours.id, name: ours.name, status: ours.status };
  // One that is not on this page could be ours.
  if (listed.length >= returnLimit) throw tooLarge();
  return undefined;
}

function created(node: ReturnNode): CreatedReturn {
  return {
    kind: 'created',
    returnId: text(node.id),
    name: text(node.name),
    status: parseReturnStatus(node.status),
  };
}

/** Shopify keeps 255 characters; the intent comes first, so that no cut can take it. */
function lineNote({ intentId, note }: CreateReturnCommand): string {
  const kept = [...note.trim()].slice(0, longestNote).join('');
  return `[intent:${intentId}] ${kept}`.trim();
}
