import type { ModalView } from '@slack/web-api';
import { plainLine } from './mrkdwn.ts';

export const lowerAmountCallbackId = 'lower_refund_amount';
/** The input's block and action id. */
export const amountField = 'amount';

/** `quoted` is only shown: `$120.00 for order #1001`. */
export function buildLowerAmountView(privateMetadata: string, quoted: string | undefined): ModalView {
  const quote =
    quoted === undefined ? 'The quote is on the card.' : `The quote is ${plainLine(quoted, 200)}.`;
  const text = `${quote} Whoever asked for the refund has to agree before the lower amount is refunded.`;
  return {
    type: 'modal',
    callback_id: lowerAmountCallbackId,
    private_metadata: privateMetadata,
    title: { type: 'plain_text', text: 'Approve a lower amount' },
    submit: { type: 'plain_text', text: 'Approve' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      { type: 'section', block_id: 'quoted', text: { type: 'plain_text', text, emoji: false } },
      {
        type: 'input',
        block_id: amountField,
        label: { type: 'plain_text', text: 'Amount' },
        hint: { type: 'plain_text', text: 'In the currency of the quote, and less than it.' },
        element: { type: 'plain_text_input', action_id: amountField, max_length: 30, focus_on_load: true },
      },
    ],
  };
}
