import './report-crashes.ts';
import { configOrExit } from './launch.ts';
import { exportTurns } from './terminal/export-turns.ts';
import { readLogOptions } from './terminal/read-log-options.ts';

const read = readLogOptions(process.argv.slice(2));
if (read.kind === 'wrong') {
  process.stderr.write(`${read.sentence}\n`);
  process.exit(1);
}
// Without a listener the error of a closed pipe would also end the process, before the database is left.
process.stdout.on('error', () => {});
process.exit(
  await exportTurns(configOrExit(), read.since, { output: process.stdout, errors: process.stderr }),
);
