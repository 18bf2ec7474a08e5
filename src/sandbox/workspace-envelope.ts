import { randomBytes } from 'node:crypto';
import { appId, findPerson, teamOf, userName } from './workspace-people.ts';
import type { WorkspaceOptions } from './workspace-state.ts';

/** Longer than any limit on their use, so that late ones are refused for being late. */
const keptMs = 60 * 60 * 1000;

/** What every interaction says about who acted and where. */
export function envelope(userId: string, options: WorkspaceOptions) {
  const person = findPerson(userId);
  if (!person) throw new Error('Nobody by this id uses the workspace');
  const username = userName(person);
  return {
    user: { id: userId, username, name: username, team_id: teamOf(person, options.teamId) },
    api_app_id: appId,
    token: 'deprecated',
    team: { id: options.teamId, domain: 'birch-and-loom' },
    enterprise: null,
    is_enterprise_install: false,
  };
}

export function newTrigger(user: string, options: WorkspaceOptions): string {
  const { state } = options.file;
  const at = options.now().getTime();
  const id = `1.2.${randomBytes(12).toString('hex')}`;
  state.triggers = [...state.triggers.filter((each) => at - each.at < keptMs), { id, user, at, used: false }];
  return id;
}

export function newHook(
  target: { readonly user: string; readonly channel: string; readonly ts: string },
  options: WorkspaceOptions,
): { readonly url: string; readonly at: number } {
  const { state } = options.file;
  const at = options.now().getTime();
  const id = randomBytes(12).toString('hex');
  state.hooks = [...state.hooks.filter((each) => at - each.at < keptMs), { ...target, id, at, uses: 0 }];
  return { url: `${options.baseUrl()}/response/${id}`, at };
}
