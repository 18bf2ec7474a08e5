import { type CountryCode, isSupportedCountry } from 'libphonenumber-js';
import type { PhoneNumber } from '../../returns/ids.ts';
import { normalisePhone } from '../../returns/phone-number.ts';

/**
 * Addresses hold numbers as customers typed them; a national one is read in the address's country. Read like
 * a sender's number, because the two are compared.
 */
export function parsePhone(
  text: string | null | undefined,
  country: string | null | undefined,
): PhoneNumber | undefined {
  if (!text) return undefined;
  const key = `${country ?? ''} ${text}`;
  const known = parsed.get(key);
  if (known) return known.number;
  const number = normalisePhone(text, supported(country));
  if (parsed.size >= mostKept) parsed.clear();
  parsed.set(key, { number });
  return number;
}

/** An order is read several times in a conversation, with the same three numbers each time. */
const parsed = new Map<string, { readonly number: PhoneNumber | undefined }>();
const mostKept = 2_000;

function supported(country: string | null | undefined): CountryCode | undefined {
  return country && isSupportedCountry(country) ? country : undefined;
}
