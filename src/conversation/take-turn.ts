import { setTimeout as sleep } from 'node:timers/promises';
import { type AgentTurn, runAgent } from '../agent/agent-loop.ts';
import type { Asker } from '../refunds/read-order.ts';
import { tellCustomer } from '../refunds/tell-customer.ts';
import { tellEndedRefunds } from '../refunds/tell-outcomes.ts';
import type { Alarm } from '../returns/alarms.ts';
import type { ConversationId } from '../returns/ids.ts';
import { yesOrNo } from '../returns/yes-or-no.ts';
import {
  beginTurn,
  endTurn,
  type LockedConversation,
  lockWithSender,
  type Message,
  markAnswered,
  recentMessages,
  waitingMessages,
} from '../storage/conversations.ts';
import { type Tx, together } from '../storage/database.ts';
import { mediaOf } from '../storage/media.ts';
import { markShown, openQuotes } from '../storage/quotes.ts';
import { addStaffNoteOnce } from '../storage/staff-notes.ts';
import { boundTranscript } from './bound-transcript.ts';
import { chooseModels } from './choose-models.ts';
import { answerAlarm, composeReply } from './compose-reply.ts';
import type { ConversationContext } from './context.ts';
import { gatherAttachments } from './gather-attachments.ts';
import { handOff } from './hand-off.ts';
import { countTurn, refuseTurn } from './limit-turn.ts';
import { mustHandOff } from './must-hand-off.ts';
import { offeredChoices } from './offered-choices.ts';
import { recordCost } from './record-cost.ts';
import { recordTurn } from './record-turn.ts';
import { shownOrder } from './shown-order.ts';
import { shownQuotes } from './shown-quotes.ts';
import { keepUnanswered, mayAnswer } from './sms-destination.ts';
import { firstShown, gatherFacts, readTranscript, transcriptLength } from './transcript.ts';
import { withoutMarks } from './typed-emails.ts';

type Turn = {
  readonly number: number;
  readonly asker: Asker;
  readonly asked: readonly Message[];
  readonly transcript: readonly Message[];
  /** The oldest text of the transcript, where others may have come before it. */
  readonly from: number | undefined;
  readonly alarm: Alarm | undefined;
};

/** How often words that arrive while the model works send it back to the start, before it answers anyway. */
const maxFreshStarts = 2;

/**
 * Answers everything the customer wrote and nobody answered. Run for a conversation with nothing waiting it
 * does nothing, so that redelivered jobs and folded wake-ups cost one query.
 */
export async function takeTurn(context: ConversationContext, conversationId: ConversationId): Promise<void> {
  for (let start = 0; ; start++) {
    let turn = await begin(context, conversationId);
    for (let waits = 0; turn === 'media-under-way'; waits++) {
      await sleep(mediaPollMs);
      turn = await begin(context, conversationId, waits >= maxMediaWaits);
    }
    if (!turn) return;
    if (!turn.alarm && !(await mayAnswer(context, turn.asker))) return keepUnanswered(context, turn);
    const started = performance.now();
    const answer = await think(context, turn);
    const committed = await commit(context, turn, answer, started, start >= maxFreshStarts);
    if (committed !== 'start-again') return;
  }
}

/** What came with a text is worth so long a wait; the job of a turn may take much longer. */
const mediaPollMs = 250;
const maxMediaWaits = 60;

async function begin(
  context: ConversationContext,
  id: ConversationId,
  anyway = false,
): Promise<Turn | 'media-under-way' | undefined> {
  const { refunds } = context;
  return refunds.db.transaction(async (tx) => {
    const locked = await lockWithSender(tx, id);
    const { conversation, sender } = locked;
    const [asked, recent] = await together(waitingMessages(tx, id), recentMessages(tx, id, transcriptLength));
    if (asked.length === 0 || conversation.owner === 'person') {
      if (conversation.turnStartedAt) await closeAbandoned(tx, refunds.jobs, locked);
      return undefined;
    }
    if (!anyway && (await isFetching(tx, asked))) return 'media-under-way';
    const messages = { asked, transcript: transcriptOf(recent, asked) };
    const alarm = await mustHandOff(tx, locked, messages);
    const [number, tooMany] = await together(
      beginTurn(tx, id),
      alarm ? undefined : countTurn(tx, context, conversation),
    );
    if (tooMany) {
      await refuseTurn(tx, context, locked, asked, tooMany);
      return undefined;
    }
    const from = firstShown(recent, messages.transcript);
    return { number, ...messages, from, asker: { conversation, sender }, alarm };
  });
}

