import { parseArgs } from 'node:util';

export type BenchOptions = {
  /** Webhooks a second. */
  readonly rate: number;
  /** Of measuring, in each round of each workload; a warm-up comes before. */
  readonly seconds: number;
  /** Different senders, each with a conversation of their own, in each round. */
  readonly conversations: number;
  readonly rounds: number;
  /** Counts SQL statements, which costs the server a little: not for figures to publish. */
  readonly statements: boolean;
  /** Puts the figures into README.md. */
  readonly write: boolean;
};

export function readOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rate: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '20' },
      conversations: { type: 'string', default: '200' },
      rounds: { type: 'string', default: '3' },
      statements: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  return {
    rate: positive('rate', values.rate),
    seconds: positive('seconds', values.seconds),
    conversations: positive('conversations', values.conversations),
    rounds: positive('rounds', values.rounds),
    statements: values.statements,
    write: values.write,
  };
}

function positive(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`--${name} takes a whole number above 0.`);
}
