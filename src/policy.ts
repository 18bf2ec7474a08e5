import './report-crashes.ts';
import { describeProblems } from './config/describe-problems.ts';
import { readConfig, readEnvironment } from './config.ts';
import { readPolicyOptions } from './policy-tool/read-options.ts';
import { runPolicyTool } from './policy-tool/run-policy-tool.ts';

const terminal = { output: process.stdout, errors: process.stderr };
const read = readPolicyOptions(process.argv.slice(2));
// The file of POLICY_FILE may be the very one that is to be mended: it is not read here.
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
process.exit(await runPolicyTool(config.config, read.command, terminal));
