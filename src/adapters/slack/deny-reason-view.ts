import type { ModalView } from '@slack/web-api';

export const denyReasonCallbackId = 'deny_refund_reason';
/** The input's block and action id. */
export const reasonField = 'reason';

export function buildDenyReasonView(privateMetadata: string): ModalView {
  return {
    type: 'modal',
    callback_id: denyReasonCallbackId,
    private_metadata: privateMetadata,
    title: { type: 'plain_text', text: 'Deny the refund' },
    submit: { type: 'plain_text', text: 'Deny' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      {
        type: 'input',
        block_id: reasonField,
        label: { type: 'plain_text', text: 'Reason' },
        hint: {
          type: 'plain_text',
          text: 'Whoever asked for the refund is told this reason, in these words.',
        },
        element: { type: 'plain_text_input', action_id: reasonField, multiline: true, max_length: 500 },
      },
    ],
  };
}
