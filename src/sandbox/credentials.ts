import { randomBytes } from 'node:crypto';
import { approvalsChannel, managersGroup, supportChannel } from './workspace-people.ts';

export const smsFrom = '+15550100100';
export const storeDomain = 'birch-and-loom.myshopify.com';

export type SandboxCredentials = {
  readonly shopify: {
    readonly apiUrl: string;
    readonly storeDomain: string;
    readonly adminToken: string;
    readonly webhookSecret: string;
  };
  readonly twilio: {
    readonly apiUrl: string;
    readonly accountSid: string;
    readonly authToken: string;
    readonly smsFrom: string;
    readonly whatsappFrom: string;
    readonly messagingServiceSid: string;
  };
  readonly slack: {
    readonly apiUrl: string;
    readonly botToken: string;
    /** For Socket Mode. */
    readonly appToken: string;
    readonly signingSecret: string;
    readonly approvalsChannel: string;
    readonly supportChannel: string;
    readonly approvers: readonly string[];
  };
};

export type SandboxKeys = ReturnType<typeof newKeys>;

/** Made once per store of state, so that a restarted program still finds its providers. */
export function newKeys() {
  const secret = (bytes: number) => randomBytes(bytes).toString('hex');
  return {
    shopify: `shpat_${secret(16)}`,
    shopifyWebhook: secret(16),
    twilioAccount: `AC${secret(16)}`,
    twilioService: `MG${secret(16)}`,
    twilio: secret(16),
    slack: `xoxb-sandbox-${secret(12)}`,
    slackSigning: secret(16),
    slackApp: `xapp-sandbox-${secret(12)}`,
  };
}

export function credentialsAt(url: string, keys: SandboxKeys): SandboxCredentials {
  return {
    shopify: {
      apiUrl: url,
      storeDomain,
      adminToken: keys.shopify,
      webhookSecret: keys.shopifyWebhook,
    },
    twilio: {
      apiUrl: url,
      accountSid: keys.twilioAccount,
      authToken: keys.twilio,
      smsFrom,
      whatsappFrom: `whatsapp:${smsFrom}`,
      messagingServiceSid: keys.twilioService,
    },
    slack: {
      apiUrl: `${url}/slack/api/`,
      botToken: keys.slack,
      appToken: keys.slackApp,
      signingSecret: keys.slackSigning,
      approvalsChannel,
      supportChannel,
      approvers: [managersGroup],
    },
  };
}

/** As the environment variables of a program that is to use the stand-ins as if they were real. */
export function asEnvironment(
  { shopify, twilio, slack }: SandboxCredentials,
  publicUrl: string,
  slackBy: 'http' | 'socket' = 'http',
): Readonly<Record<string, string>> {
  return {
    PUBLIC_URL: publicUrl,
    SHOPIFY_STORE_DOMAIN: shopify.storeDomain,
    SHOPIFY_ADMIN_TOKEN: shopify.adminToken,
    SHOPIFY_API_URL: shopify.apiUrl,
    SHOPIFY_WEBHOOK_SECRET: shopify.webhookSecret,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: twilio.authToken,
    TWILIO_SMS_FROM: twilio.smsFrom,
    TWILIO_API_URL: twilio.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    ...(slackBy === 'http'
      ? { SLACK_SIGNING_SECRET: slack.signingSecret }
      : { SLACK_APP_TOKEN: slack.appToken }),
    SLACK_API_URL: slack.apiUrl,
    SLACK_APPROVALS_CHANNEL: slack.approvalsChannel,
    SLACK_SUPPORT_CHANNEL: slack.supportChannel,
    SLACK_APPROVERS: slack.approvers.join(','),
  };
}
