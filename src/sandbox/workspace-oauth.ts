import { randomBytes } from 'node:crypto';
import type { ProgramAnswer } from './program.ts';
import { json, type StandInAnswer, type StandInRequest } from './server.ts';
import { refused } from './workspace-methods.ts';
import { appId, botUserId } from './workspace-people.ts';
import { postEvent } from './workspace-posts.ts';
import {
  type ApiCall,
  emptyWorkspaceState,
  type Fields,
  nextId,
  type WorkspaceOptions,
} from './workspace-state.ts';

/** The app's own credentials, the same in every workspace. */
export const oauthClient = { id: '5550100.5550199', secret: 'client-secret-of-the-stand-in' };

export type SlackOauth<T> = {
  /** Another company's workspace, with the same people and channel ids as a trap. */
  addWorkspace(teamId: string): Neighbour<T>;
  /** Undefined: nobody here answers to that. */
  answer(call: ApiCall): Promise<StandInAnswer> | undefined;
};

export type Neighbour<T> = {
  readonly workspace: T;
  /** Somebody presses Allow on Slack's page; where their browser is sent then. Throws what the page would say. */
  allow(authorizeUrl: string, user: string): string;
  cancel(authorizeUrl: string): string;
  /** The tokens that were given out, newest last. */
  tokens(): readonly string[];
  /** The tokens die, and Slack says so twice. */
  uninstall(): Promise<readonly ProgramAnswer[]>;
};

type Grant = {
  readonly teamId: string;
  readonly user: string;
  readonly redirectUri: string;
  readonly scope: string;
  used: boolean;
};

/** https://docs.slack.dev/authentication/installing-with-oauth */
export function createOauth<T extends { handle(request: StandInRequest): Promise<StandInAnswer> }>(
  given: WorkspaceOptions,
  open: (options: WorkspaceOptions) => T,
): SlackOauth<T> {
  const grants = new Map<string, Grant>();
  const owners = new Map<string, { readonly workspace: T; readonly teamId: string; isAlive: boolean }>();
  const workspaces = new Map<string, T>();

  function exchange(args: Fields): Fields {
    if (args.client_id !== oauthClient.id) return refused('invalid_client_id');
    if (args.client_secret !== oauthClient.secret) return refused('bad_client_secret');
    const grant = grants.get(String(args.code));
    if (!grant) return refused('invalid_code');
    if (grant.used) return refused('code_already_used');
    if (args.redirect_uri !== grant.redirectUri) return refused('bad_redirect_uri');
    grant.used = true;
    const workspace = workspaces.get(grant.teamId);
    if (!workspace) return refused('internal_error');
    const token = `xoxb-neighbour-${randomBytes(12).toString('hex')}`;
    owners.set(token, { workspace, teamId: grant.teamId, isAlive: true });
    return {
      ok: true,
      access_token: token,
      token_type: 'bot',
      scope: grant.scope,
      bot_user_id: botUserId,
      app_id: appId,
      team: { id: grant.teamId, name: 'Neighbour' },
      enterprise: null,
      is_enterprise_install: false,
      authed_user: { id: grant.user },
    };
  }

  function readAuthorizePage(authorizeUrl: string) {
    const { pathname, searchParams } = new URL(authorizeUrl);
    const redirectUri = searchParams.get('redirect_uri') ?? '';
    if (!pathname.endsWith('/oauth/v2/authorize')) throw new Error('Slack has no such page');
    if (searchParams.get('client_id') !== oauthClient.id) throw new Error('invalid_client_id');
    if (redirectUri !== `${given.program.publicUrl()}/slack/oauth_redirect`) {
      throw new Error('redirect_uri did not match any configured URIs');
    }
    return {
      redirectUri,
      scope: searchParams.get('scope') ?? '',
      sendBack(answer: Readonly<Record<string, string>>): string {
        const state = searchParams.get('state');
        return `${redirectUri}?${new URLSearchParams({ ...answer, ...(state ? { state } : {}) }).toString()}`;
      },
    };
  }

  return {
    addWorkspace(teamId) {
      const file = { state: emptyWorkspaceState(), save() {} };
      const options = { ...given, file, teamId, botToken: '' };
      const workspace = open(options);
      workspaces.set(teamId, workspace);
      const own = () => [...owners].filter(([, owner]) => owner.teamId === teamId);
      const sendEvent = (event: Fields) =>
        postEvent(options, {
          token: 'deprecated',
          team_id: teamId,
          api_app_id: appId,
          event,
          type: 'event_callback',
          event_id: nextId(file.state, 'Ev'),
          event_time: Math.floor(given.now().getTime() / 1000),
        });
      return {
        workspace,
        allow(authorizeUrl, user) {
          const page = readAuthorizePage(authorizeUrl);
          const code = randomBytes(16).toString('hex');
          grants.set(code, { teamId, user, redirectUri: page.redirectUri, scope: page.scope, used: false });
          return page.sendBack({ code });
        },
        cancel: (authorizeUrl) => readAuthorizePage(authorizeUrl).sendBack({ error: 'access_denied' }),
        tokens: () => own().map(([token]) => token),
        async uninstall() {
          for (const [, owner] of own()) owner.isAlive = false;
          return [
            await sendEvent({ type: 'tokens_revoked', tokens: { oauth: [], bot: [botUserId] } }),
            await sendEvent({ type: 'app_uninstalled' }),
          ];
        },
      };
    },

    answer({ name, token, args, request }) {
      if (name === 'oauth.v2.access') return Promise.resolve(json(200, exchange(args)));
      const owner = typeof token === 'string' ? owners.get(token) : undefined;
      if (!owner) return undefined;
      if (!owner.isAlive) return Promise.resolve(json(200, refused('account_inactive')));
      return owner.workspace.handle({
        ...request,
        headers: { ...request.headers, authorization: 'Bearer ' },
      });
    },
  };
}
