import { listOf, matching, secret, webAddressWithSlash } from './formats.ts';
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
    meaning: "Verifies Slack's requests over HTTP; not needed with Socket Mode.",
    expected: 'the signing secret',
    whereToGet: `${appSettings} → Basic Information → App Credentials`,
    isSecret: true,
    format: secret(/^(xapp-|xox[a-z][-.])/),
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
} as const satisfies VariableTable;

export type SlackConfig = {
  readonly botToken: string;
  /** At least one of the two is set; the app token means Socket Mode. */
  readonly signingSecret?: string | undefined;
  readonly appToken?: string | undefined;
  /** Ends with a slash. */
  readonly apiUrl: string;
  readonly approvalsChannel?: string | undefined;
  readonly supportChannel?: string | undefined;
  /** Empty: nobody may approve. */
  readonly approvers: readonly string[];
  /** Empty: every full member of the workspace. */
  readonly staff: readonly string[];
};

/** The rules between the variables, for a live start. */
export function findSlackProblems(given: Given): readonly ConfigProblem[] {
  const names = listGiven(slackVariables, given);
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
  return problems;
}

export function readSlack(values: ValuesOf<typeof slackVariables>): SlackConfig | undefined {
  if (!values.SLACK_BOT_TOKEN) return undefined;
  return {
    botToken: values.SLACK_BOT_TOKEN,
    signingSecret: values.SLACK_SIGNING_SECRET,
    appToken: values.SLACK_APP_TOKEN,
    apiUrl: values.SLACK_API_URL,
    approvalsChannel: values.SLACK_APPROVALS_CHANNEL,
    supportChannel: values.SLACK_SUPPORT_CHANNEL,
    approvers: values.SLACK_APPROVERS ?? [],
    staff: values.SLACK_STAFF ?? [],
  };
}
