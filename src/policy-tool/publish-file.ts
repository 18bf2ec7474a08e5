import { loadPolicy, PolicyFileError } from '../app/load-policy.ts';
import type { Config } from '../config.ts';
import type { Policy } from '../returns/policy.ts';
import { newestPublication, publishPolicy } from '../storage/policies.ts';
import { loginName } from '../terminal/login-name.ts';
import { type Records, withRecords } from './open-records.ts';
import { checkPolicyFile } from './read-policy-file.ts';

export async function publishFile(
  config: Config,
  { file, author = loginName() }: { readonly file: string; readonly author: string | undefined },
): Promise<readonly string[]> {
  const { policy, notes } = await checkPolicyFile(config, file);
  const row = await withRecords(config, async (records) => {
    await recordSettings(config, records);
    return publishPolicy(records.db, { store: records.store, policy, source: 'command', author });
  });
  if (!row) return [`Policy ${policy.version} is in force already; nothing changed.`];
  return [
    `Policy ${policy.version} is in force, published by ${author}.`,
    ...(row.changes.length > 0 ? row.changes : ['It is the first.']).map((change) => `  ${change}`),
    ...notes,
    'Running programs take it up within seconds. Who was quoted before keeps what was quoted; new questions are judged by it.',
  ];
}

/** A program that starts for the first time would otherwise take its settings for newer than this. */
async function recordSettings(config: Config, { db, store }: Records): Promise<void> {
  if (await newestPublication(db, store, 'start')) return;
  const policy = settingsOf(config);
  const author = config.returns.policyFile ? 'POLICY_FILE' : 'default';
  if (policy) await publishPolicy(db, { store, policy, source: 'start', author });
}

function settingsOf(config: Config): Policy | undefined {
  try {
    return loadPolicy(config);
  } catch (error) {
    if (error instanceof PolicyFileError) return undefined;
    throw error;
  }
}
