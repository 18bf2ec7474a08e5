import { ExternalError } from '../../errors.ts';
import type { RefundCommand, RefundReceipt } from '../../ports/storefront.ts';
import { toDecimal } from '../../returns/money.ts';
import { createRefund } from './documents.ts';
import type {
  CreateRefundMutation,
  CreateRefundMutationVariables,
  CurrencyCode,
  RefundInput,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { presentmentMoney } from './parse-money.ts';
import { paymentState } from './parse-order.ts';
import { idempotencyCode, isPassing } from './read-answer.ts';
import { readable } from './readable.ts';
import { assertAddsUp, storeCreditInput } from './refund-methods.ts';
import { refundNote } from './refund-note.ts';

const earlierAttemptFailed = 'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED';

export async function refundOrder(client: GraphqlClient, command: RefundCommand): Promise<RefundReceipt> {
  assertAddsUp(command);
  const variables = { input: refundInput(command), key: command.idempotencyKey };
  let answer: CreateRefundMutation['refundCreate'];
  try {
    const data = await client.mutate<CreateRefundMutation, CreateRefundMutationVariables>(
      createRefund,
      variables,
    );
    answer = data.refundCreate;
  } catch (error) {
    if (!(error instanceof ExternalError) || error.code !== earlierAttemptFailed) throw error;
    return { kind: 'rejected', messages: [earlierAttemptFailed] };
  }
  return readable('unknown', () => readReceipt(answer, command));
}

function refundInput(command: RefundCommand): RefundInput {
  return {
    orderId: command.orderId,
    // The amounts came from this shop's own suggestion, so their currency is one it knows.
    currency: command.amount.currency as CurrencyCode,
    note: refundNote(command.intentId),
    notify: false,
    // Money goes back before the goods are seen. RETURN would put them on sale at once, and needs a
    // location nobody here can choose; restocking belongs to whoever opens the parcel.
    refundLineItems: command.lines.map((line) => ({
      lineItemId: line.lineId,
      quantity: line.quantity,
      restockType: 'NO_RESTOCK',
    })),
    transactions: command.payments.map((payment) => ({
      orderId: command.orderId,
      parentId: payment.parentTransactionId,
      gateway: payment.gateway,
      kind: 'REFUND',
      amount: toDecimal(payment.amount),
    })),
    ...(command.shipping && { shipping: { fullRefund: true } }),
    ...storeCreditInput(command),
  };
}

function readReceipt(answer: CreateRefundMutation['refundCreate'], command: RefundCommand): RefundReceipt {
  const messages = answer?.userErrors.map((error) => error.message) ?? [];
  const refund = answer?.refund;
  if (refund) {
    const transactions = refund.transactions.nodes;
    const stillToCome = transactions.length === 0 && command.payments.length > 0;
    return {
      kind: 'refunded',
      shopRefundId: refund.id,
      amount: presentmentMoney(refund.totalRefundedSet),
      payment: stillToCome ? 'pending' : paymentState(transactions),
    };
  }
  const conflict = idempotencyCode(messages.join(' '));
  if (conflict === earlierAttemptFailed) return { kind: 'rejected', messages: [conflict] };
  if (conflict !== undefined) throw unknown(conflict, isPassing(conflict));
  if (messages.length === 0) throw unknown('unreadable', true);
  return { kind: 'rejected', messages };
}

function unknown(code: string, retryable: boolean): ExternalError {
  return new ExternalError({ service: 'shopify', retryable, outcome: 'unknown', code });
}
