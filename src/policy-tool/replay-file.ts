import type { Config } from '../config.ts';
import { needsShopFacts } from '../returns/needs-shop-facts.ts';
import type { Policy } from '../returns/policy.ts';
import { findPolicy } from '../storage/policies.ts';
import { eachReturnRequest, type StoredRequest } from '../storage/return-requests.ts';
import { judgeStored, type Rejudged } from './judge-stored.ts';
import { type Records, withRecords } from './open-records.ts';
import { readPolicyFile } from './read-policy-file.ts';
import { sayTally, tallyAsJson } from './say-tally.ts';
import { count, newTally, type Tally } from './tally.ts';

const dayMs = 86_400_000;

/** Judges everything that was asked again as if the file had been in force then. Changes nothing. */
export async function replayFile(
  config: Config,
  { file, days, json }: { readonly file: string; readonly days: number; readonly json: boolean },
): Promise<readonly string[]> {
  const policy = await readPolicyFile(config, file);
  const since = new Date(Date.now() - days * dayMs);
  const tally = await withRecords(config, (records) => replay(records, policy, since));
  const about = { file, version: policy.version, since };
  return json ? [JSON.stringify(tallyAsJson(tally, about), null, 2)] : sayTally(tally, about);
}

/** One page of requests is held at a time. */
export async function replay({ db, store }: Records, policy: Policy, since: Date): Promise<Tally> {
  const tally = newTally();
  const known = new Map<string, Policy | undefined>();
  const policyOf = async (version: string): Promise<Policy | undefined> => {
    if (!known.has(version)) {
      const found = await findPolicy(db, store, version);
      known.set(version, found.kind === 'found' ? found.policy : undefined);
    }
    return known.get(version);
  };
  for await (const row of eachReturnRequest(db, store, since)) {
    const old = await policyOf(row.policyVersion);
    tally.requests += 1;
    if (needsShopFacts(policy) && old && !needsShopFacts(old)) tally.withoutFacts += 1;
    const rejudged = tryJudge(row, old, policy);
    if (rejudged) count(tally, row, rejudged);
    else tally.unreadable += 1;
  }
  return tally;
}

function tryJudge(row: StoredRequest, old: Policy | undefined, policy: Policy): Rejudged | undefined {
  try {
    return judgeStored(row, old, policy);
  } catch {
    // What an order holds may have grown since the row was written. It is counted as not judged.
    return undefined;
  }
}
