import { readFileSync } from 'node:fs';
import { createGuidedModel } from './adapters/guided/guided-model.ts';
import { createOpenAiModel } from './adapters/openai/openai-model.ts';
import { costInMicroUsd } from './adapters/openai/price.ts';
import { createShopifyStorefront } from './adapters/shopify/shopify-storefront.ts';
import { clientCredentials, staticToken } from './adapters/shopify/token-provider.ts';
import { parseShopifyWebhook, verifyShopifyWebhook } from './adapters/shopify/webhook.ts';
import { createSlackApp, type SlackApp } from './adapters/slack/slack-app.ts';
import { twilioRoutes } from './adapters/twilio/routes.ts';
import { createTwilioChannel } from './adapters/twilio/twilio-channel.ts';
import type { Config } from './config.ts';
import type { ConversationContext } from './conversation/context.ts';
import { handBack } from './conversation/hand-off.ts';
import { chatRoutes } from './http/chat-api.ts';
import { healthRoutes } from './http/health.ts';
import type { Route } from './http/route.ts';
import { createHttpServer, type HttpServer } from './http/server.ts';
import { type ReadDelivery, shopifyWebhookRoute } from './http/shopify-webhooks.ts';
import { createDeadLetterHandler, createHandlers } from './jobs/handlers.ts';
import { runJobs } from './jobs/runner.ts';
import { createLog, type Log } from './log.ts';
import { createMetrics, type Metrics } from './metrics.ts';
import type { Channel } from './ports/channel.ts';
import type { Model } from './ports/model.ts';
import { decideApproval } from './refunds/decide-approval.ts';
import { defaultPolicy, type Policy } from './returns/policy.ts';
import { parsePolicyFile } from './returns/policy-file.ts';
import { type Database, openDatabase } from './storage/database.ts';
import { countJobs, type JobQueue, openJobQueue } from './storage/jobs.ts';
import { checkReadiness } from './storage/readiness.ts';

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
  const jobs = openJobQueue(databaseUrl, {
    works: options.worker,
    onError: (error) => log.error('The job engine reports an error', { error }),
  });
  const metrics = createMetrics({ countJobs: () => countJobs(database.db) });
  const slack = createSlack(config, log, metrics, () => context);
  const context = createContext({ ...options, log, metrics, database, jobs, slack });
  const server = options.web ? createServer(options, context, slack) : undefined;

  return {
    context,
    async start() {
      await jobs.start();
      if (options.worker) {
        const handlers = createHandlers(context);
        await runJobs({
          db: database.db,
          jobs,
          log,
          handlers,
          onDeadLetter: createDeadLetterHandler(context),
        });
      }
      const listening = await server?.start(config.http.port, config.http.host);
      return { port: listening?.port };
    },
    async stop() {
      await server?.stop(config.shutdownGraceMs);
      await slack?.stop();
      await jobs.stop(config.shutdownGraceMs);
      await database.close();
    },
  };
}

type Parts = AppOptions & {
  readonly log: Log;
  readonly metrics: Metrics;
  readonly database: Database;
  readonly jobs: JobQueue;
  readonly slack: SlackApp | undefined;
};

function createContext({
  config,
  log,
  metrics,
  database,
  jobs,
  slack,
  storeName,
}: Parts): ConversationContext {
  const shopify = config.shopify;
  if (!shopify) throw new Error('Shopify is not configured.');
  const approvers = config.slack?.approvers ?? [];
  return {
    refunds: {
      db: database.db,
      jobs,
      storefront: createShopifyStorefront({
        ...shopify,
        tokens:
          shopify.auth.kind === 'static'
            ? staticToken(shopify.auth.token)
            : clientCredentials({ ...shopify.auth, baseUrl: shopify.apiUrl, now: () => new Date() }),
        onCall: (operation, ms, outcome) => metrics.providerRequest('shopify', operation, outcome, ms / 1000),
      }),
      clock: { now: () => new Date() },
      log,
      metrics,
      store: shopify.storeDomain,
      policy: loadPolicy(config),
      terms: config.returns,
      approvals:
        slack && config.slack?.approvalsChannel
          ? { desk: slack.approvalDesk, directory: slack.staffDirectory, approvers }
          : undefined,
    },
    models: chooseModels(config, metrics),
    storeName: storeName ?? shopify.storeDomain.replace(/\.myshopify\.com$/, ''),
    channels: createChannels(config, metrics),
    support: slack && config.slack?.supportChannel ? slack.supportDesk : undefined,
    staff: slack ? { directory: slack.staffDirectory, allowed: config.slack?.staff ?? [] } : undefined,
    costMicroUsd: (model, usage) => (model === 'guided' ? 0 : costInMicroUsd(model, usage)),
    dailyBudgetMicroUsd: config.dailyModelBudgetUsd * 1_000_000,
  };
}

