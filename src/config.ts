import { existsSync } from 'node:fs';
import { type LimitsConfig, readLimits } from './config/limits.ts';
import { type OpenaiConfig, readOpenai } from './config/openai.ts';
import { readGiven, readValues } from './config/read-values.ts';
import { type ReturnsConfig, readReturns } from './config/returns.ts';
import { serverVariables } from './config/server.ts';
import { findShopifyProblems, readShopify, type ShopifyConfig, shopifyVariables } from './config/shopify.ts';
import { findSlackProblems, readSlack, type SlackConfig, slackVariables } from './config/slack.ts';
import { findTwilioProblems, readTwilio, type TwilioConfig, twilioVariables } from './config/twilio.ts';
import {
  type ConfigProblem,
  type Given,
  listGiven,
  problemOf,
  type VariableTable,
} from './config/variable.ts';
import { allVariables } from './config/variables.ts';
import { findWarnings } from './config/warnings.ts';
import type { LogLevel } from './log.ts';

export type Config = {
  /** Sandbox: no provider is set, so the stand-ins are; whoever starts them fills in the providers. */
  readonly mode: 'sandbox' | 'live';
  readonly http: {
    readonly port: number;
    readonly host: string;
    /** Without a slash at the end. */
    readonly publicUrl?: string | undefined;
  };
  readonly databaseUrl?: string | undefined;
  readonly shopify?: ShopifyConfig | undefined;
  readonly openai?: OpenaiConfig | undefined;
  readonly twilio?: TwilioConfig | undefined;
  readonly slack?: SlackConfig | undefined;
  readonly returns: ReturnsConfig;
  readonly limits: LimitsConfig;
  readonly chatApiToken?: string | undefined;
  readonly adminToken?: string | undefined;
  readonly retentionDays: number;
  /** 32 bytes each; the first encrypts, all decrypt. */
  readonly encryptionKeys?: readonly Buffer[] | undefined;
  readonly dailyModelBudgetUsd: number;
  readonly logLevel: LogLevel;
  readonly shutdownGraceMs: number;
  /** For the operator, at the start. */
  readonly warnings: readonly string[];
};

export type ConfigResult =
  | { readonly kind: 'ok'; readonly config: Config }
  | { readonly kind: 'invalid'; readonly problems: readonly ConfigProblem[] };

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment of this process; a `.env` file adds what is not set already. */
export function readEnvironment(envFile = '.env'): Environment {
  if (existsSync(envFile)) process.loadEnvFile(envFile);
  return process.env;
}

/** npm names the script to what it starts. */
export function isStartedByNpm(): boolean {
  return process.env.npm_lifecycle_event !== undefined;
}

export function readConfig(environment: Environment): ConfigResult {
  const given = readGiven(environment);
  const mode = isAnySet(given, shopifyVariables, twilioVariables, slackVariables) ? 'live' : 'sandbox';
  const { values, problems: wrong } = readValues(allVariables, given);
  const problems = [...wrong, ...(mode === 'live' ? findLiveProblems(given) : [])];
  if (problems.length > 0) return { kind: 'invalid', problems };

  const host = values.HOST ?? (mode === 'live' ? '0.0.0.0' : '127.0.0.1');
  const config: Config = {
    mode,
    http: { port: values.PORT, host, publicUrl: values.PUBLIC_URL },
    databaseUrl: values.DATABASE_URL,
    shopify: readShopify(values),
    openai: readOpenai(values),
    twilio: readTwilio(values),
    slack: readSlack(values),
    returns: readReturns(values),
    limits: readLimits(values),
    chatApiToken: values.CHAT_API_TOKEN,
    adminToken: values.ADMIN_TOKEN,
    retentionDays: values.RETENTION_DAYS,
    encryptionKeys: values.TOKEN_ENCRYPTION_KEY,
    dailyModelBudgetUsd: values.DAILY_MODEL_BUDGET_USD,
    logLevel: values.LOG_LEVEL,
    shutdownGraceMs: values.SHUTDOWN_GRACE_MS,
    warnings: findWarnings(given, mode, host),
  };
  return { kind: 'ok', config };
}

function findLiveProblems(given: Given): readonly ConfigProblem[] {
  const problems = [...findShopifyProblems(given), ...findTwilioProblems(given), ...findSlackProblems(given)];
  if (isAnySet(given, twilioVariables) && !given.PUBLIC_URL) {
    const why = 'is missing: Twilio signs the address it calls, and it is never taken from a request';
    problems.push(problemOf(serverVariables, 'PUBLIC_URL', why));
  }
  if (!isAnySet(given, twilioVariables, slackVariables) && !given.CHAT_API_TOKEN) {
    problems.push({
      variable: 'TWILIO_ACCOUNT_SID, SLACK_BOT_TOKEN or CHAT_API_TOKEN',
      problem: 'is missing: nobody could reach the agent; a live start needs at least one channel',
      expected: 'the variables of Twilio, of Slack, or a token for the chat API',
      whereToGet: 'console.twilio.com, api.slack.com/apps, or openssl rand -hex 32',
    });
  }
  return problems;
}

function isAnySet(given: Given, ...tables: readonly VariableTable[]): boolean {
  return tables.some((table) => listGiven(table, given).length > 0);
}
