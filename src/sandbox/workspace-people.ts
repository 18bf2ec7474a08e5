import type { WorkspaceState } from './workspace-state.ts';

export type Person = {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly kind: 'member' | 'guest' | 'bot' | 'deactivated' | 'stranger';
};

export const botUserId = 'UBOT00005';
export const appId = 'ARETURNS1';
export const approvalsChannel = 'CAPPROVALS';
export const supportChannel = 'CSUPPORT';
export const managersGroup = 'SMANAGERS1';

/** The workspace of Birch & Loom, and the kinds of people who must not be able to approve. */
export const people: readonly Person[] = [
  { id: 'UMAYA0001', name: 'Maya Lindqvist', title: 'Operations manager', kind: 'member' },
  { id: 'UNOAH0002', name: 'Noah Abara', title: 'Store manager', kind: 'member' },
  { id: 'UIRIS0003', name: 'Iris Molina', title: 'Customer support', kind: 'member' },
  { id: 'UGUEST004', name: 'Gus Temple', title: 'Photographer', kind: 'guest' },
  { id: botUserId, name: 'Returns', title: '', kind: 'bot' },
  { id: 'UGONE0006', name: 'Petra Vance', title: 'Former manager', kind: 'deactivated' },
  { id: 'UOTHER007', name: 'Sam Odell', title: 'At a supplier', kind: 'stranger' },
  { id: 'UDEPLOY08', name: 'Deploys', title: '', kind: 'bot' },
];

/** As they are at first. */
export const groups: Readonly<Record<string, readonly string[]>> = {
  [managersGroup]: ['UMAYA0001', 'UNOAH0002'],
};

export function membersOf(groupId: string, state: WorkspaceState): readonly string[] | undefined {
  return state.groupMembers[groupId] ?? groups[groupId];
}

export const channels: Readonly<Record<string, string>> = {
  [approvalsChannel]: 'refund-approvals',
  [supportChannel]: 'customer-support',
  CGENERAL01: 'general',
  CMANAGERS1: 'store-managers',
};

export const privateChannels: ReadonlySet<string> = new Set(['CMANAGERS1']);

export function teamOf(person: Person, homeTeamId: string): string {
  return person.kind === 'stranger' ? 'T0SUPPLIER' : homeTeamId;
}

export function botIdOf(botUser: string): string {
  return `B${botUser.slice(1)}`;
}

export const botId = botIdOf(botUserId);

export function findPerson(id: string): Person | undefined {
  return people.find((person) => person.id === id);
}

/** The `user` object of users.info. */
export function userJson(person: Person, homeTeamId: string, isDeactivated = false) {
  const guest = person.kind === 'guest';
  return {
    id: person.id,
    team_id: teamOf(person, homeTeamId),
    name: userName(person),
    real_name: person.name,
    deleted: isDeactivated || person.kind === 'deactivated',
    profile: { real_name: person.name, display_name: person.name.split(' ', 1)[0], title: person.title },
    is_bot: person.kind === 'bot',
    is_restricted: guest,
    is_ultra_restricted: false,
    is_stranger: person.kind === 'stranger',
    is_app_user: false,
    is_admin: false,
    tz: 'America/New_York',
  };
}

export function userName(person: Person): string {
  return person.name.toLowerCase().replaceAll(' ', '.');
}
