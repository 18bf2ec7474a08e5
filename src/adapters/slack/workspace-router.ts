import { ExternalError } from '../../errors.ts';
import type { InstallationStore } from '../../ports/installations.ts';
import { qualify, readQualified } from './qualified-id.ts';
import type { SlackClient } from './slack-client.ts';
import type { SlackArguments, SlackMethod } from './slack-methods.ts';

export type WorkspaceRouterOptions = {
  readonly home: SlackClient;
  readonly installations: Pick<InstallationStore, 'find'>;
  /** A client of its own per workspace: one that fails opens no other's circuit. */
  open(botToken: string): SlackClient;
};

/** A client that asks each workspace with its own token, chosen by the ids in the call. */
export function createWorkspaceRouter({ home, installations, open }: WorkspaceRouterOptions): SlackClient {
  const clients = new Map<string, { readonly botToken: string; readonly client: SlackClient }>();

  /** Read every time, so that an uninstalled workspace is asked no more by any process. */
  async function clientOf(workspace: string): Promise<SlackClient> {
    const botToken = (await installations.find(workspace))?.botToken;
    if (botToken === undefined) {
      clients.delete(workspace);
      throw refused('not_installed');
    }
    const known = clients.get(workspace);
    if (known?.botToken === botToken) return known.client;
    const client = open(botToken);
    clients.set(workspace, { botToken, client });
    return client;
  }

  return {
    async call<Method extends SlackMethod>(method: Method, args: SlackArguments[Method]) {
      const { named, plain } = readPlaces({ ...args });
      const workspace = named.find((each) => each !== undefined);
      if (workspace === undefined) return await home.call(method, args);
      // The store's own counts too: its channel and another's person do not belong into one call.
      if (named.some((each) => each !== workspace)) throw refused('other_workspace');
      const client = await clientOf(workspace);
      try {
        const answer = await client.call(method, plain as unknown as SlackArguments[Method]);
        return { ...answer, ...qualifyAnswer(workspace, { ...answer }) };
      } catch (error) {
        const isDead = error instanceof ExternalError && deadTokens.has(error.code ?? '');
        throw isDead ? refused('not_installed') : error;
      }
    },
  };
}

type Fields = Readonly<Record<string, unknown>>;

const placeNames = new Set(['channel', 'channel_id', 'trigger_id', 'user', 'user_id', 'usergroup']);
const deadTokens = new Set(['account_inactive', 'invalid_auth', 'team_access_not_granted', 'token_revoked']);

/** Of every id in a call, the workspace it names; and the call as that workspace understands it. */
function readPlaces(args: Fields) {
  const named: (string | undefined)[] = [];
  const plain: Record<string, unknown> = { ...args };
  for (const [name, value] of Object.entries(args)) {
    if (!placeNames.has(name) || typeof value !== 'string') continue;
    const { workspace, id } = readQualified(value);
    named.push(workspace);
    plain[name] = id;
  }
  return { named, plain };
}

function qualifyAnswer(workspace: string, { channel, user }: Fields): Fields {
  return {
    ...(typeof channel === 'string' ? { channel: qualify(workspace, channel) } : {}),
    ...(isFields(user) && typeof user.id === 'string'
      ? { user: { ...user, id: qualify(workspace, user.id) } }
      : {}),
  };
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

function refused(code: string): ExternalError {
  return new ExternalError({ service: 'slack', retryable: false, outcome: 'refused', code });
}
