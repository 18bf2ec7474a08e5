import type {
  AssistantThreadsSetStatusArguments,
  AssistantThreadsSetStatusResponse,
  AuthTestArguments,
  AuthTestResponse,
  ChatPostEphemeralArguments,
  ChatPostEphemeralResponse,
  ChatPostMessageArguments,
  ChatPostMessageResponse,
  ChatUpdateArguments,
  ChatUpdateResponse,
  ConversationsHistoryArguments,
  ConversationsHistoryResponse,
  ConversationsRepliesArguments,
  ConversationsRepliesResponse,
  FilesCompleteUploadExternalArguments,
  FilesCompleteUploadExternalResponse,
  FilesGetUploadURLExternalResponse,
  UsergroupsUsersListArguments,
  UsergroupsUsersListResponse,
  UsersInfoArguments,
  UsersInfoResponse,
  ViewsOpenArguments,
  ViewsOpenResponse,
  ViewsPublishArguments,
  ViewsPublishResponse,
} from '@slack/web-api';

/**
 * Every Web API method this program calls, whether a lost answer may have left something behind, and the
 * bot scopes it needs (https://docs.slack.dev/reference/methods). The manifest asks for exactly these.
 */
export const slackMethods = {
  'assistant.threads.setStatus': { effect: 'writes', scopes: ['assistant:write'] },
  'auth.test': { effect: 'reads', scopes: [] },
  'chat.postEphemeral': { effect: 'writes', scopes: ['chat:write'] },
  'chat.postMessage': { effect: 'writes', scopes: ['chat:write'] },
  'chat.update': { effect: 'writes', scopes: ['chat:write'] },
  'conversations.history': { effect: 'reads', scopes: ['channels:history', 'groups:history'] },
  'conversations.replies': { effect: 'reads', scopes: ['channels:history', 'groups:history'] },
  'files.completeUploadExternal': { effect: 'writes', scopes: ['files:write'] },
  'files.getUploadURLExternal': { effect: 'reads', scopes: ['files:write'] },
  'usergroups.users.list': { effect: 'reads', scopes: ['usergroups:read'] },
  'users.info': { effect: 'reads', scopes: ['users:read'] },
  'views.open': { effect: 'writes', scopes: [] },
  'views.publish': { effect: 'writes', scopes: [] },
} as const satisfies Readonly<
  Record<string, { readonly effect: 'reads' | 'writes'; readonly scopes: readonly string[] }>
>;

export type SlackMethod = keyof typeof slackMethods;

export type SlackArguments = {
  readonly 'assistant.threads.setStatus': AssistantThreadsSetStatusArguments;
  readonly 'auth.test': AuthTestArguments;
  readonly 'chat.postEphemeral': ChatPostEphemeralArguments;
  readonly 'chat.postMessage': ChatPostMessageArguments;
  readonly 'chat.update': ChatUpdateArguments;
  readonly 'conversations.history': ConversationsHistoryArguments;
  readonly 'conversations.replies': ConversationsRepliesArguments;
  readonly 'files.completeUploadExternal': FilesCompleteUploadExternalArguments;
  readonly 'files.getUploadURLExternal': { readonly filename: string; readonly length: number };
  readonly 'usergroups.users.list': UsergroupsUsersListArguments;
  readonly 'users.info': UsersInfoArguments;
  readonly 'views.open': ViewsOpenArguments;
  readonly 'views.publish': ViewsPublishArguments;
};

export type SlackAnswers = {
  readonly 'assistant.threads.setStatus': AssistantThreadsSetStatusResponse;
  readonly 'auth.test': AuthTestResponse;
  readonly 'chat.postEphemeral': ChatPostEphemeralResponse;
  readonly 'chat.postMessage': ChatPostMessageResponse;
  readonly 'chat.update': ChatUpdateResponse;
  readonly 'conversations.history': ConversationsHistoryResponse;
  readonly 'conversations.replies': ConversationsRepliesResponse;
  readonly 'files.completeUploadExternal': FilesCompleteUploadExternalResponse;
  readonly 'files.getUploadURLExternal': FilesGetUploadURLExternalResponse;
  readonly 'usergroups.users.list': UsergroupsUsersListResponse;
  readonly 'users.info': UsersInfoResponse;
  readonly 'views.open': ViewsOpenResponse;
  readonly 'views.publish': ViewsPublishResponse;
};
