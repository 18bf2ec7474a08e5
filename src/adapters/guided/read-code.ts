import { foldText } from '../../returns/fold-text.ts';
import { plainText } from './item-words.ts';
import type { Vocabulary } from './vocabulary.ts';

export type CodeReading = {
  readonly code: string | undefined;
  /** The text without it: six digits are an order number elsewhere. */
  readonly rest: string;
};

/** Six digits, while a code is awaited; beside an e-mail address or a label they are a postal code. */
export function readCode(text: string, { postalCodeLabel }: Vocabulary): CodeReading {
  const folded = foldText(text);
  const found = /(?<![\w#@.$+-])(\d{3})[ -]?(\d{3})(?![\w@%-]|[.,]\d)/.exec(folded);
  if (!found || folded.includes('@') || new RegExp(postalCodeLabel.source, 'i').test(folded)) {
    return { code: undefined, rest: text };
  }
  return { code: `${found[1]}${found[2]}`, rest: folded.replace(found[0], ' , ') };
}

export function wantsCode(text: string, { codeWish, otherCodes }: Vocabulary): boolean {
  return codeWish.test(plainText(text).replace(otherCodes, ' '));
}
