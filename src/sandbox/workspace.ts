import { createFaults, type Faults } from './faults.ts';
import type { ProgramAnswer } from './program.ts';
import type { StandInAnswer, StandInRequest } from './server.ts';
import { createSlackApi } from './workspace-api.ts';
import { redeliver, type Said, type SaidEvent, type Saying, say } from './workspace-events.ts';
import { type Click, type Command, click, command } from './workspace-gestures.ts';
import { closeModal, type Submission, submitModal } from './workspace-modals.ts';
import { approvalsChannel } from './workspace-people.ts';
import type { Fields, OpenModal, SlackMessage, WorkspaceOptions } from './workspace-state.ts';

/** Slack: a Web API on one side, people at their screens on the other. */
export type Workspace = {
  handle(request: StandInRequest): Promise<StandInAnswer>;
  click(gesture: Click): Promise<ProgramAnswer>;
  submitModal(gesture: Submission): Promise<ProgramAnswer>;
  closeModal(user: string, viewId: string): void;
  command(gesture: Command): Promise<ProgramAnswer>;
  say(saying: Saying): Promise<Said>;
  redeliver(envelope: Fields, retry: number): Promise<SaidEvent>;
  /** Messages with blocks in the approvals channel, oldest first. Like every view here: as of now, a copy. */
  cards(): readonly SlackMessage[];
  messagesIn(channel: string): readonly SlackMessage[];
  ephemerals(): readonly SlackMessage[];
  openModals(): readonly OpenModal[];
  readonly faults: Faults;
};

export function createWorkspace(given: WorkspaceOptions): Workspace {
  const faults = given.faults ?? createFaults();
  const options = { ...given, faults };
  const { state } = options.file;
  const messagesIn = (channel: string) =>
    structuredClone(state.messages.filter((message) => message.channel === channel));
  return {
    faults,
    handle: createSlackApi(options),
    click: (gesture) => click(gesture, options),
    submitModal: (gesture) => submitModal(gesture, options),
    closeModal: (user, viewId) => closeModal(user, viewId, options),
    command: (gesture) => command(gesture, options),
    say: (saying) => say(saying, options),
    redeliver: (envelope, retry) => redeliver(envelope, retry, options),
    cards: () => messagesIn(approvalsChannel).filter((message) => message.blocks.length > 0),
    messagesIn,
    ephemerals: () => structuredClone(state.ephemerals),
    openModals: () => structuredClone(state.modals),
  };
}
