import type { Config } from '../config.ts';
import { explainPolicy } from '../returns/explain-policy.ts';
import { checkPolicyFile } from './read-policy-file.ts';

export async function checkFile(config: Config, path: string): Promise<readonly string[]> {
  const { policy, notes } = await checkPolicyFile(config, path);
  return [
    `ok: ${path} is policy ${policy.version}. To customers it says:`,
    ...explainPolicy(policy).map((sentence) => `  ${sentence}`),
    ...notes,
  ];
}
