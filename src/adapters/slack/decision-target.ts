import type { ApprovalId } from '../../returns/ids.ts';
import { asUuid } from './uuid.ts';

/** What a window was opened for, and where from: the answer is shown there. */
export type DecisionTarget = { readonly approvalId: ApprovalId; readonly from: 'channel' | 'home' };

/** For a modal's `private_metadata`. */
export function writeTarget({ approvalId, from }: DecisionTarget, channel: string): string {
  return JSON.stringify(from === 'home' ? { approvalId, from } : { approvalId, channel });
}

/** Undefined when it is not something `writeTarget` wrote for this channel. */
export function readTarget(privateMetadata: string, channel: string): DecisionTarget | undefined {
  try {
    const given = JSON.parse(privateMetadata) as Partial<Record<string, unknown>>;
    const approvalId = asUuid<ApprovalId>(given.approvalId);
    if (approvalId === undefined) return undefined;
    if (given.from === 'home' && given.channel === undefined) return { approvalId, from: 'home' };
    return given.channel === channel ? { approvalId, from: 'channel' } : undefined;
  } catch {
    return undefined;
  }
}
