import { parsePhoneNumberFromString } from 'libphonenumber-js/max';

/**
 * Two-letter codes: where the number is, or, where its digits do not say, every country that shares its
 * calling code. Empty for what is no number, and for satellite and other networks of no country.
 */
export function countriesOf(phone: string): readonly string[] {
  const parsed = parsePhoneNumberFromString(phone);
  return parsed?.country ? [parsed.country] : (parsed?.getPossibleCountries() ?? []);
}

/** A short code has no country: it only works where it comes from. */
export function isAmong(countries: readonly string[], phone: string): boolean {
  return !phone.startsWith('+') || countriesOf(phone).some((country) => countries.includes(country));
}
