import { readdirSync, readFileSync } from 'node:fs';
import type { AppsManifestValidateArguments } from '@slack/web-api';
import { describe, expect, expectTypeOf, test } from 'vitest';
import manifest from '../../../slack-manifest.json' with { type: 'json' };
import {
  returnsCommand,
  sendToCustomerCallbackId,
  slackEvents,
} from '../../../src/adapters/slack/slack-events.ts';
import { slackMethods } from '../../../src/adapters/slack/slack-methods.ts';

/** Frozen here from https://docs.slack.dev/reference/methods, so that a new method is a decision. */
const scopesByMethod = {
  'assistant.threads.setStatus': ['assistant:write'],
  'auth.test': [],
  'chat.postEphemeral': ['chat:write'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['channels:history', 'groups:history'],
  'conversations.replies': ['channels:history', 'groups:history'],
  'files.completeUploadExternal': ['files:write'],
  'files.getUploadURLExternal': ['files:write'],
  'usergroups.users.list': ['usergroups:read'],
  'users.info': ['users:read'],
  'views.open': [],
  'views.publish': [],
};
/** From https://docs.slack.dev/reference/events */
const scopesByEvent = {
  app_home_opened: [],
  app_mention: ['app_mentions:read'],
  app_uninstalled: [],
  'message.channels': ['channels:history'],
  'message.groups': ['groups:history'],
  'message.im': ['im:history'],
  tokens_revoked: [],
};
/** Slash commands and shortcuts: https://docs.slack.dev/reference/scopes/commands */
const scopeOfCommands = 'commands';

const { features, settings, oauth_config: oauth, display_information: display } = manifest;

const folder = new URL('../../../src/adapters/slack/', import.meta.url);
const sources = readdirSync(folder)
  .filter((name) => !/^slack-(methods|events)\.ts$/.test(name))
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');
const named = (pattern: RegExp) => new Set([...sources.matchAll(pattern)].map(([, name]) => name));
const listOf = (table: Readonly<Record<string, { readonly scopes: readonly string[] }>>) =>
  Object.fromEntries(Object.entries(table).map(([name, { scopes }]) => [name, [...scopes]]));

describe('the scopes', () => {
  test('of every method and every event are these', () => {
    expect(listOf(slackMethods)).toEqual(scopesByMethod);
    expect(slackEvents).toEqual(scopesByEvent);
  });

  test('are asked for when a method, an event or the commands need them, and no others', () => {
    const needed = new Set([
      ...Object.values(scopesByMethod).flat(),
      ...Object.values(scopesByEvent).flat(),
      scopeOfCommands,
    ]);
    expect(oauth.scopes).toEqual({ bot: [...needed].sort() });
  });
});

describe('what the program does', () => {
  test('calls every method it has the scopes of, and no other', () => {
    expect(named(/\.call\(\s*'([\w.]+)'/g)).toEqual(new Set(Object.keys(scopesByMethod)));
  });

  test('listens for every event the manifest subscribes to, and no other', () => {
    expect(settings.event_subscriptions.bot_events).toEqual(Object.keys(scopesByEvent).sort());
    const heard = named(/app\.event\(\s*'([\w.]+)'/g);
    if (/app\.message\(/.test(sources)) heard.add('message');
    const subscribed = Object.keys(scopesByEvent).map((name) => name.replace(/^message\..*/, 'message'));
    expect(heard).toEqual(new Set(subscribed));
  });

  test('answers the slash command and the shortcut of the manifest, and no other', () => {
    expect(features.slash_commands.map(({ command }) => command)).toEqual([returnsCommand]);
    expect(features.shortcuts).toMatchObject([{ type: 'message', callback_id: sendToCustomerCallbackId }]);
    expect(sources.match(/app\.command\((\w+)/g)).toEqual(['app.command(returnsCommand']);
    expect(sources.match(/app\.shortcut\b/g)).toHaveLength(1);
    expect(sources).toContain('callback_id: sendToCustomerCallbackId');
  });
});

describe('the manifest', () => {
  test('sends clicks, events and commands to the one address the program serves', () => {
    const address = 'https://YOUR_PUBLIC_URL/slack/events';
    expect(settings.interactivity).toEqual({ is_enabled: true, request_url: address });
    expect(settings.event_subscriptions.request_url).toBe(address);
    expect(features.slash_commands.map(({ url }) => url)).toEqual([address]);
    expect(oauth.redirect_urls).toEqual(['https://YOUR_PUBLIC_URL/slack/oauth_redirect']);
  });

  test('shows the Home tab, and lets people write in the Messages tab', () => {
    expect(features.app_home).toEqual({
      home_tab_enabled: true,
      messages_tab_enabled: true,
      messages_tab_read_only_enabled: false,
    });
  });

  test('keeps within the lengths Slack takes', () => {
    expect(manifest._metadata.major_version).toBe(2);
    expect(display.name.length).toBeLessThanOrEqual(35);
    expect(display.description.length).toBeLessThanOrEqual(140);
    expect(features.agent_view.agent_description.length).toBeLessThanOrEqual(300);
    expect(features.agent_view.suggested_prompts.length).toBeLessThanOrEqual(4);
    for (const { name, description } of features.shortcuts) {
      expect(name.length).toBeLessThanOrEqual(24);
      expect(description.length).toBeLessThanOrEqual(150);
    }
  });

  test('has the shape the Slack library describes', () => {
    expectTypeOf(manifest).toExtend<Wide<Manifest>>();
    expectTypeOf<Surplus<typeof manifest, KnownPart>>().toEqualTypeOf<never>();
    expectTypeOf<keyof typeof slackEvents>().toExtend<BotEvent>();
    // The library's list of scopes is behind Slack's: https://docs.slack.dev/reference/scopes/assistant.write
    expectTypeOf<Exclude<UsedScope, BotScope>>().toEqualTypeOf<'assistant:write'>();
  });
});

type UsedScope =
  | (typeof slackMethods)[keyof typeof slackMethods]['scopes'][number]
  | (typeof slackEvents)[keyof typeof slackEvents][number];
type Part<Key extends keyof KnownPart> = NonNullable<KnownPart[Key]>;
type BotScope = NonNullable<NonNullable<Part<'oauth_config'>['scopes']>['bot']>[number];
type BotEvent = NonNullable<NonNullable<Part<'settings'>['event_subscriptions']>['bot_events']>[number];

type Manifest = AppsManifestValidateArguments['manifest'];
/** Without the index signature that lets any key through. */
type KnownPart = { [Key in keyof Manifest as string extends Key ? never : Key]: Manifest[Key] };
/** Imported JSON knows its strings as strings only. */
type Wide<T> = T extends string ? string : T extends object ? { [Key in keyof T]: Wide<T[Key]> } : T;
/** The keys the library does not know, at any depth. */
type Surplus<Given, Known> = Given extends readonly (infer Each)[]
  ? Known extends readonly (infer Other)[]
    ? Surplus<Each, Other>
    : 'a list'
  : Given extends object
    ? {
        [Key in keyof Given]: Key extends keyof Known ? Surplus<Given[Key], NonNullable<Known[Key]>> : Key;
      }[keyof Given]
    : never;
