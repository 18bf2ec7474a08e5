import { type SQL, sql } from 'drizzle-orm';
import type { ConversationId } from '../returns/ids.ts';
import { isTerminal, refundStates } from '../returns/refund.ts';
import type { Tx } from './database.ts';

const openStates = refundStates.filter((state) => !isTerminal(state));

/**
 * Nobody waits for anything in the conversation that this SQL names: no refund is under way, no approval or
 * return open, no message unanswered and no answer unsent. Only then may its words be forgotten.
 */
export function isQuiet(conversation: SQL): SQL {
  return sql`not exists (${openRefund(conversation)}) and not exists (${openReturn(conversation)})
    and not exists (${unanswered(conversation)}) and not exists (${unsent(conversation)})`;
}

/** Why its words cannot be forgotten yet. */
export async function whatKeeps(
  tx: Tx,
  id: ConversationId,
): Promise<'refund' | 'return' | 'message' | undefined> {
  const conversation = sql`${id}`;
  const [row] = await tx.execute<{ refund: boolean; return: boolean; message: boolean }>(sql`
    select exists (${openRefund(conversation)}) as refund, exists (${openReturn(conversation)}) as return,
      (exists (${unanswered(conversation)}) or exists (${unsent(conversation)})) as message`);
  return row?.refund ? 'refund' : row?.return ? 'return' : row?.message ? 'message' : undefined;
}

/** A refund whose approval waits is open as well. */
function openRefund(conversation: SQL): SQL {
  return sql`select 1 from refunds where refunds.conversation_id = ${conversation}
    and (refunds.state in ${openStates} or (refunds.payment = 'pending' and refunds.created_at > now() - interval '30 days'))`;
}

function openReturn(conversation: SQL): SQL {
  return sql`select 1 from returns where returns.conversation_id = ${conversation} and returns.ended_at is null`;
}

function unanswered(conversation: SQL): SQL {
  return sql`select 1 from messages waiting where waiting.conversation_id = ${conversation}
    and waiting.author = 'customer' and waiting.answered_in_turn is null`;
}

function unsent(conversation: SQL): SQL {
  return sql`select 1 from outbox where outbox.conversation_id = ${conversation} and outbox.state = 'waiting'`;
}
