import { encryptionKeys, listOf, matching, secret, webAddressWithSlash, wholeNumber } from './formats.ts';
import {
  type ConfigProblem,
  type Given,
  listGiven,
  problemOf,
  type ValuesOf,
  type VariableTable,
} from './variable.ts';

const appSettings = 'api.slack.com/apps → your app';
const channelId = {
  expected: 'a channel id such as C0123456789, not its name',
  whereToGet: "Slack → the channel's name → About, at the bottom",
  format: matching(/^[CG][A-Z0-9_]+$/),
} as const;
const people = {
  expected: 'user ids (U…) and user-group ids (S…), comma-separated',
  whereToGet: 'Slack → profile → ⋮ → Copy member ID; user groups: their page → ⋮ → Copy group ID',
  format: listOf(matching(/^[UWS][A-Z0-9_]+$/)),
} as const;

export const slackVariables = {
  SLACK_BOT_TOKEN: {
    meaning: "The bot's token.",
    expected: 'a bot token, starting with xoxb- (not xapp- or xoxp-)',
    whereToGet: `${appSettings} → OAuth & Permissions`,
    isSecret: true,
    format: secret(/^(xapp-|xoxp-|xoxe\.xoxp-)/),
  },
  SLACK_SIGNING_SECRET: {
    meaning:
      "Verifies Slack's requests over HTTP; not needed with Socket Mode; two, comma-separated, while rotating.",
    expected: 'the signing secret (two of them while rotating)',
    whereToGet: `${appSettings} → Basic Information → App Credentials`,
    isSecret: true,
    format: listOf(secret(/^(xapp-|xox[a-z][-.])/)),
  },
  SLACK_APP_TOKEN: {
    meaning: 'Set → Socket Mode instead of HTTP.',
    expected: 'an app-level token with connections:write, starting with xapp-',
    whereToGet: `${appSettings} → Basic Information → App-Level Tokens`,
    isSecret: true,
    format: secret(/^xox[a-z][-.]/),
  },
  SLACK_API_URL: {
    meaning: "Where Slack's Web API is; for a local stand-in.",
    default: 'https://slack.com/api/',
    expected: 'an address that starts with http:// or https://',
    whereToGet: 'leave it unset',
    format: webAddressWithSlash,
  },
  SLACK_APPROVALS_CHANNEL: { meaning: 'Where refunds are approved. Required with Slack.', ...channelId },
  SLACK_SUPPORT_CHANNEL: { meaning: 'Where conversations are handed to people.', ...channelId },
  SLACK_APPROVERS: {
    meaning: 'Who may approve refunds.',
    whenUnset: 'nobody may approve',
    ...people,
  },
  SLACK_STAFF: {
    meaning: 'Who may use the bot in Slack.',
    whenUnset: 'every full member of the workspace',
    ...people,
  },
  SUPPORT_REMINDER_SECONDS: {
    meaning: 'A conversation handed to people that nobody takes is pointed out again after this.',
    default: '900',
    expected: 'a whole number of seconds from 1 to a day',
    whereToGet: 'your choice',
    format: wholeNumber(1, 86_400),
  },
  SLACK_CLIENT_ID: {
    meaning: 'Set with the two below → further workspaces can install the app at /slack/install.',
    expected: 'the client id, such as 123456789.987654321',
    whereToGet: `${appSettings} → Basic Information → App Credentials`,
    format: matching(/^[0-9.]+$/),
  },
  SLACK_CLIENT_SECRET: {
    meaning: 'For /slack/install.',
    expected: 'the client secret',
    whereToGet: `${appSettings} → Basic Information → App Credentials`,
    isSecret: true,
    format: secret(/^(xapp-|xox[a-z][-.])/),
  },
  TOKEN_ENCRYPTION_KEY: {
    meaning:
      'Encrypts tokens of installed workspaces and what is kept of e-mail addresses; two, comma-separated, while rotating: new first.',
    whenUnset: "a key made from Shopify's credentials",
    expected: '32 bytes in base64 or hex (two of them while rotating)',
    whereToGet: 'openssl rand -base64 32',
    isSecret: true,
    format: encryptionKeys,
  },
} as const satisfies VariableTable;

