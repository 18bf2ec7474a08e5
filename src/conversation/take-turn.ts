import { createHash } from 'node:crypto';
import { type AgentTurn, runAgent } from '../agent/agent-loop.ts';
import type { ToolEffect } from '../agent/tool.ts';
import type { Asker } from '../refunds/read-order.ts';
import { tellCustomer } from '../refunds/tell-customer.ts';
import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import type { ConversationId } from '../returns/ids.ts';
import { formatMoney } from '../returns/money.ts';
import { recordAudit } from '../storage/audit-log.ts';
import {
  beginTurn,
  type Conversation,
  endTurn,
  lockConversation,
  type Message,
  markAnswered,
  recentMessages,
  waitingMessages,
} from '../storage/conversations.ts';
import { readSender } from '../storage/customers.ts';
import type { Tx } from '../storage/database.ts';
import { markShown, openQuotes, type QuoteRow } from '../storage/quotes.ts';
import { insertTurn } from '../storage/turns.ts';
import { chooseModels } from './choose-models.ts';
import type { ConversationContext } from './context.ts';
import { handOff } from './hand-off.ts';
import { maskPersonalData } from './mask-personal-data.ts';
import { gatherFacts, readTranscript, transcriptLength } from './transcript.ts';

type Turn = {
  readonly number: number;
  readonly asker: Asker;
  readonly asked: readonly Message[];
  readonly transcript: readonly Message[];
};

/** How often words that arrive while the model works send it back to the start, before it answers anyway. */
const maxFreshStarts = 2;

/**
 * Answers everything the customer wrote and nobody answered. Run for a conversation with nothing waiting it
 * does nothing, so that redelivered jobs and folded wake-ups cost one query.
 */
export async function takeTurn(context: ConversationContext, conversationId: ConversationId): Promise<void> {
  for (let start = 0; ; start++) {
    const turn = await begin(context, conversationId);
    if (!turn) return;
    const started = performance.now();
    const answer = await think(context, turn);
    const committed = await commit(context, turn, answer, started, start >= maxFreshStarts);
    if (committed !== 'start-again') return;
  }
}

async function begin({ refunds }: ConversationContext, id: ConversationId): Promise<Turn | undefined> {
  return refunds.db.transaction(async (tx) => {
    const conversation = await lockConversation(tx, id);
    const asked = await waitingMessages(tx, id);
    if (asked.length === 0 || conversation.owner === 'person') {
      if (conversation.turnStartedAt) await closeAbandoned(tx, refunds.jobs, conversation);
      return undefined;
    }
    const number = await beginTurn(tx, id);
    const transcript = await recentMessages(tx, id, Math.max(transcriptLength, asked.length));
    return {
      number,
      asked,
      transcript,
      asker: { conversation, sender: await readSender(tx, conversation.senderId) },
    };
  });
}

/** A worker died in a turn that no longer has anything to answer: let waiting outcomes out. */
async function closeAbandoned(
  tx: Tx,
  jobs: ConversationContext['refunds']['jobs'],
  conversation: Conversation,
): Promise<void> {
  await endTurn(tx, conversation.id);
  await tellEndedRefunds(tx, jobs, conversation);
}

/** The slow part: models and shops are waited for, and no transaction is open. */
async function think(context: ConversationContext, { asker, transcript }: Turn): Promise<AgentTurn> {
  return runAgent(
    { refunds: context.refunds, asker },
    await chooseModels(context),
    {
      facts: await gatherFacts(context, asker),
      items: readTranscript(transcript),
      safetyIdentifier: createHash('sha256').update(asker.sender.id).digest('hex').slice(0, 32),
      refreshFacts: () => gatherFacts(context, asker),
    },
    context.limits,
  );
}

/**
 * The reply, what it shows, what it starts and the record of the turn: together or not at all. A turn that
 * was overtaken (its worker was thought dead) commits nothing.
 */
