import { createInstallRoutes } from '../adapters/slack/install-routes.ts';
import type { SlackApp } from '../adapters/slack/slack-app.ts';
import type { InstallingConfig } from '../config/slack.ts';
import type { Config } from '../config.ts';
import { createAdminPageGate } from '../http/admin-page-gate.ts';
import type { Route } from '../http/route.ts';
import type { Log } from '../log.ts';
import type { InstallationStore } from '../ports/installations.ts';
import { recordAudit } from '../storage/audit-log.ts';
import type { Db } from '../storage/database.ts';
import { recordInbound } from '../storage/inbox.ts';
import {
  deleteInstallation,
  type FoundInstallation,
  findInstallation,
  listInstallations,
  storeInstallation,
} from '../storage/installations.ts';
import { createTokenCipher } from '../storage/token-cipher.ts';

export type SlackInstallations = InstallationStore & {
  routes(slack: SlackApp): readonly Route[];
  /** Reads every row, so that after a start with two keys the older one is needed no more. Never throws. */
  renew(): Promise<void>;
};

type InstallationStoreOptions = {
  readonly db: Db;
  readonly store: string;
  readonly installing: InstallingConfig;
  readonly log: Log;
};

/** Undefined where only the token's own workspace may talk to the bot. */
export function createSlackInstallations(
  { slack, shopify, http, adminToken }: Config,
  db: Db,
  log: Log,
): SlackInstallations | undefined {
  const installing = slack?.installing;
  if (!slack || !installing) return undefined;
  const options = { db, store: shopify?.storeDomain ?? '', installing, log };
  const installations = createInstallationStore(options);
  const { publicUrl, host } = http;
  return {
    ...installations,
    renew: () =>
      renewInstallations(options).catch((error: unknown) =>
        log.warn('Tokens of Slack workspaces were not looked through', { error }),
      ),
    routes({ staffDirectory }) {
      if (publicUrl === undefined) {
        log.warn('No Slack workspace can install the app', { variable: 'PUBLIC_URL' });
        return [];
      }
      return createInstallRoutes({
        ...installing,
        apiUrl: slack.apiUrl,
        publicUrl,
        installations,
        homeTeamId: staffDirectory.homeTeamId,
        refuse: createAdminPageGate({ adminToken, host, publicUrl }),
        now: () => new Date(),
        log,
      });
    },
  };
}

/** Installations as rows, their tokens encrypted, who came and went in the audit log. */
function createInstallationStore(options: InstallationStoreOptions): InstallationStore {
  const { db, store, log } = options;
  const cipher = createTokenCipher(options.installing.encryptionKeys);
  return {
    async find(installedIn) {
      const found = await findInstallation(db, cipher, { store, installedIn });
      reportUnreadable(log, installedIn, found);
      return found.kind === 'found' ? found.installation : undefined;
    },
    async save(installation) {
      await db.transaction(async (tx) => {
        await storeInstallation(tx, cipher, store, installation);
        await recordAudit(tx, {
          store,
          actor: installation.installedBy ?? 'system',
          action: 'workspace.installed',
          subject: installation.installedIn,
        });
      });
    },
    async remove(installedIn, at) {
      // Slack writes whole seconds; the row may be of the same one.
      const before = new Date(at.getTime() + 1_000);
      await db.transaction(async (tx) => {
        if (!(await deleteInstallation(tx, { store, installedIn }, before))) return;
        await recordAudit(tx, { store, actor: 'system', action: 'workspace.removed', subject: installedIn });
      });
    },
    async claimOnce(id) {
      const entry = { store, provider: 'slack-install', providerMessageId: id };
      return (await db.transaction((tx) => recordInbound(tx, entry))) === 'new';
    },
  };
}

async function renewInstallations(options: InstallationStoreOptions): Promise<void> {
  const { db, store, log, installing } = options;
  const cipher = createTokenCipher(installing.encryptionKeys);
  for (const installedIn of await listInstallations(db, store)) {
    reportUnreadable(log, installedIn, await findInstallation(db, cipher, { store, installedIn }));
  }
}

function reportUnreadable(log: Log, installedIn: string, found: FoundInstallation): void {
  if (found.kind !== 'unreadable') return;
  log.error('A Slack workspace must be installed again: its token cannot be decrypted', {
    code: installedIn,
    variable: 'TOKEN_ENCRYPTION_KEY',
  });
}
