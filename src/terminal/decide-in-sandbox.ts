import type { ConversationContext } from '../conversation/context.ts';
import { readApproval } from '../storage/approvals.ts';
import { openManagerScreen } from './manager-screen.ts';
import type { PendingApproval } from './pending-approvals.ts';
import { waitFor } from './wait-for.ts';

export type TypedDecision = { readonly kind: 'approve' } | { readonly kind: 'deny'; readonly reason: string };

/** Takes the way of a click in Slack, so that every rule about clicks holds here too; says what came of it. */
export async function decideInSandbox(
  { context, url }: { readonly context: ConversationContext; readonly url: string },
  { name, approval }: PendingApproval,
  decision: TypedDecision,
): Promise<string> {
  const { db } = context.refunds;
  const card = await waitFor(async () => (await readApproval(db, approval.id))?.card ?? undefined, 10_000);
  if (!card) return `The card of ${name} is not in Slack yet; try again in a moment.`;

  const screen = openManagerScreen(url);
  const manager = await screen.manager();
  if (decision.kind === 'approve') await screen.approve(manager, card);
  else await screen.deny(manager, card, approval.id, decision.reason);

  const state = await waitFor(async () => {
    const now = await readApproval(db, approval.id);
    return now?.state === 'pending' ? undefined : now?.state;
  }, 5_000);
  switch (state) {
    case 'approved':
    case 'denied':
      return `${manager.name} ${state} it in Slack.`;
    case 'lowered':
      return `A lower amount was approved in Slack; it has a card of its own.`;
    case 'stale':
      return `The order changed since the card was posted, so ${name} was closed; a fresh card follows.`;
    case 'expired':
      return `${name} had expired; nothing was refunded.`;
    case undefined:
      return `${name} is not decided yet: it needs another approver, or try again in a moment.`;
  }
}