async function commit(
  context: ConversationContext,
  turn: Turn,
  answer: AgentTurn,
  started: number,
  answerAnyway: boolean,
): Promise<'committed' | 'overtaken' | 'start-again'> {
  const { db, jobs, metrics } = context.refunds;
  const lastAsked = turn.asked.at(-1)?.seq ?? 0;
  return db.transaction(async (tx) => {
    const conversation = await lockConversation(tx, turn.asker.conversation.id);
    if (conversation.turnNumber !== turn.number) return 'overtaken';
    const newer = (await waitingMessages(tx, conversation.id)).filter((message) => message.seq > lastAsked);
    const movedSomething = answer.effects.some((effect) => effect.kind !== 'quoted');
    if (newer.length > 0 && !movedSomething && !answerAnyway) return 'start-again';

    const { text, outcome } = compose(context, answer);
    const message = await tellCustomer(tx, jobs, conversation, text);
    await markAnswered(tx, conversation.id, lastAsked, turn.number);
    await markShown(tx, shownIn(text, answer.effects, await openQuotes(tx, conversation.id)), message.seq);
    const reason = handOffReason(answer);
    if (reason && context.support) await handOff(tx, context, conversation, reason);
    await endTurn(tx, conversation.id);
    await tellEndedRefunds(tx, jobs, conversation);
    if (newer.length > 0) await jobs.enqueue(tx, 'take-turn', { conversationId: conversation.id });
    await keepRecord(tx, context, turn, answer, {
      text,
      outcome,
      ms: Math.round(performance.now() - started),
    });
    metrics.turn(answer.model, outcome, (performance.now() - started) / 1000);
    return 'committed';
  });
}

const stuck =
  'I am sorry, I could not work that out. I have asked someone from our team to take over; they will get back to you.';
const nobody =
  'I am sorry, I cannot hand this to a person from here. Please contact the store directly, or tell me in other words what you would like to return.';

function compose(
  context: ConversationContext,
  answer: AgentTurn,
): { readonly text: string; readonly outcome: string } {
  const handsOff = handOffReason(answer) !== undefined;
  if (handsOff && !context.support) return { text: nobody, outcome: 'nobody-to-hand-to' };
  return { text: answer.reply ?? stuck, outcome: handsOff ? 'handed-off' : answer.outcome };
}

function handOffReason(answer: AgentTurn): string | undefined {
  const asked = answer.effects.find((effect) => effect.kind === 'hand-off');
  if (asked) return asked.reason;
  if (answer.reply === undefined) return 'The agent could not answer.';
  return undefined;
}

/**
 * A quote counts as shown only when the text that goes out names its amount; one of an earlier turn when it
 * names the order too.
 */
function shownIn(text: string, effects: readonly ToolEffect[], open: readonly QuoteRow[]) {
  const madeNow = new Set(effects.map((effect) => (effect.kind === 'quoted' ? effect.quoteId : undefined)));
  return open
    .filter(({ quote }) => text.includes(formatMoney(quote.amount)))
    .filter(({ id, quote }) => madeNow.has(id) || namesOrder(text, quote.orderName))
    .map(({ id }) => id);
}

function namesOrder(text: string, orderName: string): boolean {
  const words = (given: string) => ` ${given.replace(/[^\p{L}\p{N}]+/gu, ' ').trim()} `;
  return words(text).includes(words(orderName));
}

async function keepRecord(
  tx: Tx,
  { refunds, costMicroUsd }: ConversationContext,
  { number, asker, asked }: Turn,
  answer: AgentTurn,
  said: { readonly text: string; readonly outcome: string; readonly ms: number },
): Promise<void> {
  const { conversation } = asker;
  const total = (pick: (usage: AgentTurn['usage'][number]['usage']) => number) =>
    answer.usage.reduce((sum, { usage }) => sum + pick(usage), 0);
  const cost = answer.usage.reduce((sum, { model, usage }) => sum + costMicroUsd(model, usage), 0);
  await insertTurn(tx, {
    store: conversation.store,
    conversationId: conversation.id,
    number,
    channel: conversation.channel,
    model: answer.model,
    asked: asked.map((message) => maskPersonalData(message.text)),
    answered: maskPersonalData(said.text),
    tools: answer.calls.map(({ name, status, ms }) => ({ name, status, ms })),
    outcome: said.outcome,
    inputTokens: total((usage) => usage.inputTokens),
    cachedInputTokens: total((usage) => usage.cachedInputTokens),
    outputTokens: total((usage) => usage.outputTokens),
    costMicroUsd: cost,
    durationMs: said.ms,
  });
  await recordAudit(
    tx,
    ...answer.calls.map((call) => ({
      store: conversation.store,
      conversationId: conversation.id,
      actor: 'agent',
      action: `tool.${call.name}`,
      detail: { turn: number, arguments: call.kept, status: call.status, ms: call.ms },
    })),
  );
  for (const { model, usage } of answer.usage) {
    refunds.metrics.modelTokens(model, 'input', usage.inputTokens - usage.cachedInputTokens);
    refunds.metrics.modelTokens(model, 'cached_input', usage.cachedInputTokens);
    refunds.metrics.modelTokens(model, 'output', usage.outputTokens);
  }
  refunds.metrics.modelCost(cost / 1_000_000);
}
