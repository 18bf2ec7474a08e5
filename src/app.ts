import { costInMicroUsd } from './adapters/openai/price.ts';
import { parseShopifyWebhook, verifyShopifyWebhook } from './adapters/shopify/webhook.ts';
import type { SlackApp } from './adapters/slack/slack-app.ts';
import { twilioRoutes } from './adapters/twilio/routes.ts';
import { warnAboutApprovers } from './app/check-approvers.ts';
import { createCodeKey } from './app/code-key.ts';
import { loadPolicy } from './app/load-policy.ts';
import { createMedia } from './app/media.ts';
import { personalDataKeys } from './app/personal-data-keys.ts';
import { followPolicies } from './app/policies.ts';
import {
  createChannels,
  createModels,
  createReceived,
  createSlack,
  createStorefront,
} from './app/providers.ts';
import { createSlackInstallations, type SlackInstallations } from './app/slack-installations.ts';
import { watchCircuits } from './app/watch-circuits.ts';
import type { CircuitChange } from './circuit.ts';
import type { Config } from './config.ts';
import type { ConversationContext } from './conversation/context.ts';
import { chatRoutes } from './http/chat-api.ts';
import { healthRoutes } from './http/health.ts';
import { createRetirement } from './http/retirement.ts';
import type { Route } from './http/route.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { type ReadDelivery, shopifyWebhookRoute } from './http/shopify-webhooks.ts';
import { createDeadLetterHandler, createHandlers } from './jobs/handlers.ts';
import { type Runner, runJobs } from './jobs/runner.ts';
import { startSchedule } from './jobs/schedule.ts';
import { type Sealing, startSealing } from './jobs/seal-audit.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Policies } from './refunds/context.ts';
import { readPause } from './refunds/pause-refunds.ts';
import { rememberOrders } from './refunds/recent-orders.ts';
import { readComparisons } from './refunds/reconcile-refunds.ts';
import { countriesOf } from './returns/sms-countries.ts';
import { type Db, openDatabase } from './storage/database.ts';
import { countJobs, type JobQueue, openJobQueue } from './storage/jobs.ts';
import { createPersonalData } from './storage/personal-data.ts';
import { checkReadiness, type Readiness } from './storage/readiness.ts';

export type AppOptions = {
  readonly config: Config;
  readonly databaseUrl: string;
  readonly web: boolean;
  readonly worker: boolean;
  /** Further routes, e.g. the sandbox's page. */
  readonly routes?: readonly Route[];
  readonly storeName?: string;
  readonly log?: Log;
};

export type App = {
  readonly context: ConversationContext;
  /** Resolves when requests and jobs are taken. */
  start(): Promise<{ readonly port: number | undefined }>;
  /** Takes nothing new, finishes what runs within the grace time, then closes. */
  stop(): Promise<void>;
};

/** The one place that builds the parts and joins them. */
export function createApp(options: AppOptions): App {
  const { config, databaseUrl } = options;
  const log = options.log ?? createLog({ level: config.logLevel });
  const database = openDatabase(databaseUrl, { connections: options.worker ? 20 : 10 });
  // Requests are answered while every turn waits for a connection, and who would wait too long asks again:
  // Twilio gives up after 15 s and does not repeat, Slack after 3 s and does.
  const requests = openDatabase(databaseUrl, { connections: 8, waitMs: 10_000 });
  const jobs = openJobQueue(databaseUrl, {
    works: options.worker,
    onError: (error) => log.error('The job engine reports an error', { error }),
  });
  const store = config.shopify?.storeDomain ?? '';
  const metrics = createMetrics({
    countJobs: () => countJobs(database.db),
    readPause: () => readPause({ db: database.db, store }),
    readComparisons: () => readComparisons(database.db, store),
  });
  const installations = createSlackInstallations(config, database.db, log);
  const onCircuit = watchCircuits({ db: database.db, jobs, store, log, metrics });
  const slack = createSlack(config, log, metrics, () => forRequests, installations, onCircuit);
  const policies = followPolicies({
    db: database.db,
    store,
    own: loadPolicy(config),
    returns: config.returns,
    records: options.web || options.worker,
    log,
    onInForce: (policy) => slack && warnAboutApprovers(policy, slack.staffDirectory, log),
  });
  const context = createContext(options, { log, metrics, db: database.db, jobs, slack, policies, onCircuit });
  const forRequests = withDatabase(context, requests.db);
  const receipts = openDatabase(databaseUrl, { connections: 2, durable: false, waitMs: 2_000 });
  let runner: Runner | undefined;
  let sealing: Sealing | undefined;
  const retirement = createRetirement(() => checkReadiness(requests.db));
  const server = options.web
    ? createServer(options, forRequests, receipts.db, {
        slack,
        installations,
        checkReadiness: retirement.check,
      })
    : undefined;

  return {
    context,
    async start() {
      await jobs.start();
      await Promise.all([installations?.renew(), policies.start()]);
      if (options.worker) {
        const handlers = createHandlers(context);
        const onDeadLetter = createDeadLetterHandler(context);
        runner = await runJobs({ db: database.db, jobs, log, handlers, onDeadLetter });
        await startSchedule(context);
        sealing = startSealing({ db: database.db, store, log });
      }
      const listening = await server?.start(config.http.port, config.http.host);
      if (options.web) slack?.start();
      return { port: listening?.port };
    },
    async stop() {
      policies.stop();
      sealing?.stop();
      const graceMs = config.shutdownGraceMs;
      // Where the worker is in the same process there is no other to send requests to meanwhile.
      const leaves = retirement.retire(options.worker ? 0 : graceMs / 2);
      await Promise.all([leaves.then(() => server?.stop(graceMs / 2)), runner?.stop(graceMs)]);
      await slack?.stop();
      await jobs.stop();
      await requests.close();
      await receipts.close();
      await database.close();
    },
  };
}

