import { ExternalError } from '../../errors.ts';
import type { Log } from '../../log.ts';
import type { Installation, InstallationStore } from '../../ports/installations.ts';
import { exchangeCode } from './exchange-code.ts';
import { type InstallOutcome, installPage } from './install-page.ts';
import { createInstallState, stateTtlSeconds } from './install-state.ts';
import { slackEvents } from './slack-events.ts';
import { slackMethods } from './slack-methods.ts';

export type InstallRoutesOptions = {
  readonly apiUrl: string;
  /** What Slack calls the program. The `Host` header is whatever the visitor's browser was told. */
  readonly publicUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly encryptionKeys: readonly Buffer[];
  readonly installations: InstallationStore;
  homeTeamId(): Promise<string>;
  /**
   * Whether this visitor may bring in a workspace; the answer to send when not. Whoever installs makes the
   * members of that workspace staff, so the address must not be open to everybody.
   */
  refuse(request: InstallRequest): InstallResponse | undefined;
  now(): Date;
  readonly log: Log;
  readonly timeoutMs?: number | undefined;
};

export type InstallRequest = {
  readonly query: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
};

export type InstallResponse = {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
};

const cookieName = 'slack_install';

/** `GET /slack/install` sends the visitor to Slack; `GET /slack/oauth_redirect` is where Slack sends them back. */
export function createInstallRoutes(options: InstallRoutesOptions) {
  const { installations, log } = options;
  const states = createInstallState(options.encryptionKeys, options.now);
  const redirectUri = `${options.publicUrl}/slack/oauth_redirect`;
  const isSecure = options.publicUrl.startsWith('https:');

  function setCookie(value: string, maxAgeSeconds: number): string {
    // Lax: the cookie must come along when Slack's page sends the browser back.
    const flags = `Path=/slack; Max-Age=${maxAgeSeconds}; HttpOnly; SameSite=Lax${isSecure ? '; Secure' : ''}`;
    return `${cookieName}=${value}; ${flags}`;
  }

  async function install(request: InstallRequest): Promise<InstallResponse> {
    const refusal = options.refuse(request);
    if (refusal) return refusal;
    const { state, cookie } = states.begin();
    // Beside the API, at Slack and at a stand-in: https://slack.com/oauth/v2/authorize.
    const location = new URL('../oauth/v2/authorize', options.apiUrl);
    location.search = new URLSearchParams({
      client_id: options.clientId,
      scope: installScopes.join(','),
      redirect_uri: redirectUri,
      state,
    }).toString();
    return {
      status: 302,
      headers: { location: location.href, 'set-cookie': setCookie(cookie, stateTtlSeconds) },
    };
  }

  async function finish(query: URLSearchParams, cookie: string | undefined): Promise<InstallOutcome> {
    const id = states.check(query.get('state') ?? undefined, cookie);
    if (id === undefined || !(await installations.claimOnce(id))) return 'bad-state';
    if (query.has('error')) return 'cancelled';
    const code = query.get('code');
    if (!code) return 'refused';
    const installation: Installation = await exchangeCode({ ...options, redirectUri }, code);
    if (installation.installedIn === (await options.homeTeamId())) return 'home';
    await installations.save(installation);
    log.info('The app was installed in a Slack workspace', { code: installation.installedIn });
    return 'installed';
  }

  async function oauthRedirect(request: InstallRequest): Promise<InstallResponse> {
    const cookie = readCookie(request.headers.cookie);
    const outcome = await finish(new URLSearchParams(request.query), cookie).catch((error: unknown) => {
      log.error('A Slack workspace was not installed', { error });
      return error instanceof ExternalError && !error.retryable ? 'refused' : 'unreachable';
    });
    const page = installPage(outcome);
    return { ...page, headers: { ...page.headers, 'set-cookie': setCookie('', 0) } };
  }

  return [
    { method: 'GET', path: '/slack/install', handle: install },
    { method: 'GET', path: '/slack/oauth_redirect', handle: oauthRedirect },
  ] as const;
}

/** The manifest asks for the same: what methods and events need, and `commands` for the slash command. */
export const installScopes: readonly string[] = [
  ...new Set([
    'commands',
    ...Object.values(slackMethods).flatMap(({ scopes }): readonly string[] => scopes),
    ...Object.values(slackEvents).flat(),
  ]),
].sort();

function readCookie(header: string | undefined): string | undefined {
  const prefix = `${cookieName}=`;
  const found = header
    ?.split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix));
  // Two of the same name: one was planted from a neighbouring address.
  return found?.length === 1 ? found[0]?.slice(prefix.length) : undefined;
}
