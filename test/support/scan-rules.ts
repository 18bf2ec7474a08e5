import { demoCustomers } from '../../src/sandbox/demo-store-customers.ts';

/** What a test put in or took along that no log line, error answer or reply may give back. */
export type Known = {
  /** Tokens, keys, signatures. */
  readonly secrets: ReadonlySet<string>;
  /** What customers wrote. */
  readonly words: ReadonlySet<string>;
};

const customers = Object.values(demoCustomers);
const names = new Set(customers.flatMap(({ name }) => name.split(' ')));
const zips = new Set<string>(customers.map(({ zip }) => zip));

const word = (values: Iterable<string>): RegExp =>
  new RegExp(`(?<![\\w-])(?:${[...values].join('|')})(?![\\w-])`, 'u');
const shapes = {
  'an e-mail address': /[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/i,
  'a phone number': /\+\d(?:[\s().-]?\d){6,}|(?<![0-9a-f])\d{9,}(?![0-9a-f])/,
  'a token':
    /shp(?:at|ss|ca)_\w|xox[a-z]-\w|xapp-\w|\bsk-\w|\b(?:Bearer|Basic) (?!CHAT_API_TOKEN)[\w+/=-]{8}/,
  'a postal code': word(zips),
} as const;
const name = word(names);
const street = /\b\d+ [A-Z]\w+ (?:Street|St|Road|Rd|Avenue|Ave|Lane)\b/;

/** UUIDs and Twilio's ids mean nothing, and a port is no postal code. */
const opaque =
  /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[A-Z]{2}[0-9a-f]{32}\b|(?<=[\w\]]):\d{2,5}\b/gi;

/** In a log line or an error answer: nothing of anybody. */
export function findLeak(text: string, known: Known): string | undefined {
  const rest = text.replace(opaque, '');
  const shape = Object.entries(shapes).find(([, pattern]) => pattern.test(rest));
  if (shape) return shape[0];
  if (name.test(rest)) return 'a name';
  if (street.test(rest)) return 'an address';
  if (holdsAny(text, known.secrets)) return 'a secret';
  return holdsAny(text, known.words) ? 'what a customer wrote' : undefined;
}

/** In what a customer is told: no way to reach anybody, no proof of anybody, no secret. */
export function findReplyLeak(text: string, { secrets }: Known): string | undefined {
  const rest = text.replace(opaque, '');
  const shape = Object.entries(shapes).find(([, pattern]) => pattern.test(rest));
  if (shape) return shape[0];
  if (street.test(rest)) return 'an address';
  return holdsAny(text, secrets) ? 'a secret' : undefined;
}

function holdsAny(text: string, values: ReadonlySet<string>): boolean {
  for (const value of values) if (text.includes(value)) return true;
  return false;
}