type Parts = {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly db: Db;
  readonly jobs: JobQueue;
  readonly slack: SlackApp | undefined;
  readonly policies: Policies;
  readonly onCircuit: (change: CircuitChange) => void;
};

function createContext({ config, storeName }: AppOptions, parts: Parts): ConversationContext {
  const { log, metrics, db, jobs, slack, policies, onCircuit } = parts;
  const { shopify, slack: workspace } = config;
  if (!shopify) throw new Error('Shopify is not configured.');
  const directory = slack?.staffDirectory;
  return {
    refunds: {
      db,
      jobs,
      ...rememberOrders(createStorefront(shopify, metrics, onCircuit)),
      log,
      metrics,
      store: shopify.storeDomain,
      policies,
      terms: config.returns,
      usageLimits: config.limits.usage,
      approvals:
        slack && directory && workspace?.approvalsChannel
          ? { desk: slack.approvalDesk, directory, approvers: workspace.approvers }
          : undefined,
      codeKey: createCodeKey(config),
    },
    models: createModels(config, metrics, onCircuit),
    personal: createPersonalData(personalDataKeys(config)),
    retentionDays: config.retentionDays,
    quietHours: config.returns.quietHours,
    storeName: storeName ?? shopify.storeDomain.replace(/\.myshopify\.com$/, ''),
    channels: { ...createChannels(config, metrics, onCircuit), ...(slack && { slack: slack.channel }) },
    received: createReceived(config, metrics),
    media: createMedia(config, metrics),
    support: workspace?.supportChannel ? slack?.supportDesk : undefined,
    supportReminderSeconds: workspace?.supportReminderSeconds ?? 900,
    staff: directory && { directory, allowed: workspace?.staff ?? [] },
    costMicroUsd: (model, usage) => (model === 'guided' ? 0 : costInMicroUsd(model, usage)),
    smsCountries: smsCountriesOf(config),
    dailyBudgetMicroUsd: config.dailyModelBudgetUsd * 1_000_000,
  };
}

/** Undefined where nothing says where the store is: then no country is left out. */
function smsCountriesOf({ limits, twilio }: Config): readonly string[] | undefined {
  const countries = [...limits.smsCountries, ...countriesOf(twilio?.smsFrom ?? '')];
  return countries.length > 0 ? countries : undefined;
}

function withDatabase(context: ConversationContext, db: Db): ConversationContext {
  return { ...context, refunds: { ...context.refunds, db } };
}

function createServer(
  { config, routes = [] }: AppOptions,
  context: ConversationContext,
  receipts: Db,
  {
    slack,
    installations,
    checkReadiness: check,
  }: {
    readonly slack: SlackApp | undefined;
    readonly installations: SlackInstallations | undefined;
    readonly checkReadiness: () => Promise<Readiness>;
  },
): HttpServer {
  const { log, metrics } = context.refunds;
  const { twilio, shopify, chatApiToken, http, limits } = config;
  return createHttpServer({
    log,
    isPublicHttps: /^https:/i.test(http.publicUrl ?? ''),
    routes: [
      ...routes,
      ...(twilio ? twilioRoutes(context, receipts, { ...twilio, publicUrl: http.publicUrl ?? '' }) : []),
      ...(slack && !slack.isSocketMode
        ? [{ method: 'POST', path: '/slack/events', handle: slack.handle } as const]
        : []),
      ...(slack && installations ? installations.routes(slack) : []),
      shopifyWebhookRoute(context, readShopifyDelivery(shopify?.webhookSecrets ?? [])),
      ...(chatApiToken
        ? chatRoutes(context, { token: chatApiToken, trustedProxies: limits.trustedProxies })
        : []),
      ...healthRoutes({
        check,
        renderMetrics: metrics.render,
        adminToken: config.adminToken,
        host: http.host,
      }),
    ],
  });
}

function readShopifyDelivery(secrets: readonly string[]): ReadDelivery {
  return ({ rawBody, headers }) => {
    const headerHmac = headers['x-shopify-hmac-sha256'];
    const isSigned = verifyShopifyWebhook({ rawBody, headerHmac, secrets });
    return isSigned ? parseShopifyWebhook({ rawBody, headers }) : undefined;
  };
}
