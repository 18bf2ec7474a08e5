/**
 * A text as it may be kept in records and exports: e-mail addresses, and runs of digits long enough to be
 * a phone or card number, give way to what they were.
 */
export function maskPersonalData(text: string): string {
  return text
    .replace(/[^\s@<>()]+@[^\s@<>()]+\.[a-z]{2,}/gi, '[e-mail]')
    .replace(/\+?\d(?:[\s().-]*\d){6,}/g, (run) =>
      run.replace(/\D/g, '').length >= 13 ? '[card]' : '[number]',
    )
    .replace(
      /\b(?:zip|postal ?code|post ?code|postcode)\b[\s:is]*[a-z0-9][a-z0-9 -]{2,9}/gi,
      '[postal code]',
    );
}
