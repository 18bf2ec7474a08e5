import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchDatabase, startDatabase } from './database.ts';
import { commandOf, type Round, renderFigures, renderStatements } from './figures.ts';
import { describeMachine } from './machine.ts';
import { measureIdle, measureRound } from './measure-round.ts';
import { type BenchOptions, readOptions } from './options.ts';
import { freePort, startProgram } from './program-process.ts';
import { startProviders } from './providers-process.ts';
import { workloads } from './workloads.ts';

const options = readOptions(process.argv.slice(2));
const directory = mkdtempSync(join(tmpdir(), 'returns-agent-bench-'));
const closers = [() => rmSync(directory, { recursive: true, force: true })] as (() => unknown)[];
try {
  const { rounds, idle, database } = await measure(options);
  const report = render(rounds, idle, database);
  for (const round of rounds) if (round.statements.length > 0) console.log(renderStatements(round));
  console.log(`\n${report}`);
  if (options.write) writeReport(report);
  // Speed with loss does not count.
  for (const loss of rounds.flatMap(({ losses }) => losses)) console.error(`LOST: ${loss}`);
  if (rounds.some(({ losses }) => losses.length > 0)) process.exitCode = 1;
} finally {
  for (const close of closers.reverse()) await close();
}

async function measure(wanted: BenchOptions) {
  const port = await freePort();
  const programUrl = `http://127.0.0.1:${port}`;
  const database = await startDatabase(directory, wanted.statements);
  closers.push(database.stop);
  const customers = workloads.length * (wanted.rounds + 1) * wanted.conversations;
  const providers = await startProviders(programUrl, customers);
  closers.push(providers.stop);
  const { credentials } = providers;
  const program = await startProgram({ port, databaseUrl: database.url, credentials, directory });
  closers.push(program.stop);

  const bench = { programUrl, database, providers, program };
  const rounds: Round[] = [];
  let idle = '';
  let customer = 0;
  for (let number = 0; number <= wanted.rounds; number++) {
    for (const workload of workloads) {
      const isWarmUp = number === 0;
      const load = { ...wanted, seconds: isWarmUp ? Math.min(5, wanted.seconds) : wanted.seconds };
      const round = await measureRound(bench, workload, customer, load);
      customer += wanted.conversations;
      console.log(`${isWarmUp ? 'warm-up' : `round ${number}`} ${workload.name}: ${round.sample}`);
      if (!isWarmUp) rounds.push(round);
    }
    if (number === 0) idle = await measureIdle(bench, 10);
  }
  return { rounds, idle, database };
}

function render(rounds: readonly Round[], idle: string, { version }: BenchDatabase): string {
  const packages = ['pg-boss', 'postgres', 'drizzle-orm'].map((name) => `${name} ${versionOf(name)}`);
  return [
    renderFigures(rounds),
    '',
    ...workloads.map(({ name, meaning }) => `${name}: ${meaning}.`),
    '',
    idle,
    '',
    `\`${commandOf(options)}\`, ${new Date().toISOString().slice(0, 10)}, ${describeMachine()}, Node ${process.versions.node}, PostgreSQL ${version}, ${packages.join(', ')}.`,
  ].join('\n');
}

function versionOf(name: string): string {
  const manifest = readFileSync(join(import.meta.dirname, '../package.json'), 'utf8');
  const { dependencies } = JSON.parse(manifest) as {
    readonly dependencies: Readonly<Record<string, string>>;
  };
  return dependencies[name] ?? 'unknown';
}

function writeReport(report: string): void {
  const readme = join(import.meta.dirname, 'README.md');
  const [before = '', , after = ''] = readFileSync(readme, 'utf8').split(/<!-- \/?figures -->/);
  writeFileSync(readme, `${before}<!-- figures -->\n${report}\n<!-- /figures -->${after}`);
}
