import { listOf, matching, secret, smsSender, webAddress, whatsappSender } from './formats.ts';
import {
  type ConfigProblem,
  type Given,
  listGiven,
  problemOf,
  type ValuesOf,
  type VariableTable,
} from './variable.ts';

const accountInfo = 'console.twilio.com → Account info';

export const twilioVariables = {
  TWILIO_ACCOUNT_SID: {
    meaning: 'The Twilio account.',
    expected: 'an id that starts with AC',
    whereToGet: accountInfo,
    format: matching(/^AC[0-9A-Za-z]+$/),
  },
  TWILIO_AUTH_TOKEN: {
    meaning:
      'Verifies webhooks and sends messages; two, comma-separated, while rotating: the current one first.',
    expected: 'the auth token of the account (not an AC… or SK… id)',
    whereToGet: accountInfo,
    isSecret: true,
    format: listOf(secret(/^(AC|SK)[0-9a-f]{32}$/)),
  },
  TWILIO_SMS_FROM: {
    meaning: 'The number SMS are sent from; this or the messaging service.',
    expected: 'a number such as +15551230000, or a short code',
    whereToGet: 'console.twilio.com → Phone Numbers → Active numbers',
    format: smsSender,
  },
  TWILIO_MESSAGING_SERVICE_SID: {
    meaning: 'The messaging service SMS are sent from.',
    expected: 'an id that starts with MG',
    whereToGet: 'console.twilio.com → Messaging → Services',
    format: matching(/^MG[0-9A-Za-z]+$/),
  },
  TWILIO_WHATSAPP_FROM: {
    meaning: 'The WhatsApp sender.',
    expected: 'such as whatsapp:+14155238886',
    whereToGet: 'console.twilio.com → Messaging → Senders → WhatsApp senders',
    format: whatsappSender,
  },
  TWILIO_WHATSAPP_TEMPLATE_SID: {
    meaning: 'Template used when the 24-hour window of WhatsApp is closed; its variable `1` is the text.',
    expected: 'an id that starts with HX',
    whereToGet: 'console.twilio.com → Messaging → Content Template Builder',
    format: matching(/^HX[0-9A-Za-z]+$/),
  },
  TWILIO_API_URL: {
    meaning: "Where Twilio's API is; for a local stand-in.",
    default: 'https://api.twilio.com',
    expected: 'an address that starts with http:// or https://',
    whereToGet: 'leave it unset',
    format: webAddress,
  },
} as const satisfies VariableTable;

export type TwilioConfig = {
  readonly accountSid: string;
  /** At least one; the first is used for sending. */
  readonly authTokens: readonly string[];
  readonly smsFrom?: string | undefined;
  readonly messagingServiceSid?: string | undefined;
  /** With `whatsapp:` in front. */
  readonly whatsappFrom?: string | undefined;
  readonly whatsappTemplateSid?: string | undefined;
  readonly apiUrl: string;
};

/** The rules between the variables, for a live start. */
export function findTwilioProblems(given: Given): readonly ConfigProblem[] {
  const names = listGiven(twilioVariables, given);
  if (names.length === 0) return [];
  const problems: ConfigProblem[] = [];
  const because = `${names[0]} is set`;
  for (const name of ['TWILIO_ACCOUNT_SID', 'TWILIO_AUTH_TOKEN'] as const) {
    if (given[name]) continue;
    problems.push(
      problemOf(twilioVariables, name, `is missing: ${because}, and Twilio needs all of its parts`),
    );
  }
  if (!given.TWILIO_SMS_FROM && !given.TWILIO_MESSAGING_SERVICE_SID && !given.TWILIO_WHATSAPP_FROM) {
    const others = 'TWILIO_MESSAGING_SERVICE_SID or TWILIO_WHATSAPP_FROM';
    problems.push(
      problemOf(
        twilioVariables,
        'TWILIO_SMS_FROM',
        `is missing: ${because}, but no sender; or set ${others}`,
      ),
    );
  }
  return problems;
}

export function readTwilio(values: ValuesOf<typeof twilioVariables>): TwilioConfig | undefined {
  const { TWILIO_ACCOUNT_SID: accountSid, TWILIO_AUTH_TOKEN: authTokens } = values;
  if (!accountSid || !authTokens) return undefined;
  return {
    accountSid,
    authTokens,
    smsFrom: values.TWILIO_SMS_FROM,
    messagingServiceSid: values.TWILIO_MESSAGING_SERVICE_SID,
    whatsappFrom: values.TWILIO_WHATSAPP_FROM,
    whatsappTemplateSid: values.TWILIO_WHATSAPP_TEMPLATE_SID,
    apiUrl: values.TWILIO_API_URL,
  };
}
