import './report-crashes.ts';
import { describeProblems } from './config/describe-problems.ts';
import { readConfig, readEnvironment } from './config.ts';
import { readPrivacyOptions } from './privacy-tool/read-options.ts';
import { runPrivacyTool } from './privacy-tool/run-privacy-tool.ts';

const terminal = { output: process.stdout, errors: process.stderr };
const read = readPrivacyOptions(process.argv.slice(2));
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
process.exit(await runPrivacyTool(config.config, read.command, terminal));
