import type { Log } from '../log.ts';
import type { Policies } from '../refunds/context.ts';
import type { Policy } from '../returns/policy.ts';
import type { Db } from '../storage/database.ts';
import { findPolicy, newestPublication, publishPolicy } from '../storage/policies.ts';
import { watchPolicyFile } from './watch-policy-file.ts';

export type FollowedPolicies = Policies & {
  /** From then on the policy published last is in force, whoever published it. */
  start(): Promise<void>;
  stop(): void;
};

export type PoliciesOptions = {
  readonly db: Db;
  readonly store: string;
  /** What the settings of this process name; in force until the database was asked. */
  readonly own: Policy;
  readonly returns: { readonly policyFile?: string | undefined; readonly windowDays: number };
  /** False: what this process was started with is nobody's wish, as of a chat that joins a program. */
  readonly records: boolean;
  readonly log: Log;
  onInForce(policy: Policy): void;
};

const everyMs = 2_000;

export function followPolicies(options: PoliciesOptions): FollowedPolicies {
  const { db, store, own, returns, records, log } = options;
  const { policyFile } = returns;
  const readChangedFile =
    records && policyFile ? watchPolicyFile(policyFile, returns.windowDays, log) : async () => undefined;
  const known = new Map([[own.version, own]]);
  let current = own;
  let seenSeq: number | undefined;
  let unrecorded = records ? own : undefined;
  let isFailing = false;
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;

  async function find(version: string): Promise<Policy | undefined> {
    const remembered = known.get(version);
    if (remembered) return remembered;
    const found = await findPolicy(db, store, version);
    if (found.kind === 'unreadable')
      log.error('A policy in the database is not what its version names', { version });
    if (found.kind !== 'found') return undefined;
    known.set(version, found.policy);
    return found.policy;
  }

  async function takeNewest(): Promise<void> {
    const newest = await newestPublication(db, store);
    if (!newest || newest.seq === seenSeq) return;
    const policy = await find(newest.version);
    seenSeq = newest.seq;
    if (!policy || policy.version === current.version) return;
    current = policy;
    log.info('Another policy is in force', { version: policy.version });
    options.onInForce(policy);
  }

  async function look(): Promise<void> {
    try {
      unrecorded = (await readChangedFile()) ?? unrecorded;
      if (unrecorded) {
        const author = policyFile ? 'POLICY_FILE' : 'default';
        await publishPolicy(db, { store, policy: unrecorded, source: 'start', author });
        unrecorded = undefined;
      }
      await takeNewest();
      isFailing = false;
    } catch (error) {
      if (!isFailing && !isStopped)
        log.warn('The policies cannot be read: the last one stays in force', { error });
      isFailing = true;
    }
  }

  function lookLater(): void {
    if (isStopped) return;
    timer = setTimeout(() => void look().then(lookLater), everyMs).unref();
  }

  return {
    current: () => current,
    find,
    async start() {
      await look();
      if (policyFile && current.version !== own.version) {
        log.warn('The policy in force is not the one of POLICY_FILE: another was published since', {
          version: current.version,
        });
      }
      if (current.version === own.version) options.onInForce(own);
      lookLater();
    },
    stop() {
      isStopped = true;
      clearTimeout(timer);
    },
  };
}
