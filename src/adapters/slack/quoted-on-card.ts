import { z } from 'zod';
import type { ApprovalId } from '../../returns/ids.ts';
import { approveActionId } from './approval-card.ts';

const surface = z.object({ blocks: z.array(z.object({ elements: z.array(z.unknown()).optional() })) });
const approveButton = z.object({
  action_id: z.literal(approveActionId),
  value: z.string(),
  confirm: z.object({ text: z.object({ text: z.string() }) }),
});

/**
 * What the card or the home under a click says is approved: `$120.00 for order #1001`. An approval's amount
 * never changes, so the window can repeat it; it is shown to the one who clicked and decides nothing.
 */
export function quotedOnCard(clickedOn: unknown, approvalId: ApprovalId): string | undefined {
  const { data } = surface.safeParse(clickedOn);
  const elements = data?.blocks.flatMap((block) => block.elements ?? []) ?? [];
  const buttons = elements.map((element) => approveButton.safeParse(element).data);
  return buttons.find((button) => button?.value === approvalId)?.confirm.text.text;
}
