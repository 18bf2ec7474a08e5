/**
 * What people type and what shops store, brought to one spelling: compatibility forms (full-width letters),
 * digits of any script, dashes of any length, no invisible characters. Letter case stays.
 */
export function foldText(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\p{Cf}/gu, '')
    .replace(/\p{Nd}/gu, foldDigit)
    .replace(/[\p{Pd}\u2212]/gu, '-');
}

/** Unicode keeps the ten digits of a script together, in order: counting back to the first gives the value. */
function foldDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let first = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(first - 1))) {
    first -= 1;
  }
  return String((code - first) % 10);
}
