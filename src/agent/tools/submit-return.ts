import { z } from 'zod';
import type { SubmitReturnArguments, SubmitReturnResult } from '../../ports/tools.ts';
import { readPause } from '../../refunds/pause-refunds.ts';
import { proposeRefund } from '../../refunds/propose-refund.ts';
import { amountOf } from '../../refunds/tell-outcomes.ts';
import type { QuoteId } from '../../returns/ids.ts';
import { agreedOf, sayAgain } from '../say-quote.ts';
import type { Tool, ToolOutcome } from '../tool.ts';
import { type ToolWords, wordsFor } from '../words.ts';

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export const submitReturn: Tool<SubmitReturnArguments, SubmitReturnResult> = {
  name: 'submit_return',
  description:
    'Submits a quote the customer has agreed to with a clear yes in a message after they saw the amount. Takes the quote id from check_return or from the facts. The program refunds, or asks a manager first, and tells the customer the outcome itself.',
  schema: z.strictObject({ quote_id: z.string().max(60) }),
  keep: (input) => input,
  async run({ refunds, asker }, input): Promise<ToolOutcome<SubmitReturnResult>> {
    const words = wordsFor(asker);
    if (!uuid.test(input.quote_id)) return { result: words.notFound(undefined) };
    const proposed = await proposeRefund(refunds, asker, input.quote_id as QuoteId);
    switch (proposed.kind) {
      case 'submitted': {
        const amount = amountOf(proposed.refund);
        const say = (await readPause(refunds)) ? words.held : words.submitted;
        return {
          result: { status: 'submitted', amount, say: say(agreedOf(proposed.quote)) },
          effect: { kind: 'proposed' },
        };
      }
      case 'awaiting-approval': {
        const amount = amountOf(proposed.refund);
        const say = words.awaitingApproval(agreedOf(proposed.quote));
        return { result: { status: 'awaiting_approval', amount, say }, effect: { kind: 'proposed' } };
      }
      case 'already-submitted':
        return {
          result: {
            status: 'already_submitted',
            state: proposed.state,
            say: sayState(proposed.state, words),
          },
        };
      case 'not-confirmed':
        return {
          result: {
            status: 'not_confirmed',
            say: `Just to be sure: ${sayAgain(proposed.quote, words)} Reply YES to go ahead, or NO to leave it.`,
          },
        };
      case 'expired':
        return {
          result: {
            status: 'expired',
            say: 'That quote has run out, so I need to check the return once more.',
          },
        };
      case 'changed':
        return {
          result: {
            status: 'changed',
            say: 'The order changed since I quoted it, so I need to check it once more.',
          },
        };
      case 'nobody-may-approve':
        return {
          result: {
            status: 'needs_person',
            say: words.approvalMissing,
          },
          effect: {
            kind: 'hand-off',
            reason: 'A refund above the approval threshold, and approvals are not set up.',
          },
        };
      case 'not-found':
        return { result: words.notFound(undefined) };
    }
  },
};

function sayState(state: string, words: ToolWords): string {
  switch (state) {
    case 'refunded':
      return 'That is already done.';
    case 'awaiting-arrival':
    case 'arrived':
    case 'split':
      return words.isReturned;
    case 'withdrawn':
    case 'not-received':
      return 'That return has been closed without a refund. Tell me if you want me to check it again.';
    case 'by-hand':
      return 'Our team has already taken care of that one.';
    case 'awaiting-approval':
      return words.waitsAlready;
    case 'lowered':
      return 'Our team is looking at that refund with another amount; the outcome follows here.';
    case 'denied':
    case 'expired':
    case 'stale':
    case 'rejected':
      return 'That request has already been closed without a refund. Tell me if you want me to check the return again.';
    default:
      return words.underWay;
  }
}
