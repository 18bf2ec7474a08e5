import { removeMessage } from './workspace-edits.ts';
import type { Said } from './workspace-events.ts';
import { findPerson } from './workspace-people.ts';
import { findPlace } from './workspace-places.ts';
import type { WorkspaceOptions } from './workspace-state.ts';

/** What the owner of a workspace can do to a program. */
export type WorkspaceAdmin = {
  archive(channel: string): void;
  unarchive(channel: string): void;
  /** Takes the bot out of a channel. */
  removeBot(channel: string): void;
  inviteBot(channel: string): void;
  /** Anybody's message, the bot's too. */
  deleteMessage(channel: string, ts: string): Promise<Said>;
  setGroup(groupId: string, members: readonly string[]): void;
  deactivate(user: string): void;
  reactivate(user: string): void;
};

export function createWorkspaceAdmin(options: WorkspaceOptions): WorkspaceAdmin {
  const { file } = options;
  const mark = (list: 'archivedChannels' | 'leftChannels' | 'deactivated', id: string, on: boolean) => {
    if (!findPlace(id) && !findPerson(id)) throw new Error(`There is no ${id} in this workspace`);
    file.state[list] = [...file.state[list].filter((each) => each !== id), ...(on ? [id] : [])];
    file.save();
  };
  return {
    archive: (channel) => mark('archivedChannels', channel, true),
    unarchive: (channel) => mark('archivedChannels', channel, false),
    removeBot: (channel) => mark('leftChannels', channel, true),
    inviteBot: (channel) => mark('leftChannels', channel, false),
    deactivate: (user) => mark('deactivated', user, true),
    reactivate: (user) => mark('deactivated', user, false),
    deleteMessage: (channel, ts) => removeMessage({ channel, ts }, options),
    setGroup(groupId, members) {
      file.state.groupMembers = { ...file.state.groupMembers, [groupId]: members };
      file.save();
    },
  };
}
