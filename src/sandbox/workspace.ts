import { createFaults, type Faults } from './faults.ts';
import type { ProgramAnswer } from './program.ts';
import type { Answer, StandInAnswer, StandInRequest } from './server.ts';
import type { Sockets } from './sockets.ts';
import { createWorkspaceAdmin, type WorkspaceAdmin } from './workspace-admin.ts';
import { createSlackApi } from './workspace-api.ts';
import { edit, removeMessage } from './workspace-edits.ts';
import { redeliver, type Said, type SaidEvent } from './workspace-events.ts';
import { showFile } from './workspace-files.ts';
import { type Click, type Command, click, command } from './workspace-gestures.ts';
import { clickHome, type HomeClick, openHome } from './workspace-home.ts';
import { closeModal, type Submission, submitModal } from './workspace-modals.ts';
import { createOauth, type Neighbour } from './workspace-oauth.ts';
import { approvalsChannel } from './workspace-people.ts';
import { type Saying, say } from './workspace-say.ts';
import { type Shortcut, shortcut } from './workspace-shortcut.ts';
import {
  emptyWorkspaceState,
  type Fields,
  type HomeTab,
  type OpenModal,
  type SlackMessage,
  type ThreadStatus,
  type WorkspaceOptions,
} from './workspace-state.ts';
import { statusOf, workingThreads } from './workspace-status.ts';

/** Slack: a Web API on one side, people at their screens on the other. */
export type Workspace = {
  handle(request: StandInRequest): Promise<StandInAnswer>;
  click(gesture: Click): Promise<ProgramAnswer>;
  clickHome(gesture: HomeClick): Promise<ProgramAnswer>;
  submitModal(gesture: Submission): Promise<ProgramAnswer>;
  closeModal(user: string, viewId: string): void;
  command(gesture: Command): Promise<ProgramAnswer>;
  shortcut(gesture: Shortcut): Promise<ProgramAnswer>;
  say(saying: Saying): Promise<Said>;
  edit(gesture: Target & { readonly user: string; readonly text: string }): Promise<Said>;
  remove(gesture: Target & { readonly user: string }): Promise<Said>;
  openHome(user: string, tab: 'home' | 'messages'): Promise<Said>;
  redeliver(envelope: Fields, retry: number): Promise<SaidEvent>;
  /** Messages with blocks in the approvals channel, oldest first. Like every view here: as of now, a copy. */
  cards(): readonly SlackMessage[];
  messagesIn(channel: string): readonly SlackMessage[];
  /** The root and its replies, oldest first. */
  thread(channel: string, ts: string): readonly SlackMessage[];
  ephemerals(): readonly SlackMessage[];
  /** A shared picture, as people see it. */
  file(id: string): Answer;
  openModals(): readonly OpenModal[];
  homeOf(user: string): HomeTab | undefined;
  homes(): readonly HomeTab[];
  /** What the bot says it is doing in a thread; undefined once it answered. */
  statusOf(channel: string, threadTs: string): string | undefined;
  /** Where it says it is doing something, now. */
  working(): readonly ThreadStatus[];
  /** All it ever said of itself, with '' where it stopped. */
  statuses(): readonly ThreadStatus[];
  /** Another company's, which may install the app. */
  addNeighbour(teamId: string): Neighbour<Workspace>;
  readonly admin: WorkspaceAdmin;
  /** With Socket Mode only. */
  readonly sockets: Sockets | undefined;
  readonly faults: Faults;
};

type Target = { readonly channel: string; readonly ts: string };

export function createWorkspace(given: WorkspaceOptions): Workspace {
  const faults = given.faults ?? createFaults();
  const oauth = createOauth({ ...given, faults }, createWorkspace);
  const options = { ...given, faults, elsewhere: oauth.answer };
  const { state } = options.file;
  // What an earlier version of the program kept lacks what came since.
  Object.assign(state, { ...emptyWorkspaceState(), ...state });
  const messagesIn = (channel: string) =>
    structuredClone(state.messages.filter((message) => message.channel === channel));
  return {
    faults,
    addNeighbour: oauth.addWorkspace,
    admin: createWorkspaceAdmin(options),
    sockets: options.sockets,
    handle: createSlackApi(options),
    click: (gesture) => click(gesture, options),
    clickHome: (gesture) => clickHome(gesture, options),
    submitModal: (gesture) => submitModal(gesture, options),
    closeModal: (user, viewId) => closeModal(user, viewId, options),
    command: (gesture) => command(gesture, options),
    shortcut: (gesture) => shortcut(gesture, options),
    say: (saying) => say(saying, options),
    edit: (gesture) => edit(gesture, options),
    remove: (gesture) => removeMessage(gesture, options),
    openHome: async (user, tab) => openHome(user, tab, options),
    redeliver: (envelope, retry) => redeliver(envelope, retry, options),
    cards: () => messagesIn(approvalsChannel).filter((message) => message.blocks.length > 0),
    messagesIn,
    thread: (channel, ts) => messagesIn(channel).filter((each) => each.ts === ts || each.threadTs === ts),
    ephemerals: () => structuredClone(state.ephemerals),
    file: (id) => showFile(id, options),
    openModals: () => structuredClone(state.modals),
    homeOf: (user) => structuredClone(state.homes.find((home) => home.user === user)),
    homes: () => structuredClone(state.homes),
    statusOf: (channel, threadTs) => statusOf(state, channel, threadTs),
    working: () => structuredClone(workingThreads(state)),
    statuses: () => structuredClone(state.statuses),
  };
}
