import { readFile } from 'node:fs/promises';
import { checkApprovers } from '../app/check-approvers.ts';
import { createSlack } from '../app/providers.ts';
import type { Config } from '../config.ts';
import { createLog } from '../log.ts';
import type { Policy } from '../returns/policy.ts';
import { parsePolicyFile } from '../returns/policy-file.ts';
import { locateApprovers } from './locate-approvers.ts';
import { noMetrics } from './no-metrics.ts';
import { Refusal } from './refusal.ts';

export type ReadPolicy = { readonly policy: Policy; readonly notes: readonly string[] };

/** Every problem of the file is refused in one message. Asks nobody. */
export async function readPolicyFile({ returns }: Config, path: string): Promise<Policy> {
  return parse(await readText(path), path, returns.windowDays);
}

/** Asks Slack as well, where it is set up, whether there are such approvers. */
export async function checkPolicyFile(config: Config, path: string): Promise<ReadPolicy> {
  const text = await readText(path);
  const policy = parse(text, path, config.returns.windowDays);
  const named = locateApprovers(text);
  if (named.length === 0) return { policy, notes: [] };
  const slack = createSlack(config, createLog({ level: 'silent' }), noMetrics(), () => {
    throw new Error('Nobody clicks here.');
  });
  if (!slack)
    return { policy, notes: ['Slack is not set up here, so nobody was asked about the approvers.'] };
  const problems = await checkApprovers(policy, slack.staffDirectory).catch(() => undefined);
  if (!problems) return { policy, notes: ['Slack cannot be asked about the approvers right now.'] };
  if (problems.length === 0) return { policy, notes: [] };
  throw refuse(
    path,
    problems.map(({ id, where, why }) => {
      const place = named.find((one) => one.id === id && one.where === where);
      const rule = where === 'approvals' ? where : `rule ${where}`;
      return `${place ? `line ${place.line}, column ${place.column}: ` : ''}${rule}: ${id} ${said[why]}`;
    }),
  );
}

const said = {
  unknown_group: 'is no user group of the Slack workspace',
  empty_group: 'is a user group without members',
  not_a_colleague: 'is no full member of the Slack workspace',
} as const;

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new Refusal(`There is no readable file ${path}.`);
  }
}

function parse(text: string, path: string, windowDays: number): Policy {
  const parsed = parsePolicyFile(text, windowDays);
  if (parsed.kind === 'ok') return parsed.policy;
  throw refuse(path, parsed.problems);
}

function refuse(path: string, problems: readonly string[]): Refusal {
  return new Refusal(`${path} cannot be used.\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
}
