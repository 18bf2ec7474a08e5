import { describeProblems } from '../config/describe-problems.ts';
import { type Config, readConfig, readEnvironment } from '../config.ts';
import type { Terminal } from './screen.ts';

type ReadOptions<Command> =
  | { readonly kind: 'ok'; readonly command: Command }
  | { readonly kind: 'usage'; readonly text: string }
  | { readonly kind: 'wrong'; readonly sentence: string };

/** One of `npm run policy`, `privacy`, `audit` and `dead-letters`, from its options to the end of the process. */
export async function runTool<Command>(
  read: ReadOptions<Command>,
  run: (config: Config, command: Command, terminal: Pick<Terminal, 'output' | 'errors'>) => Promise<number>,
): Promise<never> {
  const terminal = { output: process.stdout, errors: process.stderr };
  if (read.kind === 'usage') {
    terminal.output.write(`${read.text}\n`);
    process.exit(0);
  }
  if (read.kind === 'wrong') return refuse(read.sentence);
  const config = readConfig(readEnvironment());
  if (config.kind === 'invalid') return refuse(describeProblems(config.problems));
  // Without a listener the error of a closed pipe would also end the process, before the database is left.
  process.stdout.on('error', () => {});
  process.exit(await run(config.config, read.command, terminal));
}

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}
