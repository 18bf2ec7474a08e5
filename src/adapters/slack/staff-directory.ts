import type { UsersInfoResponse } from '@slack/web-api';
import { ExternalError } from '../../errors.ts';
import type { StaffDirectory, StaffMember } from '../../ports/staff-directory.ts';
import type { HomeWorkspace } from './home-workspace.ts';
import { readQualified } from './qualified-id.ts';
import type { SlackClient } from './slack-client.ts';

export type StaffDirectoryOptions = {
  readonly client: SlackClient;
  home(): Promise<HomeWorkspace>;
  now(): Date;
};

const keepMs = 60_000;

/** Answers may be a minute old; failures are never kept. Throws ExternalError: nobody is staff by default. */
export function createStaffDirectory({ client, home, now }: StaffDirectoryOptions): StaffDirectory {
  const members = createMemory<StaffMember | undefined>(now);
  const groups = createMemory<readonly string[]>(now);

  async function askMember(userId: string): Promise<StaffMember | undefined> {
    const { teamId } = await home();
    try {
      const { user } = await client.call('users.info', { user: userId });
      return user === undefined || user.id !== userId ? undefined : toMember(user, userId, teamId);
    } catch (error) {
      if (error instanceof ExternalError && unknownUser.has(error.code ?? '')) return undefined;
      throw error;
    }
  }

  async function askGroup(groupId: string): Promise<readonly string[]> {
    const { users = [] } = await client.call('usergroups.users.list', { usergroup: groupId });
    return users;
  }

  return {
    homeTeamId: async () => (await home()).teamId,
    lookUp: (userId) => members.recall(userId, () => askMember(userId)),
    membersOf: (groupId) => groups.recall(groupId, () => askGroup(groupId)),
  };
}

const unknownUser = new Set(['not_installed', 'user_not_found', 'user_not_visible']);

function toMember(
  user: NonNullable<UsersInfoResponse['user']>,
  userId: string,
  homeTeamId: string,
): StaffMember {
  const names = [user.profile?.display_name, user.real_name, user.profile?.real_name, user.name];
  const { workspace, id } = readQualified(userId);
  const isOutsider =
    !belongsTo(workspace ?? homeTeamId, user) ||
    [user.deleted, user.is_bot, user.is_workflow_bot, user.is_stranger, user.is_invited_user].includes(
      true,
    ) ||
    [user.is_restricted, user.is_ultra_restricted].includes(true) ||
    id === 'USLACKBOT';
  return {
    userId,
    teamId: user.team_id ?? '',
    displayName: names.find((name) => name !== undefined && name !== '') ?? userId,
    isFullMember: !isOutsider,
  };
}

/** A workspace's people by its id; an organisation's, which installed the app as a whole, by the organisation. */
function belongsTo(workspace: string, user: NonNullable<UsersInfoResponse['user']>): boolean {
  return workspace.startsWith('E')
    ? user.enterprise_user?.enterprise_id === workspace
    : user.team_id === workspace;
}

function createMemory<Value>(now: () => Date) {
  const kept = new Map<string, { readonly askedAt: number; readonly value: Promise<Value> }>();
  return {
    recall(key: string, ask: () => Promise<Value>): Promise<Value> {
      const time = now().getTime();
      for (const [name, { askedAt }] of kept) {
        // A clock that was set back must not keep anybody's rights alive.
        if (askedAt > time || askedAt + keepMs <= time) kept.delete(name);
      }
      const known = kept.get(key);
      if (known !== undefined) return known.value;
      const value = ask();
      kept.set(key, { askedAt: time, value });
      value.catch(() => kept.delete(key));
      return value;
    },
  };
}
