import { parseArgs } from 'node:util';

export type DeadLettersCommand =
  | { readonly name: 'list' }
  | { readonly name: 'show'; readonly seq: number }
  | { readonly name: 'retry'; readonly seq: number | 'all' }
  | { readonly name: 'drop'; readonly seq: number; readonly reason: string; readonly yes: boolean };

export type ReadDeadLettersOptions =
  | { readonly kind: 'ok'; readonly command: DeadLettersCommand }
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

const usage = `Usage: npm run dead-letters -- COMMAND

  list                       jobs that failed every time, and when each is tried again
  show ID                    why it failed, what it is about, and what dropping it means
  retry ID | --all           tries it again now
  drop ID --reason "WORDS"   stops trying it; who, when and why is kept
      --yes                  for a refund, which is then not made

ID is the number that list shows.`;

const options = {
  all: { type: 'boolean' },
  reason: { type: 'string' },
  yes: { type: 'boolean', short: 'y' },
  help: { type: 'boolean', short: 'h' },
} as const;
type OptionName = keyof typeof options;

/** Which options go with which command. */
const allowed: Readonly<Record<DeadLettersCommand['name'], readonly OptionName[]>> = {
  list: [],
  show: [],
  retry: ['all'],
  drop: ['reason', 'yes'],
};

export function readDeadLettersOptions(args: readonly string[]): ReadDeadLettersOptions {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [name = '', id, ...more] = positionals;
    if (values.help) return { kind: 'usage', text: usage };
    if (!isCommand(name)) return wrong(name === '' ? 'Name a command' : `There is no command ${name}`);
    const other = Object.keys(values).find((option) => !allowed[name].some((one) => one === option));
    if (other !== undefined) return wrong(`--${other} does not go with ${name}`);
    const takesId = name !== 'list' && !values.all;
    if (more.length > 0 || takesId !== (id !== undefined)) return wrong(expected[name]);
    if (name === 'list') return ok({ name });
    if (id === undefined) return ok({ name: 'retry', seq: 'all' });
    const seq = /^#?([1-9]\d{0,14})$/.exec(id)?.[1];
    if (seq === undefined) return wrong(`${id} is no ID: it is a number that list shows`);
    if (name !== 'drop') return ok({ name, seq: Number(seq) });
    const reason = values.reason?.trim() ?? '';
    if (reason === '') return wrong('drop needs --reason "WORDS", which are kept');
    return ok({ name, seq: Number(seq), reason, yes: values.yes === true });
  } catch (error) {
    return wrong(error instanceof Error ? error.message.split(/\.\s|\n/)[0] : 'These options are not known');
  }
}

const expected: Readonly<Record<DeadLettersCommand['name'], string>> = {
  list: 'Write list',
  show: 'Write show ID',
  retry: 'Write retry ID or retry --all',
  drop: 'Write drop ID --reason "WORDS"',
};

function isCommand(name: string): name is DeadLettersCommand['name'] {
  return Object.hasOwn(allowed, name);
}

function ok(command: DeadLettersCommand): ReadDeadLettersOptions {
  return { kind: 'ok', command };
}

function wrong(what = ''): ReadDeadLettersOptions {
  return { kind: 'wrong', sentence: `${what.replace(/\.$/, '')}; npm run dead-letters -- --help shows how.` };
}
