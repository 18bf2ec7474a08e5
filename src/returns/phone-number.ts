import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js/max';
import { foldText } from './fold-text.ts';
import type { PhoneNumber } from './ids.ts';

/**
 * E.164 of a phone number as people, shops and channels write it (`whatsapp:+1…`, `(555) 123-0001` with a
 * default country). Undefined for anything else, e.g. a WhatsApp sender without a number
 * (`whatsapp:US.1349…`), a short code, or a number with an extension, which many people share.
 */
export function normalisePhone(text: string, defaultCountry?: CountryCode): PhoneNumber | undefined {
  const bare = foldText(text.slice(0, 64))
    .trim()
    .replace(/^(?:whatsapp|sms|tel):\s*/i, '');
  if (!/^[\d+(]/.test(bare)) {
    return undefined;
  }
  const written = parse(bare, defaultCountry);
  const today = written && foldOldForm(written.number);
  const parsed = today === written?.number ? written : parse(today ?? '');
  // Possible, not valid: numbering plans grow faster than the metadata that lists them.
  if (parsed === undefined || !parsed.isPossible() || parsed.ext !== undefined) {
    return undefined;
  }
  return parsed.number as PhoneNumber;
}

/** Every form one mobile is known under, today's first: shops look numbers up as they were once stored. */
export function phoneForms(phone: PhoneNumber): readonly PhoneNumber[] {
  const today = foldOldForm(phone) as PhoneNumber;
  const old = oldForms.find(({ isToday }) => isToday.test(today));
  return old ? [today, today.replace(old.isToday, old.before) as PhoneNumber] : [today];
}

function parse(text: string, defaultCountry?: CountryCode) {
  const country = defaultCountry === undefined ? {} : { defaultCountry };
  return parsePhoneNumberFromString(text, { extract: false, ...country });
}

function foldOldForm(number: string): string {
  return oldForms.reduce((text, { isOld, today }) => text.replace(isOld, today), number);
}

/** Numbering plans that changed: orders and WhatsApp ids still carry what was valid then. */
const oldForms = [
  // Mexico dropped the 1 before mobiles in 2019.
  { isOld: /^\+521(\d{10})$/, today: '+52$1', isToday: /^\+52(\d{10})$/, before: '+521$1' },
  // Argentina: a mobile has a 9 before its area, which is left out as often as not; areas begin with 1 to 3.
  { isOld: /^\+54([1-3]\d{9})$/, today: '+549$1', isToday: /^\+549([1-3]\d{9})$/, before: '+54$1' },
  // Brazil gave mobiles a ninth digit until 2016. Eight digits from 2 to 5 are landlines, and those with a 7
  // were numbers of their own: neither is the mobile with a 9 before it.
  {
    isOld: /^\+55([1-9]{2})([689]\d{7})$/,
    today: '+55$19$2',
    isToday: /^\+55([1-9]{2})9([689]\d{7})$/,
    before: '+55$1$2',
  },
] as const;
