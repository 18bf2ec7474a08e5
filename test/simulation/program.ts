import { createGuidedModel } from '../../src/adapters/guided/guided-model.ts';
import { createApprovalDesk } from '../../src/adapters/slack/approval-desk.ts';
import { createHomeWorkspace } from '../../src/adapters/slack/home-workspace.ts';
import { createSlackChannel } from '../../src/adapters/slack/slack-channel.ts';
import { createSlackClient } from '../../src/adapters/slack/slack-client.ts';
import { createStaffDirectory } from '../../src/adapters/slack/staff-directory.ts';
import { createSupportDesk } from '../../src/adapters/slack/support-desk.ts';
import { onlyPolicy } from '../../src/app/load-policy.ts';
import { createChannels, createStorefront } from '../../src/app/providers.ts';
import type { Config } from '../../src/config.ts';
import { readConfig } from '../../src/config.ts';
import type { ConversationContext } from '../../src/conversation/context.ts';
import { createLog } from '../../src/log.ts';
import { createMetrics } from '../../src/metrics.ts';
import type { Model } from '../../src/ports/model.ts';
import type { Policy } from '../../src/returns/policy.ts';
import type { Db } from '../../src/storage/database.ts';
import type { JobQueue } from '../../src/storage/jobs.ts';
import { createPersonalData } from '../../src/storage/personal-data.ts';
import { slack, storeDomain, withProviders } from './providers.ts';

const metrics = createMetrics();
export const log = createLog({ level: 'silent' });
const config = readSettings();

/** What one process builds at its start: the composition of `app.ts`, without servers and sockets. */
export function buildContext(db: Db, jobs: JobQueue, model: Model, policy: Policy): ConversationContext {
  const { shopify } = config;
  if (!shopify) throw new Error('The shop is not configured.');
  const now = () => new Date();
  const client = createSlackClient({ token: slack.token, apiUrl: slack.apiUrl });
  const home = createHomeWorkspace({ client, teamId: undefined, appId: undefined });
  const directory = createStaffDirectory({ client, home, now });
  return {
    refunds: {
      db,
      jobs,
      storefront: createStorefront(shopify, metrics),
      log,
      metrics,
      store: storeDomain,
      policies: onlyPolicy(policy),
      terms: config.returns,
      approvals: {
        desk: createApprovalDesk({ client, channel: slack.approvals }),
        directory,
        approvers: [slack.managers],
      },
    },
    models: [model, createGuidedModel()],
    personal: createPersonalData([Buffer.from('simulation')]),
    retentionDays: 90,
    storeName: 'Birch & Loom',
    channels: { ...createChannels(config, metrics), slack: createSlackChannel(client) },
    support: createSupportDesk({ client, channel: slack.support, upload: async () => {}, now }),
    supportReminderSeconds: 900,
    staff: { directory, allowed: [] },
    costMicroUsd: () => 0,
    dailyBudgetMicroUsd: 1,
  };
}

function readSettings(): Config {
  const read = readConfig({});
  if (read.kind === 'invalid') throw new Error('The settings of the simulation are invalid.');
  return withProviders(read.config);
}
