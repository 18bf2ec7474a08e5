import type { ModalView } from '@slack/web-api';
import type { ApprovalId } from '../../returns/ids.ts';
import { asUuid } from './uuid.ts';

export const denyReasonCallbackId = 'deny_refund_reason';

type DenyTarget = { readonly approvalId: ApprovalId; readonly channel: string };

export function buildDenyReasonView(target: DenyTarget): ModalView {
  return {
    type: 'modal',
    callback_id: denyReasonCallbackId,
    private_metadata: JSON.stringify(target),
    title: { type: 'plain_text', text: 'Deny the refund' },
    submit: { type: 'plain_text', text: 'Deny' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Reason' },
        hint: { type: 'plain_text', text: 'The customer is told this reason, in these words.' },
        element: { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 500 },
      },
    ],
  };
}

/** What the modal was opened for; undefined when it is not something `buildDenyReasonView` wrote. */
export function readDenyTarget(privateMetadata: string): DenyTarget | undefined {
  try {
    const { approvalId: given, channel } = JSON.parse(privateMetadata) as Partial<Record<string, unknown>>;
    const approvalId = asUuid<ApprovalId>(given);
    return approvalId !== undefined && typeof channel === 'string' ? { approvalId, channel } : undefined;
  } catch {
    return undefined;
  }
}
