import { isFields } from './workspace-elements.ts';
import type { Block, Fields, WorkspaceOptions } from './workspace-state.ts';

type Button = { readonly actionId: string; readonly value?: string | undefined };

/** The button of these blocks as an action's payload names it; `value` tells those of one action apart. */
export function pressedButton(
  blocks: readonly Block[],
  { actionId, value }: Button,
  { now }: WorkspaceOptions,
): Fields | undefined {
  for (const block of blocks) {
    const elements: readonly unknown[] = [
      ...(Array.isArray(block.elements) ? block.elements : []),
      block.accessory,
    ];
    const button = elements.find(
      (each) =>
        isFields(each) && each.action_id === actionId && (value === undefined || each.value === value),
    );
    if (isFields(button)) {
      return { ...button, block_id: block.block_id, action_ts: String(now().getTime() / 1000) };
    }
  }
  return undefined;
}
