import { type CountryCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { PhoneNumber } from '../../returns/ids.ts';

/**
 * Addresses hold numbers as customers typed them; a national one is read in the address's country.
 * Possible is enough: numbers are only compared with a sender's, and new ranges open faster than lists.
 */
export function parsePhone(
  text: string | null | undefined,
  country: string | null | undefined,
): PhoneNumber | undefined {
  if (!text) return undefined;
  const key = `${country ?? ''} ${text}`;
  const known = parsed.get(key);
  if (known) return known.number;
  const number = parse(text, country);
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(key, { number });
  return number;
}

/** An order is read several times in a conversation, with the same three numbers each time. */
const parsed = new Map<string, { readonly number: PhoneNumber | undefined }>();
const mostKept = 2_000;

function parse(text: string, country: string | null | undefined): PhoneNumber | undefined {
  const phone = parsePhoneNumberFromString(text, supported(country));
  return phone?.isPossible() ? (phone.number as PhoneNumber) : undefined;
}

function supported(country: string | null | undefined): CountryCode | undefined {
  return country && isSupportedCountry(country) ? country : undefined;
}
