import type { ConversationContext } from '../conversation/context.ts';
import { amountOf } from '../refunds/tell-outcomes.ts';
import type { ApprovalId, ConversationId } from '../returns/ids.ts';
import { saySettlement } from '../returns/settlement-words.ts';
import { type ApprovalRow, pendingApprovals } from '../storage/approvals.ts';
import { readQuote } from '../storage/quotes.ts';
import { readRefund, refundsOfConversation } from '../storage/refunds.ts';

/** An approval under the name people type: the first characters of its id, as many as tell it from the others. */
export type PendingApproval = { readonly name: string; readonly approval: ApprovalRow };

const shortestName = 8;

export async function listPending({
  refunds: { db, store },
}: ConversationContext): Promise<readonly PendingApproval[]> {
  return namePending(await pendingApprovals(db, store));
}

/** Ids begin with the time they were made, so that those of the same minute share their first characters. */
export function namePending(approvals: readonly ApprovalRow[]): readonly PendingApproval[] {
  const ids = approvals.map(({ id }) => id);
  return approvals.map((approval) => ({ name: nameAmong(approval.id, ids), approval }));
}

/** Those that the customer of this conversation waits for. */
export async function listPendingOf(
  context: ConversationContext,
  conversationId: ConversationId,
): Promise<readonly PendingApproval[]> {
  const refunds = await refundsOfConversation(context.refunds.db, conversationId);
  const ids = new Set(refunds.map(({ id }) => id));
  return (await listPending(context)).filter(({ approval }) => ids.has(approval.refundId));
}

export async function describePending(
  { refunds: { db } }: ConversationContext,
  { name, approval }: PendingApproval,
): Promise<string> {
  const refund = await readRefund(db, approval.refundId);
  const quoted = await readQuote(db, refund.conversationId, refund.quoteId);
  const how = quoted ? `: ${saySettlement(quoted.quote).join(', ')}` : '';
  return `${name}  ${amountOf(refund)} for order ${refund.orderName}${how}`;
}

export type ChosenApproval =
  | { readonly kind: 'chosen'; readonly pending: PendingApproval; readonly rest: string }
  | { readonly kind: 'unclear'; readonly sentence: string };

/** Reads `[ID] [rest]`. The id may be left out when only one is pending. */
export function chooseApproval(pending: readonly PendingApproval[], words: string): ChosenApproval {
  const [only, ...others] = pending;
  if (!only) return unclear('No refund waits for approval.');
  const [word = '', rest = ''] = splitFirst(words);
  const named = word === '' ? [] : pending.filter(({ approval }) => startsWith(approval.id, word));
  const [match] = named;
  if (match && named.length === 1) return { kind: 'chosen', pending: match, rest };
  if (named.length > 1) return unclear(`${word} fits more than one: ${namesOf(named)}.`);
  if (looksLikeId(word))
    return unclear(`No refund waits for approval under ${word}: there is ${namesOf(pending)}.`);
  if (others.length > 0) return unclear(`Several wait, so name one: ${namesOf(pending)}.`);
  return { kind: 'chosen', pending: only, rest: words.trim() };
}

function nameAmong(id: ApprovalId, all: readonly ApprovalId[]): string {
  let length = shortestName;
  while (all.some((other) => other !== id && other.startsWith(id.slice(0, length)))) length += 1;
  return id.slice(0, length).replace(/-$/, '');
}

function startsWith(id: string, word: string): boolean {
  return id.replaceAll('-', '').startsWith(word.toLowerCase().replaceAll('-', ''));
}

/** Words such as "faded" are hexadecimal too; an id has digits. */
function looksLikeId(word: string): boolean {
  return /^[0-9a-f-]{4,36}$/i.test(word) && /\d/.test(word);
}

function splitFirst(words: string): readonly string[] {
  return /^\s*(\S*)\s*([\s\S]*?)\s*$/.exec(words)?.slice(1) ?? [];
}

function namesOf(pending: readonly PendingApproval[]): string {
  return pending.map(({ name }) => name).join(', ');
}

function unclear(sentence: string): ChosenApproval {
  return { kind: 'unclear', sentence };
}
