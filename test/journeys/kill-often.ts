import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { times: { type: 'string', default: '200' } } });
const root = join(import.meta.dirname, '../..');

/** The random kills of the tests, as often as one likes. */
const child = spawn(
  process.execPath,
  [join(root, 'node_modules/vitest/vitest.mjs'), 'run', 'test/journeys/random-kills.test.ts'],
  { cwd: root, env: { ...process.env, KILL_TIMES: values.times }, stdio: 'inherit' },
);
child.once('exit', (code) => {
  process.exitCode = code ?? 1;
});