async function isFetching(tx: Tx, asked: readonly Message[]): Promise<boolean> {
  const having = asked.filter(({ mediaCount }) => mediaCount > 0).map(({ id }) => id);
  return (await mediaOf(tx, having)).some(({ state }) => state === 'waiting');
}

/** A worker died in a turn that no longer has anything to answer: let waiting outcomes out. */
async function closeAbandoned(
  tx: Tx,
  jobs: ConversationContext['refunds']['jobs'],
  locked: LockedConversation,
): Promise<void> {
  await endTurn(tx, locked.conversation.id);
  await tellEndedRefunds(tx, jobs, locked);
}

/** What waits, also where it is more than is read of what came before; within what a model may cost. */
function transcriptOf(recent: readonly Message[], asked: readonly Message[]): readonly Message[] {
  return boundTranscript(asked.length > recent.length ? asked : recent).map(withoutPoison);
}

/** What a turn failed on every time would fail the next one too. */
function withoutPoison(message: Message): Message {
  return message.setAsideIn === null ? message : { ...message, text: '(a message that cannot be read)' };
}

/** The slow part: models and shops are waited for, and no transaction is open. */
async function think(
  context: ConversationContext,
  { asker, transcript, from, alarm }: Turn,
): Promise<AgentTurn> {
  if (alarm) return answerAlarm(alarm);
  const models = await chooseModels(context, asker.conversation.id);
  const attachments = await gatherAttachments(context, transcript, models);
  const { items, typed } = readTranscript(context, asker.conversation, transcript, attachments);
  const answer = await runAgent(
    { refunds: context.refunds, asker, typed },
    models,
    {
      facts: await gatherFacts(context, asker, from),
      items,
      safetyIdentifier: context.personal.hash('model-user', asker.sender.id),
      refreshFacts: () => gatherFacts(context, asker, from),
    },
    context.limits,
  );
  return { ...answer, reply: answer.reply && withoutMarks(answer.reply) };
}

type Ending = 'committed' | 'overtaken' | 'start-again';

/**
 * The reply, what it shows, what it starts and the record of the turn: together or not at all. A turn that
 * was overtaken (its worker was thought dead) commits nothing but what it cost.
 */
async function commit(
  context: ConversationContext,
  turn: Turn,
  answer: AgentTurn,
  started: number,
  answerAnyway: boolean,
): Promise<Ending> {
  const { db, jobs, metrics } = context.refunds;
  const lastAsked = turn.asked.at(-1)?.seq ?? 0;
  const { id } = turn.asker.conversation;
  const settle = async (tx: Tx): Promise<Ending> => {
    const locked = await lockWithSender(tx, id);
    const [waiting, quotes] = await together(waitingMessages(tx, id), openQuotes(tx, id));
    if (locked.conversation.turnNumber !== turn.number) return 'overtaken';
    const newer = waiting.filter((message) => message.seq > lastAsked);
    const movedSomething = answer.effects.some(({ kind }) => kind !== 'quoted' && kind !== 'showed');
    if (newer.length > 0 && !movedSomething && !answerAnyway) return 'start-again';

    const { party } = locked.conversation;
    const { text, outcome, handOff: reason } = composeReply(answer, { party, hasPeople: !!context.support });
    const shown = shownQuotes(text, answer.effects, quotes);
    const [message] = await together(
      tellCustomer(tx, jobs, locked, text, {
        card: shownOrder(answer.effects),
        // A yes to two of them would not say to which.
        buttons: reason ? undefined : shown.length === 1 ? yesOrNo : offeredChoices(answer, text),
      }),
      markAnswered(tx, id, lastAsked, turn.number),
      endTurn(tx, id),
      recordTurn(tx, context, {
        ...turn,
        answer,
        text,
        outcome,
        ms: Math.round(performance.now() - started),
      }),
    );
    await markShown(tx, shown, message.seq);
    if (answer.calls.some((call) => call.status === 'unavailable')) {
      await addStaffNoteOnce(tx, jobs, { store: locked.conversation.store, text: outage });
    }
    if (reason) await handOff(tx, context, locked.conversation, reason);
    await tellEndedRefunds(tx, jobs, locked);
    if (newer.length > 0) await jobs.enqueue(tx, 'take-turn', { conversationId: id });
    metrics.turn(answer.model, outcome, (performance.now() - started) / 1000);
    return 'committed';
  };
  return db.transaction(async (tx) => {
    const ending = await settle(tx);
    await recordCost(tx, context, turn.asker.conversation, answer.usage);
    return ending;
  });
}

const outage =
  'Customers were told that the shop cannot be reached right now. Their messages are kept; they were asked to try again.';
