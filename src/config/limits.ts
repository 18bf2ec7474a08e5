import { z } from 'zod';
import { type UsageLimitName, type UsageLimits, usageLimits } from '../returns/usage-limits.ts';
import { type Format, wholeNumber } from './formats.ts';
import type { ValuesOf, VariableTable } from './variable.ts';

type Override = readonly [name: UsageLimitName, most: number];

/** `sender-messages=50, store-texts-daily=2000`. */
const overrides: Format<readonly Override[]> = listOfWords(
  /^[a-z-]+=\d{1,9}$/,
  (word): Override | undefined => {
    const [name = '', most = ''] = word.split('=');
    return isLimit(name) ? [name, Number(most)] : undefined;
  },
);

const countries = listOfWords(/^[A-Za-z]{2}$/, (word) => word.toUpperCase());

function listOfWords<T>(pattern: RegExp, read: (word: string) => T | undefined): Format<readonly T[]> {
  return z.string().transform((text, context) => {
    const words = text.split(',').map((word) => word.replaceAll(' ', ''));
    const values = words
      .filter((word) => word !== '')
      .map((word) => (pattern.test(word) ? read(word) : undefined));
    const right = values.filter((value) => value !== undefined);
    if (right.length < values.length) context.addIssue('not such a list');
    return right;
  });
}

function isLimit(name: string): name is UsageLimitName {
  return Object.hasOwn(usageLimits, name);
}

export const limitVariables = {
  LIMITS: {
    meaning: 'Other limits than the usual ones on what senders, conversations, addresses and the store use.',
    whenUnset: 'as in `docs/limits.md`',
    expected: 'names and numbers, such as sender-messages=50,store-texts-daily=2000',
    whereToGet: 'docs/limits.md lists the names',
    format: overrides,
  },
  SMS_COUNTRIES: {
    meaning:
      'Countries that get SMS, beside that of the number texts are sent from. Elsewhere only customers with an order get them.',
    whenUnset: 'no others',
    expected: 'two-letter codes, such as CA,GB',
    whereToGet: 'where you sell to; allow the same ones in Twilio',
    format: countries,
  },
  TRUSTED_PROXIES: {
    meaning:
      'How many proxies stand in front of the program and add to `X-Forwarded-For`: limits by address count who is behind them.',
    default: '0',
    expected: 'a whole number from 0 to 10',
    whereToGet: 'your platform; 1 behind one load balancer',
    format: wholeNumber(0, 10),
  },
} as const satisfies VariableTable;

export type LimitsConfig = {
  readonly usage: UsageLimits;
  /** Two capital letters each. */
  readonly smsCountries: readonly string[];
  readonly trustedProxies: number;
};

export function readLimits(values: ValuesOf<typeof limitVariables>): LimitsConfig {
  const changed = (values.LIMITS ?? []).map(([name, most]) => [name, { ...usageLimits[name], most }]);
  return {
    usage: { ...usageLimits, ...Object.fromEntries(changed) },
    smsCountries: values.SMS_COUNTRIES ?? [],
    trustedProxies: values.TRUSTED_PROXIES,
  };
}
