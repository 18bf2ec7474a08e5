import type { App } from '@slack/bolt';
import type { Log } from '../../log.ts';
import type { InstallationStore } from '../../ports/installations.ts';
import { findOrigin } from './foreign-payload.ts';

/** A workspace that threw the app out, or took its token back, is forgotten. */
export function addUninstallEvents(
  app: App,
  installations: Pick<InstallationStore, 'find' | 'remove'>,
  log: Log,
): void {
  async function forget(body: { readonly event_time: number }): Promise<void> {
    const installation = await findOrigin({ ...body }, installations);
    if (!installation) return log.warn('The app was removed from a Slack workspace it is not installed in');
    await installations.remove(installation.installedIn, new Date(body.event_time * 1000));
    log.info('The app was removed from a Slack workspace', { code: installation.installedIn });
  }

  app.event('app_uninstalled', ({ body }) => forget(body));
  app.event('tokens_revoked', async ({ event, body }) => {
    // Tokens of people are not asked for; somebody leaving must not take the bot along.
    if ((event.tokens.bot ?? []).length > 0) await forget(body);
  });
}
