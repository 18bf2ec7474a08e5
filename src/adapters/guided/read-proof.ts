import { foldText } from '../../returns/fold-text.ts';
import { findOrderNumbers } from '../../returns/order-number.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What a text says about which order it is and whose. */
export type ProofReading = {
  readonly orderNumbers: readonly string[];
  readonly email: string | undefined;
  readonly postalCode: string | undefined;
  /** The text without any of these. */
  readonly rest: string;
};

export type ProofContext = {
  /** We asked for a postal code: a bare code is one. */
  readonly askedForPostalCode: boolean;
  readonly orderKnown: boolean;
  /** Named before any e-mail address: a bare number as long as this one corrects it. */
  readonly wrongOrder: string | undefined;
};

/** Or what stands for an address that was set apart. */
const emailPattern = /\[e-mail \d+\]|[^\s<>()[\],;:"'|]+@[^\s<>()[\],;:"'|@]+\.[\p{L}\d-]{2,}/u;
const codeShape = '(?:\\d{4}\\s?[A-Z]{2}|[A-Z]{1,2}\\d[A-Z\\d]?\\s?\\d[A-Z]{2}|[A-Z]\\d[A-Z][ -]?\\d[A-Z]\\d';
/** The Dutch, British, Canadian shapes, then ZIP+4 and what is only digits. */
const labelledCode = new RegExp(
  `^${codeShape}|\\d{5}-\\d{4}|\\d{2}-\\d{3}|\\d{3}[ -]\\d{2,4}|[A-Z]{0,2}-?\\d{3,8})(?![\\w@])`,
  'i',
);
const letteredCode = new RegExp(`(?<![\\w#@.])${codeShape}|\\d{5}-\\d{4})(?![\\w@])`, 'i');
const digitCode = /(?<![\w#@.$+-])(\d{4,7})(?![\w@%]|[.,]\d)/g;

export function readProof(text: string, vocabulary: Vocabulary, context: ProofContext): ProofReading {
  const folded = foldText(text);
  const email = emailPattern.exec(folded)?.[0].replace(/\.+$/, '');
  const withoutEmail = email === undefined ? folded : folded.replace(email, ' , ');
  const labelled = readLabelled(withoutEmail, vocabulary);
  const expected = email !== undefined || context.askedForPostalCode;
  const code =
    labelled ??
    (expected
      ? readBare(withoutEmail, email === undefined ? context : { ...context, wrongOrder: undefined })
      : undefined);
  const rest = code === undefined ? withoutEmail : cut(withoutEmail, code.start, code.end);
  const orderNumbers = findOrderNumbers(rest);
  return { orderNumbers, email, postalCode: code?.value, rest: withoutNumbers(rest, orderNumbers) };
}

type Code = { readonly value: string; readonly start: number; readonly end: number };

function readLabelled(text: string, { postalCodeLabel }: Vocabulary): Code | undefined {
  const label = new RegExp(postalCodeLabel.source, 'i').exec(text);
  if (label === null) return undefined;
  const from = label.index + label[0].length;
  const value = labelledCode.exec(text.slice(from))?.[0];
  return value === undefined ? undefined : { value, start: label.index, end: from + value.length };
}

/** A bare number is an order number first, as long as we know none. */
function readBare(text: string, context: ProofContext): Code | undefined {
  const lettered = letteredCode.exec(text);
  if (lettered) return codeAt(lettered[0], lettered.index);
  const numbers = [...text.matchAll(digitCode)];
  const isCorrection = numbers.length === 1 && numbers[0]?.[0].length === context.wrongOrder?.length;
  if (isCorrection) return undefined;
  const named = findOrderNumbers(text.replace(digitCode, ' ')).length > 0;
  const code = context.orderKnown || named ? numbers.at(-1) : numbers.length > 1 ? numbers.at(-1) : undefined;
  return code === undefined || isLabelledOrder(text, code.index) ? undefined : codeAt(code[0], code.index);
}

function isLabelledOrder(text: string, index: number): boolean {
  return /\border\b[^,;\n\d]{0,14}$/i.test(text.slice(0, index));
}

function codeAt(value: string, start: number): Code {
  return { value, start, end: start + value.length };
}

function cut(text: string, start: number, end: number): string {
  return `${text.slice(0, start)} , ${text.slice(end)}`;
}

function withoutNumbers(text: string, orderNumbers: readonly string[]): string {
  return orderNumbers.reduce((rest, number) => {
    const at = rest.toLowerCase().indexOf(number.toLowerCase());
    return at < 0 ? rest : `${rest.slice(0, at).replace(/#\s*$/, '')} ${rest.slice(at + number.length)}`;
  }, text);
}
