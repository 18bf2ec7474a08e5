import type { ProgramAnswer } from './program.ts';
import { isFields } from './workspace-elements.ts';
import { envelope, newTrigger } from './workspace-envelope.ts';
import { postForm } from './workspace-posts.ts';
import type { Fields, OpenModal, WorkspaceOptions } from './workspace-state.ts';
import { readView, viewJson } from './workspace-views.ts';

export type Submission = {
  readonly user: string;
  readonly viewId?: string;
  readonly callbackId?: string;
  /** By action id. */
  readonly values: Readonly<Record<string, string>>;
};

/** Fills in an open modal and sends it; what the program answers happens to the modal. */
export async function submitModal(gesture: Submission, options: WorkspaceOptions): Promise<ProgramAnswer> {
  const modal = options.file.state.modals.findLast(
    ({ id, user, view }) =>
      user === gesture.user &&
      (gesture.viewId === undefined || id === gesture.viewId) &&
      (gesture.callbackId === undefined || view.callback_id === gesture.callbackId),
  );
  if (!modal) throw new Error('This person has no such modal open');
  const body = {
    type: 'view_submission',
    ...envelope(gesture.user, options),
    trigger_id: newTrigger(gesture.user, options),
    view: viewJson(modal, options, readInputs(modal, gesture.values)),
    response_urls: [],
  };
  const answer = await postForm(options, { payload: JSON.stringify(body) });
  if (answer.status === 200) applyAnswer(modal, answer.body, options);
  options.file.save();
  return answer;
}

export function closeModal(user: string, viewId: string, options: WorkspaceOptions): void {
  const { file } = options;
  file.state.modals = file.state.modals.filter((modal) => modal.id !== viewId || modal.user !== user);
  file.save();
}

function readInputs(modal: OpenModal, values: Readonly<Record<string, string>>): Fields {
  const inputs = modal.view.blocks.flatMap((block) => {
    const element = block.element;
    if (block.type !== 'input' || !isFields(element)) return [];
    const actionId = String(element.action_id);
    // What stood in the field already is sent as if it were typed.
    const typed = values[actionId] ?? element.initial_value;
    return [[block.block_id, { [actionId]: { type: element.type, value: typed || null } }] as const];
  });
  return Object.fromEntries(inputs);
}

/** https://docs.slack.dev/surfaces/modals#responding_to_view_submissions ; an empty answer closes the modal. */
function applyAnswer(modal: OpenModal, body: string, options: WorkspaceOptions): void {
  const answer = body.trim() === '' ? {} : (JSON.parse(body) as Fields);
  if (answer.response_action === 'errors') {
    modal.errors = isFields(answer.errors) ? (answer.errors as Readonly<Record<string, string>>) : {};
  } else if (answer.response_action === 'update') {
    modal.view = readView(answer.view, options.file.state);
    modal.errors = {};
  } else {
    options.file.state.modals = options.file.state.modals.filter(({ id }) => id !== modal.id);
  }
}
