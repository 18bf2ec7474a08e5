import { readFileSync } from 'node:fs';
import type { Config } from '../config.ts';
import type { Policies } from '../refunds/context.ts';
import { defaultPolicy, type Policy } from '../returns/policy.ts';
import { parsePolicyFile } from '../returns/policy-file.ts';

/** The default policy, or the one of POLICY_FILE. Throws PolicyFileError with every problem of the file. */
export function loadPolicy({
  returns,
}: {
  readonly returns: Pick<Config['returns'], 'policyFile' | 'windowDays'>;
}): Policy {
  if (!returns.policyFile) return defaultPolicy({ windowDays: returns.windowDays });
  const parsed = parsePolicyFile(readFile(returns.policyFile), returns.windowDays);
  if (parsed.kind === 'ok') return parsed.policy;
  throw new PolicyFileError(returns.policyFile, parsed.problems);
}

export function onlyPolicy(policy: Policy): Policies {
  return {
    current: () => policy,
    find: async (version) => (version === policy.version ? policy : undefined),
  };
}

export class PolicyFileError extends Error {
  constructor(path: string, problems: readonly string[]) {
    super(`POLICY_FILE: ${path} cannot be used.\n${problems.map((problem) => `  - ${problem}`).join('\n')}`);
    this.name = 'PolicyFileError';
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    throw new PolicyFileError(path, ['there is no readable file of that name']);
  }
}
