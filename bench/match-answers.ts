import type postgres from 'postgres';
import type { SentText } from './providers.ts';
import type { SentWebhook } from './send-webhooks.ts';

export type Matched = {
  /** From when a webhook was due to the arrival of the text that answers it. */
  readonly answerMs: readonly number[];
  /** Messages answered together with an earlier one of the same customer. */
  readonly together: number;
  /** Anything lost, doubled or refused. Speed with loss does not count. */
  readonly losses: readonly string[];
  readonly sample: string;
};

type StoredMessage = {
  readonly address: string;
  readonly author: string;
  readonly answered_in_turn: number | null;
};

/**
 * Which text answers which webhook: the database knows which turn answered a message, and the texts to one
 * customer arrive in the order of their turns.
 */
export async function matchAnswers(
  sql: postgres.Sql,
  webhooks: readonly SentWebhook[],
  texts: readonly SentText[],
): Promise<Matched> {
  const webhooksOf = Map.groupBy(webhooks, ({ from }) => from);
  const textsOf = Map.groupBy(texts, ({ to }) => to);
  const stored = await sql<StoredMessage[]>`
    select s.address, m.author, m.answered_in_turn
    from messages m
    join conversations c on c.id = m.conversation_id
    join senders s on s.id = c.sender_id
    where s.address = any(${[...webhooksOf.keys()]})
    order by m.seq`;
  const storedOf = Map.groupBy(stored, ({ address }) => address);

  const answerMs: number[] = [];
  const losses: string[] = [];
  let together = 0;
  for (const [address, sent] of webhooksOf) {
    const asked = (storedOf.get(address) ?? []).filter(({ author }) => author === 'customer');
    const turns = [...new Set(asked.map((message) => message.answered_in_turn ?? 0))].filter(
      (turn) => turn > 0,
    );
    const answers = textsOf.get(address) ?? [];
    const refused = sent.filter(({ status }) => status !== 200).length;
    const unanswered = asked.filter((message) => message.answered_in_turn === null).length;
    if (refused > 0) losses.push(`${refused} webhooks of one customer were not acknowledged`);
    if (asked.length !== sent.length) losses.push(`${sent.length} webhooks made ${asked.length} messages`);
    if (unanswered > 0) losses.push(`${unanswered} messages of one customer were never answered`);
    if (answers.length !== turns.length) losses.push(`${turns.length} turns sent ${answers.length} texts`);
    together += asked.length - unanswered - turns.length;
    for (const [index, { dueAtMs }] of sent.entries()) {
      const answer = answers[turns.indexOf(asked[index]?.answered_in_turn ?? 0)];
      if (answer) answerMs.push(answer.atMs - dueAtMs);
    }
  }
  const strangers = texts.filter(({ to }) => !webhooksOf.has(to)).length;
  if (strangers > 0) losses.push(`${strangers} texts went to people who wrote nothing`);
  return { answerMs, together, losses, sample: texts.at(-1)?.body ?? '' };
}
