import type { CancelOrderCommand, CancelReceipt } from '../../ports/storefront.ts';
import type {
  CancelOrderMutation,
  CancelOrderMutationVariables,
  OrderCancelReason,
  ReadJobQuery,
  ReadJobQueryVariables,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { cancelOrder, readJob } from './order-documents.ts';
import { lost, refusalOf } from './user-errors.ts';

const longestNote = 255;
const reasons: Readonly<Record<CancelOrderCommand['reason'], OrderCancelReason>> = {
  customer: 'CUSTOMER',
  fraud: 'FRAUD',
  inventory: 'INVENTORY',
  staff: 'STAFF',
  other: 'OTHER',
};

export async function callOffOrder(
  client: GraphqlClient,
  command: CancelOrderCommand,
): Promise<CancelReceipt> {
  const { orderCancel } = await client.mutate<CancelOrderMutation, CancelOrderMutationVariables>(
    cancelOrder,
    {
      id: command.orderId,
      reason: reasons[command.reason],
      restock: command.restock,
      refund:
        command.refundTo === 'original' ? { originalPaymentMethodsRefund: true } : { storeCreditRefund: {} },
      note: [...command.staffNote].slice(0, longestNote).join(''),
    },
  );
  const refusal = refusalOf(orderCancel?.orderCancelUserErrors);
  if (refusal) return refusal;
  const job = orderCancel?.job;
  if (!job) throw lost('unreadable');
  return { kind: 'accepted', jobId: job.id, isDone: job.done };
}

export async function jobState(client: GraphqlClient, id: string): Promise<'running' | 'done' | 'gone'> {
  const { job } = await client.query<ReadJobQuery, ReadJobQueryVariables>(readJob, { id });
  if (!job) return 'gone';
  return job.done ? 'done' : 'running';
}
