import { anyText, dailyHours, decimal, wholeNumber } from './formats.ts';
import type { ValuesOf, VariableTable } from './variable.ts';

const yearInSeconds = 365 * 24 * 3600;

export const returnsVariables = {
  REFUND_APPROVAL_THRESHOLD: {
    meaning:
      "In the shop's currency. A refund waits for approval when it and the bot's refunds of the last 24 hours for the same order or customer are together strictly above it.",
    default: '100.00',
    expected: 'a decimal number such as 100.00, without currency and thousands separator',
    whereToGet: 'your choice',
    format: decimal,
  },
  APPROVAL_TTL_SECONDS: {
    meaning:
      'An approval nobody decided expires after this and counts as denied; a reminder comes at half time.',
    default: '86400',
    expected: 'a whole number of seconds from 1 to a year',
    whereToGet: 'your choice',
    format: wholeNumber(1, yearInSeconds),
  },
  QUOTE_TTL_SECONDS: {
    meaning: 'How long a quote shown to a customer can be accepted.',
    default: '3600',
    expected: 'a whole number of seconds from 1 to a year',
    whereToGet: 'your choice',
    format: wholeNumber(1, yearInSeconds),
  },
  RETURN_WINDOW_DAYS: {
    meaning: 'Days in which things can be returned: from delivery, else from shipment, else from the sale.',
    default: '30',
    expected: 'a whole number of days from 0 to 3650',
    whereToGet: 'your return policy',
    format: wholeNumber(0, 3_650),
  },
  QUIET_HOURS: {
    meaning:
      "When the bot sends no text of its own accord, in the recipient's local time as their number tells it: an outcome of an approval waits until the morning, an answer never does.",
    default: '21:00-08:00',
    expected: 'two times of day such as 21:00-08:00, or off',
    whereToGet: 'the rules of the countries your customers are in',
    format: dailyHours,
  },
  POLICY_FILE: {
    meaning: 'A YAML policy that replaces the default one.',
    whenUnset: 'the default policy',
    expected: 'the path of a file',
    whereToGet: 'write one; the documentation shows the default policy',
    format: anyText,
  },
} as const satisfies VariableTable;

export type ReturnsConfig = {
  /** Decimal, in the shop's currency. */
  readonly approvalThreshold: string;
  readonly approvalTtlSeconds: number;
  readonly quoteTtlSeconds: number;
  readonly windowDays: number;
  readonly policyFile?: string | undefined;
  /** Minutes since midnight; undefined: at any hour. */
  readonly quietHours?: { readonly fromMinute: number; readonly toMinute: number } | undefined;
};

export function readReturns(values: ValuesOf<typeof returnsVariables>): ReturnsConfig {
  return {
    approvalThreshold: values.REFUND_APPROVAL_THRESHOLD,
    approvalTtlSeconds: values.APPROVAL_TTL_SECONDS,
    quoteTtlSeconds: values.QUOTE_TTL_SECONDS,
    windowDays: values.RETURN_WINDOW_DAYS,
    policyFile: values.POLICY_FILE,
    quietHours: values.QUIET_HOURS === 'off' ? undefined : values.QUIET_HOURS,
  };
}
