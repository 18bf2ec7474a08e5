import { type Refusal, refused } from './workspace-methods.ts';
import { channels, findPerson, people, privateChannels } from './workspace-people.ts';
import type { WorkspaceState } from './workspace-state.ts';

export type Place = {
  readonly id: string;
  readonly name: string;
  /** As `channel_type` names it. */
  readonly kind: 'channel' | 'group' | 'im';
};

/** The direct messages between this person and the bot. */
export function directChannelOf(userId: string): string {
  return `D${userId.slice(1)}`;
}

export function personIn(directChannel: string): string | undefined {
  return people.find(({ id }) => directChannelOf(id) === directChannel)?.id;
}

export function findPlace(id: string): Place | undefined {
  const name = channels[id];
  if (name !== undefined) return { id, name, kind: privateChannels.has(id) ? 'group' : 'channel' };
  return personIn(id) === undefined ? undefined : { id, name: 'directmessage', kind: 'im' };
}

/** A person's id stands for the direct messages with them: https://docs.slack.dev/reference/methods/chat.postMessage */
export function whereToPost(channel: string): string {
  return findPerson(channel) ? directChannelOf(channel) : channel;
}

export function refuseReading(channel: string, state: WorkspaceState): Refusal | undefined {
  if (!findPlace(channel)) return refused('channel_not_found');
  if (!state.leftChannels.includes(channel)) return undefined;
  return refused(privateChannels.has(channel) ? 'channel_not_found' : 'not_in_channel');
}

export function refuseWriting(channel: string, state: WorkspaceState): Refusal | undefined {
  const unreadable = refuseReading(channel, state);
  if (unreadable) return unreadable;
  return state.archivedChannels.includes(channel) ? refused('is_archived') : undefined;
}
