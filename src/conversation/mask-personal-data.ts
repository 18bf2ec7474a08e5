/**
 * A text as it may be kept in records and exports: e-mail addresses, postal codes, and runs of digits long
 * enough to be a phone or card number, give way to what they were.
 */
export function maskPersonalData(text: string): string {
  const proves = email.test(text) || text.includes('[e-mail]');
  const masked = text
    .replace(new RegExp(email, 'gi'), '[e-mail]')
    .replace(namedPostalCode, '[postal code]')
    .replace(/\+?\d(?:[\s().-]*\d){6,}/g, maskDigits)
    .replace(letteredPostalCode, '[postal code]');
  // Whoever writes an e-mail address proves who they are, and the bare figures beside it are a ZIP code.
  return proves ? masked.replace(/(?<!#|order |number )\b\d{5}(?:-\d{4})?\b/gi, '[postal code]') : masked;
}

const email = /[^\s@<>()]+@[^\s@<>(),;]+\.[a-z]{2,}/i;
const namedPostalCode =
  /\b(?:zip(?: ?code)?|post(?:al)? ?code)\b[\s:]*(?:is\b[\s:]*)?[a-z]{0,2}\d[a-z\d]{1,6}(?:[ -]?\d[a-z\d]{1,4}| [a-z]{2})?\b/gi;
/** British and Canadian ones look like nothing else. */
const letteredPostalCode = /\b(?:[a-z]\d[a-z][ -]?\d[a-z]\d|[a-z]{1,2}\d[a-z\d]? \d[a-z]{2})\b/gi;

function maskDigits(run: string): string {
  if (/^\d{4}-\d{2}-\d{2}$/.test(run)) return run;
  return run.replace(/\D/g, '').length >= 13 ? '[card]' : '[number]';
}
