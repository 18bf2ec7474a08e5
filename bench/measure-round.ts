import { setTimeout as delay } from 'node:timers/promises';
import type { BenchDatabase } from './database.ts';
import type { Round } from './figures.ts';
import { readUsage, type Usage } from './machine.ts';
import { matchAnswers } from './match-answers.ts';
import type { BenchOptions } from './options.ts';
import type { Program } from './program-process.ts';
import type { Providers } from './providers-process.ts';
import { sendWebhooks } from './send-webhooks.ts';
import { schedule, type Workload } from './workloads.ts';

export type Bench = {
  readonly programUrl: string;
  readonly database: BenchDatabase;
  readonly providers: Providers;
  readonly program: Program;
};

/** Sends one load of webhooks, waits until everything is answered, and accounts for every message. */
export async function measureRound(
  { programUrl, database, providers, program }: Bench,
  workload: Workload,
  firstCustomer: number,
  load: BenchOptions,
): Promise<Round> {
  const { accountSid, authToken, smsFrom } = providers.credentials.twilio;
  const line = { programUrl, accountSid, authToken, to: smsFrom };
  await program.idle();
  await database.takeStatements();
  const usage = () => readUsage(program.pid, database.postmasterPid);
  const transactionsBefore = await database.transactions();
  const before = usage();
  const webhooks = await sendWebhooks(line, schedule(workload, firstCustomer, load));
  await program.idle();
  const after = usage();
  const transactions = (await database.transactions()) - transactionsBefore;
  const texts = await providers.takeTexts();
  const statements = await database.takeStatements();
  const matched = await matchAnswers(database.sql, webhooks, texts);
  return {
    workload,
    ackMs: webhooks.map(({ ackMs }) => ackMs),
    lateMs: webhooks.map(({ lateMs }) => lateMs),
    ...matched,
    programCpuMs: difference(before, after, 'programCpuMs'),
    databaseCpuMs: difference(before, after, 'databaseCpuMs'),
    rssMb: after?.programRssMb,
    stealPercent: stealPercent(before, after),
    transactions,
    statements,
  };
}

/** What waiting for work costs: polling and supervision, in milliseconds of CPU for each second. */
export async function measureIdle({ database, program }: Bench, seconds: number): Promise<string> {
  await program.idle();
  const usage = () => readUsage(program.pid, database.postmasterPid);
  const [before, transactionsBefore] = [usage(), await database.transactions()];
  await delay(seconds * 1_000);
  const [after, transactionsAfter] = [usage(), await database.transactions()];
  const aSecond = (total: number | undefined) => ((total ?? Number.NaN) / seconds).toFixed(1);
  const cpu = (name: keyof Usage) => aSecond(difference(before, after, name));
  return `Idle, each second: ${cpu('programCpuMs')} ms of CPU in the program, ${cpu('databaseCpuMs')} ms in PostgreSQL, ${aSecond(transactionsAfter - transactionsBefore)} transactions.`;
}

function difference(
  before: Usage | undefined,
  after: Usage | undefined,
  name: keyof Usage,
): number | undefined {
  return before && after && after[name] - before[name];
}

function stealPercent(before: Usage | undefined, after: Usage | undefined): number | undefined {
  const stolen = difference(before, after, 'stolenMs');
  const all = difference(before, after, 'machineMs');
  return stolen === undefined || !all ? undefined : (100 * stolen) / all;
}
