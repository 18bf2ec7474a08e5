import { and, eq, lt, sql } from 'drizzle-orm';
import type { Installation } from '../ports/installations.ts';
import type { Db, Tx } from './database.ts';
import { installations } from './schema/staff.ts';
import type { TokenCipher } from './token-cipher.ts';

export type InstallationKey = { readonly store: string; readonly installedIn: string };

export type FoundInstallation =
  | { readonly kind: 'found'; readonly installation: Installation }
  | { readonly kind: 'unknown' }
  /** No key fits, or the row is not what was written here. */
  | { readonly kind: 'unreadable' };

/** An earlier one of the same workspace is replaced: its token is dead, or this very one. */
export async function storeInstallation(
  tx: Tx | Db,
  cipher: TokenCipher,
  store: string,
  installation: Installation,
): Promise<void> {
  const { installedIn, botToken } = installation;
  const row = {
    botUserId: installation.botUserId ?? null,
    installedBy: installation.installedBy ?? null,
    encrypted: cipher.encrypt(botToken, placeOf({ store, installedIn })),
    updatedAt: sql`now()`,
  };
  await tx
    .insert(installations)
    .values({ store, installedIn, ...row })
    .onConflictDoUpdate({ target: [installations.store, installations.installedIn], set: row });
}

/** A row that an older key encrypted is written again with the first. */
export async function findInstallation(
  db: Db,
  cipher: TokenCipher,
  key: InstallationKey,
): Promise<FoundInstallation> {
  const [row] = await db.select().from(installations).where(atKey(key));
  if (!row) return { kind: 'unknown' };
  const decrypted = cipher.decrypt(row.encrypted, placeOf(key));
  if (!decrypted) return { kind: 'unreadable' };
  const { text: botToken, byFirstKey } = decrypted;
  if (!byFirstKey) {
    // Not `updated_at`: the workspace did not install anew. And never over a row that changed meanwhile.
    await db
      .update(installations)
      .set({ encrypted: cipher.encrypt(botToken, placeOf(key)) })
      .where(and(atKey(key), eq(installations.encrypted, row.encrypted)));
  }
  return {
    kind: 'found',
    installation: {
      installedIn: row.installedIn,
      botToken,
      botUserId: row.botUserId ?? undefined,
      installedBy: row.installedBy ?? undefined,
    },
  };
}

export async function listInstallations(db: Db, store: string): Promise<readonly string[]> {
  const rows = await db
    .select({ installedIn: installations.installedIn })
    .from(installations)
    .where(eq(installations.store, store));
  return rows.map(({ installedIn }) => installedIn);
}

/** False when there is none from before `before`. */
export async function deleteInstallation(tx: Tx | Db, key: InstallationKey, before: Date): Promise<boolean> {
  const rows = await tx
    .delete(installations)
    .where(and(atKey(key), lt(installations.updatedAt, before)))
    .returning({ installedIn: installations.installedIn });
  return rows.length > 0;
}

function atKey({ store, installedIn }: InstallationKey) {
  return and(eq(installations.store, store), eq(installations.installedIn, installedIn));
}

/** Authenticated with the text, so that a row copied to another workspace or store is worth nothing. */
function placeOf({ store, installedIn }: InstallationKey): string {
  return JSON.stringify(['slack', store, installedIn]);
}
