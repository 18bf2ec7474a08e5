import { WebClient } from '@slack/web-api';
import { ExternalError } from '../../errors.ts';
import type { Installation } from '../../ports/installations.ts';
import { silentLogger } from './silent-logger.ts';
import { toExternalError } from './slack-error.ts';

export type ExchangeOptions = {
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly redirectUri: string;
  readonly timeoutMs?: number | undefined;
};

/** The code of Slack's authorize page for the workspace's token. Throws ExternalError; a code works once. */
export async function exchangeCode(options: ExchangeOptions, code: string): Promise<Installation> {
  const web = new WebClient(undefined, {
    slackApiUrl: options.apiUrl,
    retryConfig: { retries: 0 },
    timeout: options.timeoutMs ?? 8000,
    rejectRateLimitedCalls: true,
    allowAbsoluteUrls: false,
    logger: silentLogger,
  });
  const answer = await web.oauth.v2
    .access({
      client_id: options.clientId,
      client_secret: options.clientSecret,
      code,
      redirect_uri: options.redirectUri,
    })
    .catch((error: unknown) => {
      throw toExternalError(error, 'writes');
    });
  const installedIn = answer.is_enterprise_install ? answer.enterprise?.id : answer.team?.id;
  if (!installedIn || !answer.access_token || answer.token_type !== 'bot') {
    throw new ExternalError({ service: 'slack', retryable: false, outcome: 'unknown', code: 'no_bot_token' });
  }
  return {
    installedIn,
    botToken: answer.access_token,
    botUserId: answer.bot_user_id,
    installedBy: answer.authed_user?.id,
  };
}
