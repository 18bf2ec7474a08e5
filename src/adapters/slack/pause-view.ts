import type { ActionsBlock, ModalView } from '@slack/web-api';

export const pauseActionId = 'pause_refunds';
export const resumeActionId = 'resume_refunds';
export const pauseReasonCallbackId = 'pause_refunds_reason';

/** Without values: there is one pause, and who may end it is asked again at the click. */
export function pauseButton(): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'refund_pause',
    elements: [
      {
        type: 'button',
        action_id: pauseActionId,
        style: 'danger',
        text: { type: 'plain_text', text: 'Pause refunds…' },
      },
    ],
  };
}

export function resumeButton(held: number): ActionsBlock {
  return {
    type: 'actions',
    block_id: 'refund_pause',
    elements: [
      {
        type: 'button',
        action_id: resumeActionId,
        style: 'primary',
        text: { type: 'plain_text', text: 'Resume refunds' },
        confirm: {
          title: { type: 'plain_text', text: 'Resume refunds?' },
          text: {
            type: 'plain_text',
            text: held === 1 ? '1 held refund will be made.' : `${held} held refunds will be made.`,
          },
          confirm: { type: 'plain_text', text: 'Resume' },
          deny: { type: 'plain_text', text: 'Back' },
        },
      },
    ],
  };
}

export function buildPauseReasonView(): ModalView {
  return {
    type: 'modal',
    callback_id: pauseReasonCallbackId,
    title: { type: 'plain_text', text: 'Pause all refunds' },
    submit: { type: 'plain_text', text: 'Pause' },
    close: { type: 'plain_text', text: 'Back' },
    blocks: [
      {
        type: 'input',
        block_id: 'reason',
        label: { type: 'plain_text', text: 'Why?' },
        hint: {
          type: 'plain_text',
          text: 'Your colleagues read this. Customers are told nothing: their refunds wait until somebody resumes.',
        },
        element: { type: 'plain_text_input', action_id: 'reason', multiline: true, max_length: 500 },
      },
    ],
  };
}
