import type { SectionBlock } from '@slack/web-api';
import type { OpenReturn } from '../../ports/staff-desk.ts';
import { openReturnText } from './arrival-words.ts';

export const arrivedActionId = 'item_arrived';

/** A return on its way, and the button for when it is here. The button's value is a reference and nothing else. */
export function openReturnBlock(open: OpenReturn): SectionBlock {
  return {
    type: 'section',
    block_id: `return_${open.returnId}`,
    text: { type: 'mrkdwn', text: openReturnText(open), verbatim: true },
    accessory: {
      type: 'button',
      action_id: arrivedActionId,
      text: { type: 'plain_text', text: 'Item arrived' },
      value: open.returnId,
    },
  };
}
