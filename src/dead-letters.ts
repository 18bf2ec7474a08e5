import './report-crashes.ts';
import { describeProblems } from './config/describe-problems.ts';
import { readConfig, readEnvironment } from './config.ts';
import { readDeadLettersOptions } from './dead-letters-tool/read-options.ts';
import { runDeadLettersTool } from './dead-letters-tool/run-dead-letters-tool.ts';

const terminal = { output: process.stdout, errors: process.stderr };
const read = readDeadLettersOptions(process.argv.slice(2));
const config = readConfig(readEnvironment());
if (read.kind === 'usage') {
  terminal.output.write(`${read.text}\n`);
  process.exit(0);
}
if (read.kind === 'wrong' || config.kind === 'invalid') {
  const problem = read.kind === 'wrong' ? read.sentence : undefined;
  const unset = config.kind === 'invalid' ? describeProblems(config.problems) : undefined;
  terminal.errors.write(`${problem ?? unset}\n`);
  process.exit(1);
}
// Without a listener the error of a closed pipe would also end the process, before the database is left.
process.stdout.on('error', () => {});
process.exit(await runDeadLettersTool(config.config, read.command, terminal));