export type SlackConfig = {
  readonly botToken: string;
  /** At least one of the two is set; the app token means Socket Mode. */
  readonly signingSecrets?: readonly string[] | undefined;
  readonly appToken?: string | undefined;
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly approvalsChannel?: string | undefined;
  readonly supportChannel?: string | undefined;
  /** Empty: nobody may approve. */
  readonly approvers: readonly string[];
  /** Empty: every full member of the workspace. */
  readonly staff: readonly string[];
  readonly supportReminderSeconds: number;
  /** All three or none: further workspaces can install the app. */
  readonly installing?: InstallingConfig | undefined;
};

export type InstallingConfig = {
  readonly clientId: string;
  readonly clientSecret: string;
  /** 32 bytes each; the first encrypts, all decrypt. */
  readonly encryptionKeys: readonly Buffer[];
};

/** The rules between the variables, for a live start. */
export function findSlackProblems(given: Given): readonly ConfigProblem[] {
  const names = listGiven(slackVariables, given).filter((name) => !withoutSlack.has(name));
  if (names.length === 0) return [];
  const problems: ConfigProblem[] = [];
  const report = (variable: keyof typeof slackVariables, why: string): void => {
    problems.push(problemOf(slackVariables, variable, `is missing: ${names[0]} is set, and ${why}`));
  };
  if (!given.SLACK_BOT_TOKEN) report('SLACK_BOT_TOKEN', 'Slack needs all of its parts');
  if (!given.SLACK_SIGNING_SECRET && !given.SLACK_APP_TOKEN) {
    report('SLACK_SIGNING_SECRET', 'requests over HTTP need it (or set SLACK_APP_TOKEN for Socket Mode)');
  }
  if (!given.SLACK_APPROVALS_CHANNEL) report('SLACK_APPROVALS_CHANNEL', 'refunds are approved in it');
  if (given.SLACK_CLIENT_ID || given.SLACK_CLIENT_SECRET) {
    for (const name of installing) {
      if (!given[name]) report(name, 'workspaces are installed with all three of them');
    }
  }
  return problems;
}

const withoutSlack = new Set(['SUPPORT_REMINDER_SECONDS', 'TOKEN_ENCRYPTION_KEY']);
const installing = ['SLACK_CLIENT_ID', 'SLACK_CLIENT_SECRET', 'TOKEN_ENCRYPTION_KEY'] as const;

function readInstalling(values: ValuesOf<typeof slackVariables>): InstallingConfig | undefined {
  const { SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, TOKEN_ENCRYPTION_KEY } = values;
  if (!SLACK_CLIENT_ID || !SLACK_CLIENT_SECRET || !TOKEN_ENCRYPTION_KEY) return undefined;
  return {
    clientId: SLACK_CLIENT_ID,
    clientSecret: SLACK_CLIENT_SECRET,
    encryptionKeys: TOKEN_ENCRYPTION_KEY,
  };
}

export function readSlack(values: ValuesOf<typeof slackVariables>): SlackConfig | undefined {
  if (!values.SLACK_BOT_TOKEN) return undefined;
  return {
    botToken: values.SLACK_BOT_TOKEN,
    signingSecrets: values.SLACK_SIGNING_SECRET,
    appToken: values.SLACK_APP_TOKEN,
    apiUrl: values.SLACK_API_URL,
    approvalsChannel: values.SLACK_APPROVALS_CHANNEL,
    supportChannel: values.SLACK_SUPPORT_CHANNEL,
    approvers: values.SLACK_APPROVERS ?? [],
    staff: values.SLACK_STAFF ?? [],
    supportReminderSeconds: values.SUPPORT_REMINDER_SECONDS,
    installing: readInstalling(values),
  };
}
