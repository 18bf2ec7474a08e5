import { foldText } from '../returns/fold-text.ts';

/**
 * A text without payment card numbers, their security codes, IBANs and US social security numbers: nothing here
 * needs them. Check digits tell them from order numbers, tracking numbers and phone numbers, which stay.
 */
export function maskSecretNumbers(text: string): string {
  return maskCards(maskIbans(text))
    .replace(securityCode, '$1[security code]')
    .replace(namedSocialSecurity, '$1[social security number]')
    .replace(socialSecurity, '[social security number]');
}

/** Three digits and three more are a code that we texted. */
const securityCode =
  /\b((?:cvv2?|cvc2?|cv2|security code)\b(?:\s+(?:is|code))?[\s:=#-]{0,3})\d{3,4}\b(?![ -]\d{3}(?!\d))/gi;
const namedSocialSecurity = /\b((?:ssn|social security(?: number)?)\b(?:\s+is)?[\s:=#-]{0,3})\d{9}\b/gi;
/** No area is 000 or 666, no group 00 and no number 0000; those from 900 on are taxpayers'. */
const socialSecurity = /(?<![\d-])(?!000|666)\d{3}([ -])(?!00)\d{2}\1(?!0000)\d{4}(?![\d-])/g;

function maskCards(text: string): string {
  return text.replace(/\p{Nd}(?:[\s./\p{Pd}_]{0,3}\p{Nd})*/gu, (run, offset: number) =>
    labelledTracking.test(text.slice(Math.max(0, offset - 40), offset)) ? run : maskCardsInRun(run),
  );
}

/** Every eighth or so passes for a card. */
const labelledTracking = /\btrack\w*(?:\s+(?:number|no|code|is|id))*[\s.:=#-]*$/i;

/** Numbers beside each other look like one: every sequence of whole groups is tried. */
function maskCardsInRun(run: string): string {
  const groups = [...run.matchAll(/\p{Nd}+/gu)].map(({ 0: digits, index }) => ({
    digits: foldText(digits),
    start: index,
    end: index + digits.length,
  }));
  for (const [first, { start }] of groups.entries()) {
    let digits = '';
    const lengths: number[] = [];
    for (const group of groups.slice(first)) {
      digits += group.digits;
      if (digits.length > 19) break;
      lengths.push(group.digits.length);
      if (isCardNumber(digits, areEven(lengths))) {
        return `${run.slice(0, start)}[card number]${maskCardsInRun(run.slice(group.end))}`;
      }
    }
  }
  return run;
}

/** By the ranges and lengths the card networks give out. */
const cardShapes: readonly RegExp[] = [
  /^4\d{15}(?:\d{3})?$/,
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/,
  /^3[47]\d{13}$/,
  /^3(?:0[0-5]|[689]\d)\d{11,16}$/,
  /^(?:6011|64[4-9]\d|65\d{2}|62\d{2}|35[2-8]\d)\d{12,15}$/,
];
/** So many lengths that an order number or a ZIP code beside a phone number is one: only as cards are written. */
const debitShape = /^(?:50|5[6-9]|6[0-9])\d{12,17}$/;

function isCardNumber(digits: string, isEven: boolean): boolean {
  const fits = cardShapes.some((shape) => shape.test(digits)) || (isEven && debitShape.test(digits));
  return fits && passesLuhn(digits);
}

/** In groups of one length, but for a rest. */
function areEven([first = 0, ...others]: readonly number[]): boolean {
  return others.every((length, at) => length === first || (at === others.length - 1 && length < first));
}

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (const [index, character] of [...digits].reverse().entries()) {
    const value = Number(character) * (index % 2 === 1 ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 === 0;
}

/** Country and length, from the register of ISO 13616. */
const ibanLengths = new Map(
  (
    'AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27DK18DO28EE20EG29ES24FI18FK18FO18' +
    'FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27' +
    'MD24ME22MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24SC31SD18SE24SI19SK24SM27' +
    'SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30'
  )
    .match(/.{4}/g)
    ?.map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

function maskIbans(text: string): string {
  return text.replace(/\b[a-z]{2}\d{2}(?:[ -]?[a-z\d]){11,30}/gi, (found) => {
    const length = ibanLengths.get(found.slice(0, 2).toUpperCase()) ?? 0;
    let end = 0;
    for (let counted = 0; counted < length && end < found.length; end += 1) {
      if (/[a-z\d]/i.test(found.charAt(end))) counted += 1;
    }
    const iban = found.slice(0, end).replace(/[ -]/g, '').toUpperCase();
    return iban.length === length && passesMod97(iban) ? `[IBAN]${found.slice(end)}` : found;
  });
}

/** ISO/IEC 7064: letters count from 10, the first four characters stand last. */
function passesMod97(iban: string): boolean {
  let remainder = 0;
  for (const character of `${iban.slice(4)}${iban.slice(0, 4)}`) {
    for (const digit of String(Number.parseInt(character, 36))) {
      remainder = (remainder * 10 + Number(digit)) % 97;
    }
  }
  return remainder === 1;
}
