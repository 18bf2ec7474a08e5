import { parseArgs } from 'node:util';
import type { PhoneNumber } from '../returns/ids.ts';
import { normalisePhone } from '../returns/phone-number.ts';

export type ChatOptions = {
  readonly staff: boolean;
  readonly as: PhoneNumber | undefined;
  /** The one message to send; undefined for a conversation. */
  readonly once: string | undefined;
};

export type ReadChatOptions =
  | { readonly kind: 'ok'; readonly options: ChatOptions }
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const usage = `Usage: npm run chat -- [--as +15551230001 | --staff] [--once "text"]

  --as NUMBER    talk as the customer with this phone number
  --staff        talk as a colleague, who may see any order
  --once TEXT    send one message, print the reply, end`;

export function readChatOptions(args: readonly string[]): ReadChatOptions {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      options: {
        as: { type: 'string' },
        staff: { type: 'boolean', default: false },
        once: { type: 'string' },
        help: { type: 'boolean', short: 'h', default: false },
      },
      allowPositionals: true,
    });
    if (values.help) return { kind: 'usage', text: usage };
    return check(values, positionals);
  } catch (error) {
    return wrong(error instanceof Error ? error.message.split(/\.\s|\n/)[0] : 'These options are not known');
  }
}

function check(
  { as, staff, once }: { readonly as?: string; readonly staff: boolean; readonly once?: string },
  positionals: readonly string[],
): ReadChatOptions {
  if (positionals.length > 0) return wrong('A message goes behind --once, in quotation marks');
  if (once?.trim() === '') return wrong('--once needs a text');
  if (as !== undefined && staff) return wrong('Choose one of --as and --staff');
  const phone = as === undefined ? undefined : normalisePhone(as);
  if (as !== undefined && phone === undefined) {
    return wrong('--as needs a phone number with its country code, such as +15551230001');
  }
  return { kind: 'ok', options: { as: phone, staff, once } };
}

function wrong(what = ''): ReadChatOptions {
  return { kind: 'wrong', sentence: `${what.replace(/\.$/, '')}; npm run chat -- --help shows the options.` };
}
