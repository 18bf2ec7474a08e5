import { Refusal } from '../policy-tool/refusal.ts';
import type { ConversationId } from '../returns/ids.ts';
import { recordAudit } from '../storage/audit-log.ts';
import { lockConversation } from '../storage/conversations.ts';
import type { Tx } from '../storage/database.ts';
import {
  bringMessagesBack,
  changeLetter,
  type DeadLetter,
  enqueueLetter,
  lockLetter,
  openLetters,
  wroteAfter,
} from '../storage/dead-letters.ts';
import { loginName } from '../terminal/login-name.ts';
import { type Desk, findLetter, refuseEnded } from './desk.ts';

export async function retryLetter(desk: Desk, seq: number): Promise<readonly string[]> {
  const { id } = await findLetter(desk, seq);
  await desk.db.transaction(async (tx) => {
    const letter = await lockLetter(tx, id);
    if (!letter) throw new Refusal(`There is no dead letter ${seq} any more.`);
    refuseEnded(letter);
    if (letter.queue === 'take-turn') await reopenTurn(tx, letter);
    if (!(await enqueueLetter(tx, desk.jobs, letter))) {
      throw new Refusal(
        `This release knows no queue ${letter.queue}; drop ${seq}, or use the release before.`,
      );
    }
    await changeLetter(tx, id, 'taken-up');
    await recordAudit(tx, {
      store: letter.store,
      actor: 'operator',
      action: 'dead-letter.retried',
      subject: letter.subject,
      detail: { letter: seq, queue: letter.queue, by: loginName() },
    });
  });
  return [`Dead letter ${seq} is being tried again. If it fails, list shows it.`];
}

/** Each by itself: one that cannot be tried does not keep the others from it. */
export async function retryAll(desk: Desk): Promise<readonly string[]> {
  const letters = await openLetters(desk.db, desk.store, 10_000);
  if (letters.length === 0) return ['No dead letters: there is nothing to try again.'];
  const said: string[] = [];
  for (const { seq } of letters) {
    try {
      said.push(...(await retryLetter(desk, seq)));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      said.push(error.message);
    }
  }
  return said;
}

/** The bot reads the messages again, unless a person has the conversation or it went on. */
async function reopenTurn(tx: Tx, { id, seq, subject }: DeadLetter): Promise<void> {
  const conversationId = subject as ConversationId;
  const { owner } = await lockConversation(tx, conversationId);
  if (owner === 'person') {
    throw new Refusal(
      `A person has the conversation of dead letter ${seq}: hand it back to the bot in Slack first, or drop it.`,
    );
  }
  if (await wroteAfter(tx, conversationId, id)) {
    throw new Refusal(
      `The customer of dead letter ${seq} wrote again since: an answer would come out of turn. Drop it.`,
    );
  }
  if ((await bringMessagesBack(tx, conversationId, id)) === 0) {
    throw new Refusal(`The messages of dead letter ${seq} are already being tried again.`);
  }
}
