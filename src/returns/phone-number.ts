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
  const parsed = parsePhoneNumberFromString(foldMexico(bare), {
    extract: false,
    ...(defaultCountry === undefined ? {} : { defaultCountry }),
  });
  // Possible, not valid: numbering plans grow faster than the metadata that lists them.
  if (parsed === undefined || !parsed.isPossible() || parsed.ext !== undefined) {
    return undefined;
  }
  return parsed.number as PhoneNumber;
}

/** WhatsApp still writes Mexican mobiles with the `1` that the numbering plan dropped in 2019. */
function foldMexico(text: string): string {
  return text.replace(/^\+521(?=\d{10}$)/, '+52');
}
