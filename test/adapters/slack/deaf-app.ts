import { App } from '@slack/bolt';
import { silentLogger } from '../../../src/adapters/slack/silent-logger.ts';

/** Bolt with no way in: a test hands it what Slack would have sent. */
export function createDeafApp(slackApiUrl?: string): App {
  return new App({
    receiver: { init() {}, async start() {}, async stop() {} },
    logger: silentLogger,
    authorize: async () => ({}),
    ...(slackApiUrl ? { clientOptions: { slackApiUrl } } : {}),
    convoStore: false,
    ignoreSelf: false,
  });
}
