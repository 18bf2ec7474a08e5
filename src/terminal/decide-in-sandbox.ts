import type { ConversationContext } from '../conversation/context.ts';
import { readApproval } from '../storage/approvals.ts';
import { type ManagerScreen, type ModalClick, openManagerScreen } from './manager-screen.ts';
import type { PendingApproval } from './pending-approvals.ts';
import { waitFor } from './wait-for.ts';

export type TypedDecision =
  | { readonly kind: 'approve' }
  | { readonly kind: 'deny'; readonly reason: string }
  | { readonly kind: 'lower'; readonly amount: string };

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
  const problem = await press(screen, { manager, card, approvalId: approval.id }, decision);
  if (problem !== undefined) return problem;

  const state = await waitFor(async () => {
    const now = await readApproval(db, approval.id);
    return now?.state === 'pending' ? undefined : now?.state;
  }, 5_000);
  switch (state) {
    case 'approved':
    case 'denied':
      return `${manager.name} ${state} it in Slack.`;
    case 'lowered':
      return `${manager.name} approved a lower amount in Slack; it has a card of its own.`;
    case 'stale':
      return `The order changed since the card was posted, so ${name} was closed; a fresh card follows.`;
    case 'expired':
      return `${name} had expired; nothing was refunded.`;
    case undefined:
      return `${name} is not decided yet: it needs another approver, or try again in a moment.`;
  }
}

/** Answers with what a modal that stays open says. */
async function press(
  screen: ManagerScreen,
  click: ModalClick,
  decision: TypedDecision,
): Promise<string | undefined> {
  switch (decision.kind) {
    case 'approve':
      await screen.approve(click.manager, click.card);
      return undefined;
    case 'deny':
      return await screen.deny(click, decision.reason);
    case 'lower':
      return await screen.lower(click, decision.amount);
  }
}