/** Throws with every problem of a policy file, line and column included. */
export function loadPolicy({ returns }: Config): Policy {
  if (!returns.policyFile) return defaultPolicy({ windowDays: returns.windowDays });
  const parsed = parsePolicyFile(readFileSync(returns.policyFile, 'utf8'), returns.windowDays);
  if (parsed.kind === 'ok') return parsed.policy;
  throw new Error(`POLICY_FILE ${returns.policyFile} cannot be used:\n- ${parsed.problems.join('\n- ')}`);
}

function chooseModels({ openai }: Config, metrics: Metrics): readonly [Model, ...Model[]] {
  const guided = createGuidedModel();
  if (!openai) return [guided];
  const onCall = (call: { readonly outcome: string; readonly durationMs: number }) =>
    metrics.providerRequest('openai', 'respond', call.outcome, call.durationMs / 1000);
  return [createOpenAiModel({ ...openai, onCall }), guided];
}

function createChannels({ twilio, http }: Config, metrics: Metrics): ConversationContext['channels'] {
  if (!twilio) return {};
  const [authToken = ''] = twilio.authTokens;
  const channel = (sender: Parameters<typeof createTwilioChannel>[0]['sender']): Channel =>
    createTwilioChannel({
      accountSid: twilio.accountSid,
      authToken,
      apiUrl: twilio.apiUrl,
      sender,
      statusCallbackUrl: http.publicUrl && `${http.publicUrl}/twilio/status`,
      onCall: (call) =>
        metrics.providerRequest('twilio', call.operation, call.outcome, call.durationMs / 1000),
    });
  const { messagingServiceSid, smsFrom, whatsappFrom } = twilio;
  const sms = messagingServiceSid ? { messagingServiceSid } : smsFrom ? { from: smsFrom } : undefined;
  return {
    ...(sms && { sms: channel(sms) }),
    ...(whatsappFrom && { whatsapp: channel({ from: whatsappFrom }) }),
  };
}

function createSlack(
  { slack }: Config,
  log: Log,
  metrics: Metrics,
  context: () => ConversationContext,
): SlackApp | undefined {
  if (!slack) return undefined;
  return createSlackApp({
    botToken: slack.botToken,
    signingSecret: slack.signingSecret ?? '',
    apiUrl: slack.apiUrl,
    channels: { approvals: slack.approvalsChannel ?? '', support: slack.supportChannel ?? '' },
    decide: (click) => decideApproval(context().refunds, click),
    handBack: (conversationId, by) => handBack(context(), conversationId, by),
    now: () => new Date(),
    log,
    onCall: (call) => metrics.providerRequest('slack', call.method, call.outcome, call.durationMs / 1000),
  });
}

function createServer(
  options: AppOptions,
  context: ConversationContext,
  slack: SlackApp | undefined,
): HttpServer {
  const { config, routes = [] } = options;
  const { db, log, metrics } = context.refunds;
  return createHttpServer({
    log,
    routes: [
      ...routes,
      ...(config.twilio
        ? twilioRoutes(context, { ...config.twilio, publicUrl: config.http.publicUrl ?? '' })
        : []),
      ...(slack ? [{ method: 'POST', path: '/slack/events', handle: slack.handle } as const] : []),
      shopifyWebhookRoute(context, readShopifyDelivery(config.shopify?.webhookSecrets ?? [])),
      ...(config.chatApiToken ? chatRoutes(context, { token: config.chatApiToken }) : []),
      ...healthRoutes({
        check: () => checkReadiness(db),
        renderMetrics: metrics.render,
        adminToken: config.adminToken,
        host: config.http.host,
      }),
    ],
  });
}

function readShopifyDelivery(secrets: readonly string[]): ReadDelivery {
  return ({ rawBody, headers }) => {
    const headerHmac = headers['x-shopify-hmac-sha256'];
    return verifyShopifyWebhook({ rawBody, headerHmac, secrets })
      ? parseShopifyWebhook({ rawBody, headers })
      : undefined;
  };
}
