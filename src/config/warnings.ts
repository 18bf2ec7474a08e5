import { isLoopbackHost } from '../http/loopback.ts';
import type { Given } from './variable.ts';
import { allVariables } from './variables.ts';

/** What starts, but probably not as meant. Names variables, never their values. */
export function findWarnings(given: Given, mode: 'sandbox' | 'live', host: string): readonly string[] {
  const isUnset = (name: keyof typeof allVariables): boolean => given[name] === undefined;
  const hasSlack = !isUnset('SLACK_BOT_TOKEN');
  const rules: readonly (readonly [applies: boolean, warning: string])[] = [
    [
      isUnset('DATABASE_URL'),
      'DATABASE_URL is not set: data is kept on this machine only, in .data/postgres',
    ],
    [isUnset('OPENAI_API_KEY'), 'OPENAI_API_KEY is not set: the guided model answers'],
    [
      !hasSlack,
      'SLACK_BOT_TOKEN is not set: nothing can be approved, refunds above the threshold need a person',
    ],
    [hasSlack && isUnset('SLACK_APPROVERS'), 'SLACK_APPROVERS is empty: nobody may approve a refund'],
    [
      hasSlack && isUnset('SLACK_SUPPORT_CHANNEL'),
      'SLACK_SUPPORT_CHANNEL is not set: people have no place to take over',
    ],
    [
      isUnset('SHOPIFY_WEBHOOK_SECRET') && isUnset('SHOPIFY_CLIENT_SECRET'),
      'SHOPIFY_WEBHOOK_SECRET is not set: webhooks of Shopify are refused',
    ],
    [
      !isUnset('SHOPIFY_ADMIN_TOKEN') && !isUnset('SHOPIFY_CLIENT_ID'),
      'SHOPIFY_ADMIN_TOKEN and SHOPIFY_CLIENT_ID are both set: the static token is used',
    ],
    [
      !isUnset('TWILIO_WHATSAPP_FROM') && isUnset('TWILIO_WHATSAPP_TEMPLATE_SID'),
      'TWILIO_WHATSAPP_TEMPLATE_SID is not set: WhatsApp customers cannot be answered after 24 hours',
    ],
    [
      /^http:/i.test(given.PUBLIC_URL ?? ''),
      'PUBLIC_URL is not https: customer messages travel in the clear',
    ],
    [
      isUnset('ADMIN_TOKEN') && !isLoopbackHost(host),
      'ADMIN_TOKEN is not set: /metrics and the dashboard are closed',
    ],
  ];
  const always: readonly (readonly [applies: boolean, warning: string])[] = [
    [
      !isUnset('OPENAI_BASE_URL') && isUnset('OPENAI_API_KEY'),
      'OPENAI_BASE_URL is set without OPENAI_API_KEY: it is not used; any word will do for a server without keys',
    ],
    ...Object.keys(given)
      .filter((name) => /^(SHOPIFY|TWILIO|SLACK|OPENAI)_/.test(name) && !(name in allVariables))
      .map((name) => [true, `${name} is not a variable of this program: is it misspelt?`] as const),
  ];
  return [...(mode === 'live' ? rules : []), ...always]
    .filter(([applies]) => applies)
    .map(([, text]) => text);
}
