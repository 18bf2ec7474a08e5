import { ExternalError } from '../../errors.ts';
import type { ProcessReceipt, ProcessReturnCommand, ShopReturn } from '../../ports/return-desk.ts';
import { isPositive } from '../../returns/money.ts';
import type { RecordedRefund } from '../../returns/order.ts';
import type {
  ProcessReturnMutation,
  ProcessReturnMutationVariables,
  ReturnProcessInput,
  ReverseFulfillmentOrderDispositionType,
} from './generated.ts';
import type { GraphqlClient } from './graphql-client.ts';
import { assertAddsUp, moneyInput, storeCreditInput } from './refund-methods.ts';
import { refundNote } from './refund-note.ts';
import { processReturn } from './return-documents.ts';
import { returnById } from './return-state.ts';
import { lost, refusalOf } from './user-errors.ts';

/**
 * `returnProcess` knows no idempotency key: what was processed before tells whether this was done already.
 * Whoever calls this holds the intent's row, so that nobody else is between the reading and the sending.
 */
export async function settleReturn(
  client: GraphqlClient,
  command: ProcessReturnCommand,
): Promise<ProcessReceipt> {
  assertAddsUp(command);
  const current = await returnById(client, command.returnId);
  const before = current ? progressOf(current, command) : 'other';
  if (!current || before === 'other') return { kind: 'changed' };
  if (before === 'done') return receiptOf(current, command);

  const { returnProcess } = await client.mutate<ProcessReturnMutation, ProcessReturnMutationVariables>(
    processReturn,
    { input: processInput(command) },
  );
  const refusal = refusalOf(returnProcess?.userErrors);
  if (refusal) return refusal;
  return receiptOf(await readBack(client, command), command);
}

/** Only sums of pieces are compared: what is processed says nothing about who did it. */
function progressOf(current: ShopReturn, command: ProcessReturnCommand): 'not-yet' | 'done' | 'other' {
  const moved = command.lines.map(({ id, quantity, processedBefore }) => {
    const line = current.lines.find((candidate) => candidate.id === id);
    if (line?.processedQuantity === processedBefore) return 'not-yet';
    return line?.processedQuantity === processedBefore + quantity ? 'done' : 'other';
  });
  if (moved.length > 0 && moved.every((each) => each === 'done')) return 'done';
  const untouched = current.status === 'open' && newRefunds(current, command).length === 0;
  return untouched && moved.length > 0 && moved.every((each) => each === 'not-yet') ? 'not-yet' : 'other';
}

function receiptOf(current: ShopReturn, command: ProcessReturnCommand): ProcessReceipt {
  const made = newRefunds(current, command);
  if (!isPositive(command.amount)) {
    // What comes back is entered as a refund of nothing.
    const isEven = made.every(({ amount }) => !isPositive(amount));
    return isEven ? { kind: 'processed', refund: undefined } : { kind: 'changed' };
  }
  const [refund] = made;
  return refund && made.length === 1 && isOurs(refund, command)
    ? { kind: 'processed', refund }
    : { kind: 'changed' };
}

/** Nothing promises that the note of a processed return is its refund's; an equal amount speaks as well. */
function isOurs(refund: RecordedRefund, { intentId, amount }: ProcessReturnCommand): boolean {
  if (refund.intentId !== undefined) return refund.intentId === intentId;
  const sameAmount = refund.amount.minor === amount.minor && refund.amount.currency === amount.currency;
  return sameAmount || refund.payment !== 'settled';
}

function newRefunds(current: ShopReturn, command: ProcessReturnCommand): readonly RecordedRefund[] {
  return current.refunds.filter(({ id }) => !command.refundsBefore.includes(id));
}

/** The shop said yes; until it shows what it did, nobody knows what that was. */
async function readBack(client: GraphqlClient, command: ProcessReturnCommand): Promise<ShopReturn> {
  let current: ShopReturn | undefined;
  try {
    current = await returnById(client, command.returnId);
  } catch (cause) {
    if (!(cause instanceof ExternalError)) throw cause;
    throw lost(cause.code ?? 'unreadable', cause);
  }
  if (!current || progressOf(current, command) !== 'done') throw lost('not_visible_yet');
  if (isPositive(command.amount) && newRefunds(current, command).length === 0) throw lost('not_visible_yet');
  return current;
}

const dispositions: Readonly<
  Record<
    ProcessReturnCommand['lines'][number]['dispositions'][number]['type'],
    ReverseFulfillmentOrderDispositionType
  >
> = {
  restocked: 'RESTOCKED',
  not_restocked: 'NOT_RESTOCKED',
  processing_required: 'PROCESSING_REQUIRED',
  missing: 'MISSING',
};

function processInput(command: ProcessReturnCommand): ReturnProcessInput {
  const orderTransactions = command.payments.map(({ parentTransactionId, amount }) => ({
    parentId: parentTransactionId,
    transactionAmount: moneyInput(amount),
  }));
  return {
    returnId: command.returnId,
    note: refundNote(command.intentId),
    notifyCustomer: false,
    returnLineItems: command.lines.map((line) => ({
      id: line.id,
      quantity: line.quantity,
      dispositions: line.dispositions.map(({ id, quantity, type, locationId }) => ({
        reverseFulfillmentOrderLineItemId: id,
        quantity,
        dispositionType: dispositions[type],
        ...(locationId && { locationId }),
      })),
    })),
    ...(command.exchanges?.length && {
      exchangeLineItems: command.exchanges.map(({ id, quantity }) => ({ id, quantity })),
    }),
    ...(command.shipping && { refundShipping: { fullRefund: true } }),
    ...(isPositive(command.amount) && {
      financialTransfer: { issueRefund: { orderTransactions, ...storeCreditInput(command) } },
    }),
  };
}
