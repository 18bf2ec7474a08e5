import { foldText } from '../../returns/fold-text.ts';

/** How a colleague names a customer. As it was typed: the tool reads it. */
export type Contact = { readonly phone: string | undefined; readonly email: string | undefined };

export type ContactReading = Contact & {
  /** The text without them, so that no part of a number passes for an order's. */
  readonly rest: string;
};

/** Or what stands for an address that was set apart. */
const emailPattern = /\[e-mail \d+\]|[^\s<>()[\],;:"'|]+@[^\s<>()[\],;:"'|@]+\.[\p{L}\d-]{2,}/u;
const phonePatterns: readonly RegExp[] = [
  /(?<![\w#@.])(?:\+|00)\s?\(?\d[\d ()./-]{5,18}\d(?![\w@])/,
  /(?<![\w#@.])(?:1[ .-]?)?\(?\d{3}\)?[ .-]?\d{3}[ .-]?\d{4}(?![\w@])/,
  /(?<![\w#@.])\d{9,15}(?![\w@])/,
  /(?<=\b(?:phone|tel|telephone|mobile|cell|number is|whatsapp)(?: number)?(?: is)?[: ]{1,2})\(?\d[\d ()./-]{5,18}\d(?![\w@])/i,
];

/** Slack wraps what it recognises: `<tel:+15551230001|+1 555 123 0001>`. */
export function readContact(text: string): ContactReading {
  const plain = foldText(text).replace(/<(?:mailto|tel):([^|>]+)(?:\|[^>]*)?>/gi, '$1');
  const email = emailPattern.exec(plain)?.[0].replace(/[.-]+$/, '');
  const withoutEmail = email === undefined ? plain : plain.replaceAll(email, ' , ');
  const phone = phonePatterns.map((pattern) => pattern.exec(withoutEmail)?.[0]).find((found) => found);
  const rest = phone === undefined ? withoutEmail : withoutEmail.replaceAll(phone, ' , ');
  return { phone: phone?.trim(), email, rest };
}
