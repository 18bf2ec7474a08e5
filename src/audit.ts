import './report-crashes.ts';
import { readAuditOptions } from './audit-tool/read-options.ts';
import { runAuditTool } from './audit-tool/run-audit-tool.ts';
import { configOrExit } from './launch.ts';

const read = readAuditOptions(process.argv.slice(2));
if (read.kind === 'wrong') {
  process.stderr.write(`${read.sentence}\n`);
  process.exit(1);
}
// Without a listener the error of a closed pipe would also end the process, before the database is left.
process.stdout.on('error', () => {});
process.exit(
  await runAuditTool(configOrExit(), read.command, { output: process.stdout, errors: process.stderr }),
);
