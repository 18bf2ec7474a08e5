import type { BenchOptions } from './options.ts';
import type { Workload } from './workloads.ts';

/** What one round of one workload measured; what a machine cannot tell is undefined. */
export type Round = {
  readonly workload: Workload;
  readonly ackMs: readonly number[];
  readonly answerMs: readonly number[];
  readonly lateMs: readonly number[];
  readonly together: number;
  readonly losses: readonly string[];
  readonly sample: string;
  readonly programCpuMs: number | undefined;
  readonly databaseCpuMs: number | undefined;
  readonly rssMb: number | undefined;
  readonly stealPercent: number | undefined;
  readonly transactions: number;
  readonly statements: readonly CountedStatement[];
};

export type CountedStatement = { readonly query: string; readonly calls: number; readonly meanMs: number };

type Row = { readonly name: string; readonly goal?: string; of(round: Round): number | undefined };

const rows: readonly Row[] = [
  { name: 'acknowledged, p50 ms', of: ({ ackMs }) => percentile(ackMs, 50) },
  { name: 'acknowledged, p95 ms', of: ({ ackMs }) => percentile(ackMs, 95) },
  { name: 'acknowledged, p99 ms', goal: '< 100', of: ({ ackMs }) => percentile(ackMs, 99) },
  { name: 'acknowledged, slowest ms', of: ({ ackMs }) => percentile(ackMs, 100) },
  { name: 'webhook → outgoing call, p50 ms', goal: '< 150', of: ({ answerMs }) => percentile(answerMs, 50) },
  { name: 'webhook → outgoing call, p95 ms', of: ({ answerMs }) => percentile(answerMs, 95) },
  { name: 'webhook → outgoing call, p99 ms', of: ({ answerMs }) => percentile(answerMs, 99) },
  { name: 'CPU of the program, ms a message', of: (round) => perMessage(round, round.programCpuMs) },
  { name: 'CPU of PostgreSQL, ms a message', of: (round) => perMessage(round, round.databaseCpuMs) },
  { name: 'transactions a message', of: (round) => perMessage(round, round.transactions) },
  { name: 'memory of the program, MB', of: ({ rssMb }) => rssMb },
  { name: 'lost, doubled or refused', goal: '0', of: ({ losses }) => losses.length },
  { name: 'answered with an earlier one', of: ({ together }) => together },
  { name: 'load sent late, p99 ms', of: ({ lateMs }) => percentile(lateMs, 99) },
  { name: 'time stolen from the machine, %', of: ({ stealPercent }) => stealPercent },
];

/** Median of the rounds, least and most in brackets. */
export function renderFigures(rounds: readonly Round[]): string {
  const names = [...new Set(rounds.map(({ workload }) => workload.name))];
  const lines = rows.map(({ name, goal, of }) => [
    name,
    goal ?? '',
    ...names.map((each) =>
      summary(rounds.filter(({ workload }) => workload.name === each).map((round) => of(round))),
    ),
  ]);
  const table = [['', 'goal', ...names], ['---', '---', ...names.map(() => '---')], ...lines];
  const widths =
    table[0]?.map((_, column) => Math.max(...table.map((line) => line[column]?.length ?? 0))) ?? [];
  return table
    .map((line) => `| ${line.map((cell, column) => pad(cell, widths[column] ?? 0)).join(' | ')} |`)
    .join('\n');
}

export function renderStatements({ statements, workload, ackMs }: Round): string {
  const lines = statements.map(({ query, calls, meanMs }) => {
    const short = query.replace(/\s+/g, ' ').slice(0, 120);
    return `${(calls / ackMs.length).toFixed(2).padStart(7)} a message, ${meanMs.toFixed(2).padStart(6)} ms  ${short}`;
  });
  return [`Statements of ${workload.name}`, ...lines].join('\n');
}

export function commandOf({ rate, seconds, conversations, rounds }: BenchOptions): string {
  return `npm run bench -- --rate ${rate} --seconds ${seconds} --conversations ${conversations} --rounds ${rounds}`;
}

/** Nearest rank: a time that was measured, never one between two. */
function percentile(values: readonly number[], percent: number): number | undefined {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)];
}

function perMessage({ ackMs }: Round, total: number | undefined): number | undefined {
  return total === undefined ? undefined : total / ackMs.length;
}

function summary(values: readonly (number | undefined)[]): string {
  const known = values.filter((value) => value !== undefined);
  if (known.length === 0) return 'unknown';
  const [least = '', median = '', most = ''] = [1, 50, 100].map((percent) =>
    figure(percentile(known, percent)),
  );
  return least === most ? median : `${median} (${least}–${most})`;
}

function figure(value: number | undefined): string {
  if (value === undefined) return 'unknown';
  return Number.isInteger(value) || value >= 100 ? value.toFixed(0) : value.toFixed(1);
}

function pad(cell: string, width: number): string {
  return cell === '---' ? '-'.repeat(width) : cell.padEnd(width);
}
