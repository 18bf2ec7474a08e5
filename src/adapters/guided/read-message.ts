import type { ReturnReason, ReturnWish } from '../../returns/return-request.ts';
import { plainText } from './item-words.ts';
import type { Topic, Vocabulary } from './vocabulary.ts';

export type MessageReading = {
  readonly topic: Topic | undefined;
  readonly wantsReturn: boolean;
  /** It asks for a return and not only about returns. */
  readonly asksReturn: boolean;
  readonly reason: ReturnReason | undefined;
  readonly wish: ReturnWish | undefined;
};

export function readMessage(text: string, vocabulary: Vocabulary): MessageReading {
  const plain = plainText(text);
  const wishText = vocabulary.notItems.slice(1, 2).reduce((rest, not) => rest.replace(not, ' '), plain);
  const begins = vocabulary.asksReturn.test(plain) || vocabulary.beginsReturn.test(plain);
  const topics = vocabulary.topics.filter(([topic]) => !(begins && topic === 'refund-status'));
  const topic = firstFit(topics, plain);
  const reason = firstFit(vocabulary.reasons, plain);
  const wantsReturn = vocabulary.wantsReturn.test(plain);
  const asksAbout = topic !== undefined && questions.has(topic);
  return {
    topic,
    wantsReturn,
    asksReturn: reason !== undefined || vocabulary.asksReturn.test(plain) || (wantsReturn && !asksAbout),
    reason,
    wish: firstFit(vocabulary.wishes, wishText),
  };
}

const questions: ReadonlySet<Topic> = new Set([
  'refund-status',
  'order-status',
  'duration',
  'policy',
  'amount',
]);

function firstFit<Meaning>(
  table: readonly (readonly [Meaning, RegExp])[],
  plain: string,
): Meaning | undefined {
  return table.find(([, pattern]) => pattern.test(plain))?.[0];
}
