import { randomUUIDv7 } from 'node:crypto';
import { and, desc, eq, sql } from 'drizzle-orm';
import { type Policy, type PolicyRules, versionPolicy } from '../returns/policy.ts';
import { diffPolicies } from '../returns/policy-diff.ts';
import { recordAudit } from './audit-log.ts';
import type { Db, Tx } from './database.ts';
import { policyPublications, policyVersions } from './schema/policies.ts';

export type Publication = typeof policyPublications.$inferSelect;
export type PolicySource = Publication['source'];

export type FoundPolicy =
  | { readonly kind: 'found'; readonly policy: Policy }
  | { readonly kind: 'unknown' }
  /** The row does not hold the rules that its version names. */
  | { readonly kind: 'unreadable' };

/**
 * Puts a policy in force, for every process of the store. Undefined when it changes nothing: the settings that
 * processes start with count only when they are others than last time, so that a restart does not take back
 * what somebody published since.
 */
export function publishPolicy(
  db: Db,
  {
    store,
    policy,
    source,
    author,
  }: {
    readonly store: string;
    readonly policy: Policy;
    readonly source: PolicySource;
    readonly author: string;
  },
): Promise<Publication | undefined> {
  return db.transaction(async (tx) => {
    // The newest row must also be the one committed last.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${`policies:${store}`}, 0))`);
    const inForce = await newestPublication(tx, store);
    const compared = source === 'start' ? await newestPublication(tx, store, source) : inForce;
    if (compared?.version === policy.version) return undefined;

    const { version, ...rules } = policy;
    await tx.insert(policyVersions).values({ store, version, rules }).onConflictDoNothing();
    const before = inForce && (await findPolicy(tx, store, inForce.version));
    const changes = before?.kind === 'found' ? diffPolicies(before.policy, policy) : [];
    const [row] = await tx
      .insert(policyPublications)
      .values({ id: randomUUIDv7(), store, version, source, author, changes })
      .returning();
    const actor = source === 'command' ? author : 'system';
    await recordAudit(tx, { store, actor, action: 'policy.published', subject: version, detail: { source } });
    return row;
  });
}

export async function newestPublication(
  tx: Tx | Db,
  store: string,
  source?: PolicySource,
): Promise<Publication | undefined> {
  const [row] = await listPublications(tx, store, { limit: 1, ...(source && { source }) });
  return row;
}

/** Newest first. */
export function listPublications(
  tx: Tx | Db,
  store: string,
  { limit, source }: { readonly limit: number; readonly source?: PolicySource },
): Promise<readonly Publication[]> {
  return tx
    .select()
    .from(policyPublications)
    .where(
      and(eq(policyPublications.store, store), source ? eq(policyPublications.source, source) : undefined),
    )
    .orderBy(desc(policyPublications.seq))
    .limit(limit);
}

export async function findPolicy(tx: Tx | Db, store: string, version: string): Promise<FoundPolicy> {
  const [row] = await tx
    .select({ rules: policyVersions.rules })
    .from(policyVersions)
    .where(and(eq(policyVersions.store, store), eq(policyVersions.version, version)));
  if (!row) return { kind: 'unknown' };
  const policy = readRules(row.rules);
  return policy?.version === version ? { kind: 'found', policy } : { kind: 'unreadable' };
}

function readRules(rules: PolicyRules): Policy | undefined {
  try {
    return versionPolicy(rules);
  } catch {
    // Somebody changed the row by hand: any part of it may be missing.
    return undefined;
  }
}
