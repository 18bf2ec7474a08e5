import { foldText } from '../returns/fold-text.ts';
import type { PersonalData } from '../storage/personal-data.ts';
import { maskSecretNumbers } from './mask-secret-numbers.ts';

const mark = '[e-mail]';
/** Bounded, so that a long word costs little. People put signs between an order number, an address and a ZIP code. */
const addressPattern =
  /[^\s<>()[\],;:"'|@＠/=*]{1,64}[@＠][^\s<>()[\],;:"'|@＠/=*]{1,255}\.(?:xn--[a-z\d-]{2,59}|\p{L}{2,63})/giu;

/**
 * What somebody wrote, as it is stored: e-mail addresses stand beside the text, encrypted, for as long as a
 * proof of identity may need them; in the text is a mark in the place of each.
 */
export function setEmailsApart(
  text: string,
  { seal }: PersonalData,
  place: string,
): { readonly text: string; readonly emails: string | null } {
  const emails: string[] = [];
  const marked = maskSecretNumbers(text.replace(/\[(e-mail(?: \d+)?)\]/gi, '($1)')).replace(
    addressPattern,
    (address) => {
      emails.push(foldText(address));
      return mark;
    },
  );
  return { text: marked, emails: emails.length === 0 ? null : seal(JSON.stringify(emails), place) };
}

/** Which address a model means by `[e-mail 1]`. */
export type TypedEmails = ReadonlyMap<string, string>;

type Written = { readonly text: string; readonly emails: string | null };

/**
 * Texts as a model may see them: addresses as `[e-mail 1]`, the same number for the same address. Texts stored
 * before addresses were set apart hold them in full.
 */
export function numberEmails(
  written: readonly Written[],
  { open }: PersonalData,
  place: string,
): { readonly texts: readonly string[]; readonly typed: TypedEmails } {
  const typed = new Map<string, string>();
  const numberOf = (address: string | undefined): string => {
    if (address === undefined) return mark;
    const same = [...typed].find(([, known]) => known.toLowerCase() === address.toLowerCase());
    const label = same?.[0] ?? `[e-mail ${typed.size + 1}]`;
    typed.set(label, address);
    return label;
  };
  const either = new RegExp(`\\[e-mail\\]|${addressPattern.source}`, 'giu');
  const texts = written.map(({ text, emails }) => {
    const apart = emails === null ? [] : readList(open(emails, place));
    return maskSecretNumbers(text).replace(either, (found) =>
      numberOf(found === mark ? apart.shift() : foldText(found)),
    );
  });
  return { texts, typed };
}

/** For texts of our own and of staff: nobody proves anything with the addresses in them. */
export function markEmails(text: string): string {
  return maskSecretNumbers(text).replace(addressPattern, mark);
}

/** Numbers written as phone numbers are; bare figures may be an order's or a parcel's. */
export function markPhones(text: string): string {
  return text
    .replace(/(?<![\w+])\+\d(?:[\s().-]{0,2}\d){7,14}(?!\w)/g, '[phone number]')
    .replace(/(?<![\w#-])(?:1[ .-])?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g, '[phone number]');
}

/** What a model may have made of a mark, in words for a customer. */
export function withoutMarks(text: string): string {
  return text.replace(/(?:\byour (?:e-?mail(?: address)? )?)?\[e-mail(?: \d+)?\]/gi, 'your e-mail address');
}

function readList(json: string | undefined): string[] {
  return json === undefined ? [] : (JSON.parse(json) as string[]);
}
