import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../src/storage/embedded-postgres.ts';
import type { Mutation } from './mutations/mutation.ts';
import { mutations } from './mutations.ts';
import { makeTemplate } from './support/global-setup.ts';

const { values } = parseArgs({
  options: {
    /** A word of the file, of what the guard is for or of the tests. */
    only: { type: 'string', default: '' },
    jobs: { type: 'string', default: '2' },
    /** Whether the tests pass while nothing is taken out is known. */
    'no-check': { type: 'boolean', default: false },
  },
});

type Verdict = 'caught' | 'SURVIVED' | 'NO TEST RAN' | 'FAILS WITHOUT IT' | 'passes';

const root = join(import.meta.dirname, '..');
const copied = readFileSync(join(root, '.gitignore'), 'utf8')
  .split('\n')
  .map((line) => line.replace(/^\/|\/$/g, ''));
const print = (line: string): void => void process.stdout.write(`${line}\n`);
const chosen = mutations.filter(({ file, why, tests }) =>
  `${file} ${why} ${tests.join(' ')}`.includes(values.only),
);
const folder = mkdtempSync(join(tmpdir(), 'returns-agent-mutations-'));
const server = await startEmbeddedPostgres(join(folder, 'postgres'), ['fsync=off', 'max_connections=500']);
try {
  await makeTemplate(server.url);
  const waiting = [...chosen];
  const verdicts: Verdict[] = [];
  const lane = async (index: number): Promise<void> => {
    const copy = makeCopy(index);
    for (let mutation = waiting.shift(); mutation; mutation = waiting.shift()) {
      const started = performance.now();
      const verdict = await judge(copy, mutation);
      verdicts.push(verdict);
      const seconds = Math.round((performance.now() - started) / 1000);
      print(`${verdict.padEnd(16)} ${String(seconds).padStart(4)} s  ${mutation.file}: ${mutation.why}`);
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, (_, index) => lane(index)));
  const missed = verdicts.filter((verdict) => verdict !== 'caught').length;
  print(`${chosen.length} guards taken out, ${chosen.length - missed} missed by their tests, ${missed} not`);
  if (missed > 0) process.exitCode = 1;
} finally {
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

/** The tree itself is never touched. */
function makeCopy(index: number): string {
  const copy = join(folder, `tree-${index}`);
  const ignored = new Set([...copied, '.git', 'node_modules'].filter((name) => name !== ''));
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !ignored.has(path.slice(root.length + 1).split('/')[0] ?? ''),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
}

async function judge(copy: string, { file, find, replace, tests }: Mutation): Promise<Verdict> {
  if (!values['no-check'] && (await runTests(copy, tests)) !== 'passes') return 'FAILS WITHOUT IT';
  const path = join(copy, file);
  const whole = readFileSync(path, 'utf8');
  writeFileSync(
    path,
    whole.replace(find, () => replace),
  );
  try {
    const result = await runTests(copy, tests);
    return result === 'passes' ? 'SURVIVED' : result;
  } finally {
    writeFileSync(path, whole);
  }
}

type Report = { readonly numPassedTests: number; readonly numFailedTests: number };

/** A file that cannot be read fails no test; a test that hangs is one that failed. */
async function runTests(copy: string, tests: readonly string[]): Promise<Verdict> {
  const named = tests.map((test) => test.split(' › '));
  const files = new Set(named.map(([path = '']) => path));
  const titles = named.map(([, title = '']) => asPattern(title)).join('|');
  const report = join(copy, 'report.json');
  rmSync(report, { force: true });
  const child = spawn(
    process.execPath,
    [
      'node_modules/vitest/vitest.mjs',
      'run',
      ...files,
      ...(titles === '' ? [] : ['-t', titles]),
      '--reporter=json',
      `--outputFile=${report}`,
    ],
    { cwd: copy, env: { ...process.env, TEST_POSTGRES_URL: server.url }, stdio: 'ignore', timeout: 300_000 },
  );
  const [, signal] = await once(child, 'exit');
  const counts = readReport(report);
  if (signal || (counts && counts.numFailedTests > 0)) return 'caught';
  return counts && counts.numPassedTests > 0 ? 'passes' : 'NO TEST RAN';
}

function readReport(path: string): Report | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Report;
  } catch {
    return undefined;
  }
}

/** Where a title has a placeholder, anything may stand. */
function asPattern(title: string): string {
  return title
    .split(/%\w|\$\{?[\w.]+\}?/)
    .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('.*');
}
