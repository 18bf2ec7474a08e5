import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { migrateDatabase } from '../../src/storage/migrate.ts';
import { serverSocket, socketSettings } from '../support/server-socket.ts';
import { type Played, simulate } from './simulate.ts';
import { openSimulatedDatabase } from './simulated-database.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '1000' },
    from: { type: 'string', default: '1' },
    /** Plays this one, twice. */
    seed: { type: 'string' },
    trace: { type: 'boolean', default: false },
    /** Ends with the first seed that fails. */
    first: { type: 'boolean', default: false },
  },
});

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const directory = mkdtempSync(join(tmpdir(), 'returns-agent-simulation-'));
const data = join(directory, 'postgres');
const server = await startEmbeddedPostgres(data, ['fsync=off', ...socketSettings(data)]);
try {
  await migrateDatabase(server.url);
  const database = await openSimulatedDatabase(server.url, serverSocket(data));
  const play = (seed: number, onLine?: (line: string) => void) => simulate(database, seed, onLine);
  if (values.seed !== undefined) await playTwice(Number(values.seed), play);
  else await playMany(Number(values.from), Number(values.seeds), play);
  await database.close();
} finally {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
}

type Play = (seed: number, onLine?: (line: string) => void) => Promise<Played>;

async function playTwice(seed: number, play: Play): Promise<void> {
  const lines: string[] = [];
  const first = await play(seed, (line) => {
    lines.push(line);
    if (values.trace) print(line);
  });
  print(describe(first));
  let at = 0;
  let shown = 0;
  const second = await play(seed, (line) => {
    if (line !== lines[at++] && shown++ < 5) print(`the second time, line ${at}: ${line}`);
  });
  if (first.digest === second.digest) return;
  print('NOT THE SAME THE SECOND TIME');
  process.exitCode = 1;
}

async function playMany(from: number, count: number, play: Play): Promise<void> {
  const started = performance.now();
  const failed: number[] = [];
  let refunds = 0;
  let steps = 0;
  let played = 0;
  for (let seed = from; seed < from + count; seed++) {
    const one = await play(seed);
    played += 1;
    refunds += one.refunds;
    steps += one.steps;
    if (one.problems.length === 0) continue;
    failed.push(seed);
    print(describe(one));
    if (values.first) break;
  }
  const seconds = (performance.now() - started) / 1000;
  print(
    `${played} seeds from ${from}, ${(played / seconds).toFixed(1)} a second: ${refunds} refunds in ${steps} steps; ${failed.length} failed${failed.length > 0 ? `: ${failed.join(' ')}` : ''}`,
  );
  if (failed.length > 0) process.exitCode = 1;
}

function describe({ seed, digest, steps, refunds, problems }: Played): string {
  const outcome = problems.length === 0 ? 'all is well' : problems.map((each) => `\n  - ${each}`).join('');
  return `seed ${seed} (${digest}, ${steps} steps, ${refunds} refunds): ${outcome}`;
}
