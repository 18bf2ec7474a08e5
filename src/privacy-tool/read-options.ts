import { parseArgs } from 'node:util';
import type { PhoneNumber } from '../returns/ids.ts';
import { normalisePhone } from '../returns/phone-number.ts';

export type Selection =
  | { readonly by: 'phone'; readonly phone: PhoneNumber }
  | { readonly by: 'email'; readonly email: string }
  | { readonly by: 'customer'; readonly customerId: string }
  /** What Shopify asked about: the staff were told its id. */
  | { readonly by: 'request'; readonly id: string };

export type PrivacyCommand = {
  readonly name: 'export' | 'erase';
  readonly selection: Selection;
  /** Undefined: one in this directory, named after the request. */
  readonly file: string | undefined;
};

export type ReadPrivacyOptions =
  | { readonly kind: 'ok'; readonly command: PrivacyCommand }
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const usage = `Usage: npm run privacy -- export|erase SELECTION

  export          writes what is kept about a customer into a file only you can read (--file PATH)
  erase           erases it; the money ledger and the audit log stay, without their words

SELECTION is one of
  --phone +15551230001
  --email jane@example.com       the shop is asked whose orders carry it
  --customer gid://shopify/Customer/1   or the number alone
  --request ID                   what Shopify asked about, as staff were told`;

export function readPrivacyOptions(args: readonly string[]): ReadPrivacyOptions {
  const text = { type: 'string' } as const;
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        phone: text,
        email: text,
        customer: text,
        request: text,
        file: text,
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
    if (values.help) return { kind: 'usage', text: usage };
    const [name, ...more] = positionals;
    if ((name !== 'export' && name !== 'erase') || more.length > 0) return { kind: 'wrong', sentence: usage };
    if (name === 'erase' && values.file !== undefined) return { kind: 'wrong', sentence: usage };
    const selection = readSelection(values);
    if (typeof selection === 'string') return { kind: 'wrong', sentence: selection };
    return { kind: 'ok', command: { name, selection, file: values.file } };
  } catch {
    return { kind: 'wrong', sentence: usage };
  }
}

type Values = { readonly [Name in 'phone' | 'email' | 'customer' | 'request']?: string | undefined };

/** Or what is wrong with it. */
function readSelection({ phone, email, customer, request }: Values): Selection | string {
  const given = [phone, email, customer, request].filter((value) => value !== undefined);
  if (given.length !== 1) return `Say whose data, in one way. ${usage}`;
  if (phone !== undefined) {
    const read = normalisePhone(phone);
    return read
      ? { by: 'phone', phone: read }
      : '--phone needs a number with its country code, such as +15551230001.';
  }
  if (email !== undefined) {
    return /^[^\s@"]+@[^\s@"]+\.[^\s@"]+$/.test(email)
      ? { by: 'email', email }
      : '--email needs an address such as jane@example.com.';
  }
  if (customer !== undefined) {
    const [, number] = /^(?:gid:\/\/shopify\/Customer\/)?(\d+)$/.exec(customer) ?? [];
    return number === undefined
      ? '--customer needs an id such as gid://shopify/Customer/1, or its number.'
      : { by: 'customer', customerId: `gid://shopify/Customer/${number}` };
  }
  return request !== undefined && /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(request)
    ? { by: 'request', id: request }
    : '--request needs the id that staff were told.';
}
