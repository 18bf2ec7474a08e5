import { createGuidedModel } from '../adapters/guided/guided-model.ts';
import { createOpenAiModel } from '../adapters/openai/openai-model.ts';
import { createShopifyStorefront } from '../adapters/shopify/shopify-storefront.ts';
import { clientCredentials, staticToken } from '../adapters/shopify/token-provider.ts';
import { createSlackApp, type SlackApp } from '../adapters/slack/slack-app.ts';
import { createReceivedTexts } from '../adapters/twilio/list-received.ts';
import { createTwilioChannel } from '../adapters/twilio/twilio-channel.ts';
import { type CircuitOptions, createCircuit } from '../circuit.ts';
import type { Config } from '../config.ts';
import type { ConversationContext } from '../conversation/context.ts';
import { describeHome } from '../conversation/describe-home.ts';
import { handBack } from '../conversation/give-back.ts';
import { isStaff } from '../conversation/is-staff.ts';
import { receiveStaffMessage } from '../conversation/receive-staff-message.ts';
import { findReplyTarget, replyToCustomer } from '../conversation/reply-to-customer.ts';
import { findReturnToTakeIn, takeInReturn } from '../conversation/take-in-return.ts';
import type { Log } from '../log.ts';
import type { Metrics } from '../metrics.ts';
import type { InstallationStore } from '../ports/installations.ts';
import type { Model } from '../ports/model.ts';
import type { ReceivedTexts } from '../ports/received-texts.ts';
import type { Storefront } from '../ports/storefront.ts';
import type { RefundContext } from '../refunds/context.ts';
import { decideApproval } from '../refunds/decide-approval.ts';
import { pauseRefunds, resumeRefunds } from '../refunds/pause-refunds.ts';
import { inTransaction } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';

type OnCircuit = CircuitOptions['onChange'];

export function createStorefront(
  shopify: NonNullable<Config['shopify']>,
  metrics: Metrics,
  onCircuit?: OnCircuit,
): Storefront {
  const { auth } = shopify;
  return createShopifyStorefront({
    ...shopify,
    tokens:
      auth.kind === 'static'
        ? staticToken(auth.token)
        : clientCredentials({ ...auth, baseUrl: shopify.apiUrl, now: () => new Date() }),
    onCircuit,
    onCall: (operation, ms, outcome) => metrics.providerRequest('shopify', operation, outcome, ms / 1000),
  });
}

/** In the order they are asked; the guided model is always there and comes last. */
export function createModels(
  { openai }: Config,
  metrics: Metrics,
  onCircuit?: OnCircuit,
): readonly [Model, ...Model[]] {
  const guided = createGuidedModel();
  if (!openai) return [guided];
  const onCall = (call: { readonly outcome: string; readonly durationMs: number }) =>
    metrics.providerRequest('openai', 'respond', call.outcome, call.durationMs / 1000);
  return [createOpenAiModel({ ...openai, onCall, onCircuit }), guided];
}

export function createChannels(
  { twilio, http }: Config,
  metrics: Metrics,
  onCircuit?: OnCircuit,
): ConversationContext['channels'] {
  if (!twilio) return {};
  const [authToken = ''] = twilio.authTokens;
  const { messagingServiceSid, smsFrom, whatsappFrom, whatsappTemplateSid } = twilio;
  const account = {
    accountSid: twilio.accountSid,
    authToken,
    apiUrl: twilio.apiUrl,
    circuit: createCircuit({ service: 'twilio', onChange: onCircuit }),
    statusCallbackUrl: http.publicUrl && `${http.publicUrl}/twilio/status`,
    onCall: (call: { readonly operation: string; readonly outcome: string; readonly durationMs: number }) =>
      metrics.providerRequest('twilio', call.operation, call.outcome, call.durationMs / 1000),
  };
  const sms = messagingServiceSid ? { messagingServiceSid } : smsFrom ? { from: smsFrom } : undefined;
  return {
    ...(sms && { sms: createTwilioChannel({ ...account, sender: sms }) }),
    ...(whatsappFrom && {
      whatsapp: createTwilioChannel({
        ...account,
        sender: { from: whatsappFrom },
        templateSid: whatsappTemplateSid,
      }),
    }),
  };
}

export function createReceived({ twilio }: Config, metrics: Metrics): ReceivedTexts | undefined {
  if (!twilio) return undefined;
  const { accountSid, authTokens, apiUrl, messagingServiceSid, smsFrom, whatsappFrom } = twilio;
  const [authToken = ''] = authTokens;
  return createReceivedTexts({
    accountSid,
    authToken,
    apiUrl,
    timeoutMs: 10_000,
    addresses: [smsFrom, whatsappFrom].filter((address) => address !== undefined),
    messagingServiceSid,
    onCall: (call) => metrics.providerRequest('twilio', call.operation, call.outcome, call.durationMs / 1000),
  });
}

/** Slack's listeners call use cases, and use cases post to Slack: hence the context is handed over later. */
export function createSlack(
  { slack }: Config,
  log: Log,
  metrics: Metrics,
  context: () => ConversationContext,
  installations?: InstallationStore,
  onCircuit?: OnCircuit,
): SlackApp | undefined {
  if (!slack) return undefined;
  return createSlackApp({
    botToken: slack.botToken,
    signingSecrets: slack.signingSecrets ?? [],
    claimRequest: (id) => claimRequest(context().refunds, id),
    appToken: slack.appToken,
    apiUrl: slack.apiUrl,
    channels: { approvals: slack.approvalsChannel ?? '', support: slack.supportChannel ?? '' },
    decide: (click) => decideApproval(context().refunds, click),
    handBack: (conversationId, by) => handBack(context(), conversationId, by),
    replies: {
      reply: (reply) => replyToCustomer(context(), reply),
      findTarget: (from) => findReplyTarget(context(), from),
    },
    talk: {
      receive: (message) => receiveStaffMessage(context(), message),
      mayTalk: async (person) => {
        const { staff } = context();
        return staff !== undefined && (await isStaff(staff, person));
      },
    },
    room: {
      describeHome: (userId) => describeHome(context(), userId),
      pause: (by, reason) => pauseRefunds(context().refunds, by, reason),
      resume: (by, press) => resumeRefunds(context().refunds, by, press),
      findReturn: (by, reference) => findReturnToTakeIn(context(), by, reference),
      takeIn: (taken) => takeInReturn(context(), taken),
    },
    installations,
    now: () => new Date(),
    log,
    onCircuit,
    onCall: (call) => metrics.providerRequest('slack', call.method, call.outcome, call.durationMs / 1000),
  });
}

/** A signature is good for five minutes, and whoever saw it could send it again. */
async function claimRequest({ db, store }: RefundContext, id: string): Promise<boolean> {
  const entry = { store, provider: 'slack-request', providerMessageId: id };
  return (await inTransaction(db, (tx) => recordInbound(tx, entry))) === 'new';
}
