import { ExternalError } from '../../errors.ts';
import type { SlackClient } from './slack-client.ts';

export type HomeWorkspace = {
  readonly teamId: string;
  readonly appId: string | undefined;
  /** Whom people mention to be heard; undefined when the workspace was not learned from the token. */
  readonly botUserId?: string | undefined;
  /** Where links to its messages begin: `https://birch.slack.com/`. */
  readonly url?: string | undefined;
};

export type HomeWorkspaceOptions = {
  readonly client: SlackClient;
  readonly teamId: string | undefined;
  readonly appId: string | undefined;
};

/** Learned from the token on first use, so that a program can start while Slack is away; kept once known. */
export function createHomeWorkspace(options: HomeWorkspaceOptions): () => Promise<HomeWorkspace> {
  const { client, appId } = options;
  let known: Promise<HomeWorkspace> | undefined =
    options.teamId === undefined ? undefined : Promise.resolve({ teamId: options.teamId, appId });

  async function ask(): Promise<HomeWorkspace> {
    const { team_id: teamId, user_id: botUserId, url } = await client.call('auth.test', {});
    if (teamId === undefined) {
      throw new ExternalError({ service: 'slack', retryable: true, outcome: 'refused', code: 'no_team_id' });
    }
    return { teamId, appId, botUserId, url };
  }

  return async () => {
    known ??= ask().catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return await known;
  };
}
