import type { ReturnReason, ReturnWish } from '../../returns/return-request.ts';
import { plainText } from './item-words.ts';
import type { Topic, Vocabulary } from './vocabulary.ts';

export type MessageReading = {
  readonly topic: Topic | undefined;
  readonly wantsReturn: boolean;
  readonly reason: ReturnReason | undefined;
  readonly wish: ReturnWish | undefined;
};

export function readMessage(text: string, vocabulary: Vocabulary): MessageReading {
  const plain = plainText(text);
  const wishText = vocabulary.notItems.slice(0, 1).reduce((rest, not) => rest.replace(not, ' '), plain);
  return {
    topic: firstFit(vocabulary.topics, plain),
    wantsReturn: vocabulary.wantsReturn.test(plain),
    reason: firstFit(vocabulary.reasons, plain),
    wish: firstFit(vocabulary.wishes, wishText),
  };
}

function firstFit<Meaning>(
  table: readonly (readonly [Meaning, RegExp])[],
  plain: string,
): Meaning | undefined {
  return table.find(([, pattern]) => pattern.test(plain))?.[0];
}
