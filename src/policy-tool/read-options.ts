import { parseArgs } from 'node:util';
import {
  type ReturnReason,
  type ReturnWish,
  returnReasons,
  returnWishes,
} from '../returns/return-request.ts';

export type PolicyCommand =
  | { readonly name: 'check'; readonly file: string }
  | ExplainCommand
  | { readonly name: 'replay'; readonly file: string; readonly days: number; readonly json: boolean }
  | { readonly name: 'publish'; readonly file: string; readonly author: string | undefined }
  | { readonly name: 'history' };

export type ExplainCommand = {
  readonly name: 'explain';
  /** Without `#`. */
  readonly orderNumber: string;
  /** Words of the title, the place on the order, or the shop's id. */
  readonly item: string;
  readonly reason: ReturnReason;
  readonly wish: ReturnWish;
  readonly quantity: number;
  readonly staff: boolean;
  /** Undefined: the policy in force. */
  readonly file: string | undefined;
};

export type ReadPolicyOptions =
  | { readonly kind: 'ok'; readonly command: PolicyCommand }
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const usage = `Usage: npm run policy -- COMMAND

  check FILE                     what is wrong with a policy file, or what it says
  explain ORDER ITEM REASON      what the policy says to a return, and why
      --wish ${returnWishes.join('|')}   --quantity N   --staff   --file FILE
  replay FILE [--since 90d]      what it would have changed of what was asked (--json)
  publish FILE [--author NAME]   puts it in force
  history                        what was in force when

ITEM is some words of its title, or its place on the order: 1, 2, …
REASON is one of ${returnReasons.join(', ')}.`;

const options = {
  wish: { type: 'string' },
  quantity: { type: 'string' },
  staff: { type: 'boolean' },
  file: { type: 'string' },
  since: { type: 'string' },
  json: { type: 'boolean' },
  author: { type: 'string' },
  help: { type: 'boolean', short: 'h' },
} as const;
type OptionName = keyof typeof options;
type Values = { readonly [Name in OptionName]?: string | boolean };

/** What each command takes: how its arguments are called, and which options go with it. */
const commands: Readonly<Record<PolicyCommand['name'], readonly [string, readonly OptionName[]]>> = {
  check: ['FILE', []],
  explain: ['ORDER ITEM REASON', ['wish', 'quantity', 'staff', 'file']],
  replay: ['FILE', ['since', 'json']],
  publish: ['FILE', ['author']],
  history: ['', []],
};

export function readPolicyOptions(args: readonly string[]): ReadPolicyOptions {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name = '', ...given] = positionals;
    if (values.help) return { kind: 'usage', text: usage };
    if (!isCommand(name)) return wrong(name === '' ? 'Name a command' : `There is no command ${name}`);
    const [names, allowed] = commands[name];
    const wanted = names.split(' ').filter((one) => one !== '');
    if (given.length !== wanted.length) return wrong(`Write ${name} ${names}`.trim());
    const other = Object.keys(values).find((option) => !allowed.some((one) => one === option));
    if (other !== undefined) return wrong(`--${other} does not go with ${name}`);
    return read(name, given, values);
  } catch (error) {
    return wrong(error instanceof Error ? error.message.split(/\.\s|\n/)[0] : 'These options are not known');
  }
}

function read(
  name: PolicyCommand['name'],
  [first = '', item = '', reason = '']: readonly string[],
  values: Values,
): ReadPolicyOptions {
  switch (name) {
    case 'check':
      return ok({ name, file: first });
    case 'explain':
      return readExplain(first.replace(/^#/, ''), item, reason, values);
    case 'replay': {
      const days = /^(\d{1,4})d?$/.exec(String(values.since ?? '90d'))?.[1];
      if (!Number(days)) return wrong('--since needs a number of days such as 90d');
      return ok({ name, file: first, days: Number(days), json: values.json === true });
    }
    case 'publish': {
      const author = textOf(values.author)?.trim();
      if (author === '') return wrong('--author needs a name');
      return ok({ name, file: first, author });
    }
    case 'history':
      return ok({ name });
  }
}

function readExplain(orderNumber: string, item: string, reason: string, values: Values): ReadPolicyOptions {
  const { wish = 'refund', quantity = '1', staff, file } = values;
  const knownReason = returnReasons.find((one) => one === reason);
  const knownWish = returnWishes.find((one) => one === wish);
  if (!knownReason) return wrong(`REASON is one of ${returnReasons.join(', ')}`);
  if (!knownWish) return wrong(`--wish is one of ${returnWishes.join(', ')}`);
  if (!/^[1-9]\d{0,3}$/.test(String(quantity))) return wrong('--quantity needs a whole number from 1');
  return ok({
    name: 'explain',
    orderNumber,
    item,
    reason: knownReason,
    wish: knownWish,
    quantity: Number(quantity),
    staff: staff === true,
    file: textOf(file),
  });
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function isCommand(name: string): name is PolicyCommand['name'] {
  return Object.hasOwn(commands, name);
}

function ok(command: PolicyCommand): ReadPolicyOptions {
  return { kind: 'ok', command };
}

function wrong(what = ''): ReadPolicyOptions {
  return { kind: 'wrong', sentence: `${what.replace(/\.$/, '')}; npm run policy -- --help shows how.` };
}
