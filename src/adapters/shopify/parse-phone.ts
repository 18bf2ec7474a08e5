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
  const parsed = parsePhoneNumberFromString(text ?? '', supported(country));
  return parsed?.isPossible() ? (parsed.number as PhoneNumber) : undefined;
}

function supported(country: string | null | undefined): CountryCode | undefined {
  return country && isSupportedCountry(country) ? country : undefined;
}
