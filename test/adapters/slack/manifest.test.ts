import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { slackMethods } from '../../../src/adapters/slack/slack-methods.ts';

const manifest = JSON.parse(readFileSync(new URL('../../../slack-manifest.json', import.meta.url), 'utf8'));

/** Frozen here from https://docs.slack.dev/reference/methods, so that a new method is a decision. */
const scopesByMethod = {
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
};

test('calls only these methods, with these scopes', () => {
  const used = Object.entries(slackMethods).map(([method, { scopes }]) => [method, [...scopes]]);
  expect(Object.fromEntries(used)).toEqual(scopesByMethod);
});

test('asks for exactly the scopes its methods need', () => {
  const needed = new Set(Object.values(scopesByMethod).flat());
  expect(manifest.oauth_config.scopes).toEqual({ bot: [...needed].sort() });
});

test('receives clicks and events at the one address the program serves', () => {
  const address = 'https://YOUR_PUBLIC_URL/slack/events';
  expect(manifest._metadata.major_version).toBe(2);
  expect(manifest.settings.interactivity).toEqual({ is_enabled: true, request_url: address });
  expect(manifest.settings.event_subscriptions.request_url).toBe(address);
});
