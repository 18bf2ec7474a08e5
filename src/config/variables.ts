import { limitVariables } from './limits.ts';
import { openaiVariables } from './openai.ts';
import { returnsVariables } from './returns.ts';
import { serverVariables } from './server.ts';
import { shopifyVariables } from './shopify.ts';
import { slackVariables } from './slack.ts';
import { twilioVariables } from './twilio.ts';
import type { Variable, VariableTable } from './variable.ts';

export type NamedVariable = Variable & { readonly name: string; readonly group: string };

export const allVariables = {
  ...serverVariables,
  ...shopifyVariables,
  ...openaiVariables,
  ...twilioVariables,
  ...slackVariables,
  ...returnsVariables,
  ...limitVariables,
};

/** Every variable the program reads, in the order people are shown them. */
export const variables: readonly NamedVariable[] = [
  ...inGroup('Server', serverVariables),
  ...inGroup('Shopify', shopifyVariables),
  ...inGroup('Model', openaiVariables),
  ...inGroup('Twilio', twilioVariables),
  ...inGroup('Slack', slackVariables),
  ...inGroup('Returns', returnsVariables),
  ...inGroup('Limits', limitVariables),
];

function inGroup(group: string, table: VariableTable): readonly NamedVariable[] {
  return Object.entries(table).map(([name, variable]) => ({ name, group, ...variable }));
}
