import { refuseBlocks } from './workspace-blocks.ts';
import { isFields, textProblems } from './workspace-elements.ts';
import { type Method, refused } from './workspace-methods.ts';
import { appId, botId } from './workspace-people.ts';
import {
  type Fields,
  fillBlockIds,
  nextId,
  type OpenModal,
  type WorkspaceOptions,
  type WorkspaceState,
} from './workspace-state.ts';

const triggerLivesMs = 3000;

/** Modals: https://docs.slack.dev/reference/methods/views.open */
export const viewMethods: Readonly<Record<string, Method>> = {
  'views.open': (args, options) => {
    const { state } = options.file;
    const trigger = state.triggers.find(({ id }) => id === args.trigger_id);
    if (!trigger) return refused('invalid_trigger_id');
    if (trigger.used) return refused('exchanged_trigger_id');
    if (options.now().getTime() - trigger.at > triggerLivesMs) return refused('expired_trigger_id');
    const problems = viewProblems(args.view);
    if (problems.length > 0) return refused('invalid_arguments', problems);
    trigger.used = true;
    const modal = {
      id: nextId(state, 'V'),
      user: trigger.user,
      view: readView(args.view, state),
      errors: {},
    };
    state.modals.push(modal);
    return { ok: true, view: viewJson(modal, options) };
  },

  'views.update': (args, options) => {
    const modal = options.file.state.modals.find(({ id }) => id === args.view_id);
    if (!modal) return refused('not_found');
    const problems = viewProblems(args.view);
    if (problems.length > 0) return refused('invalid_arguments', problems);
    modal.view = readView(args.view, options.file.state);
    modal.errors = {};
    return { ok: true, view: viewJson(modal, options) };
  },
};

export function readView(view: unknown, state: WorkspaceState): OpenModal['view'] {
  const fields = isFields(view) ? view : {};
  return { ...fields, blocks: fillBlockIds(fields.blocks as readonly Fields[], state) };
}

type View = Pick<OpenModal, 'id' | 'view'> & { readonly hash?: string };

export function viewJson(modal: View, options: WorkspaceOptions, values: Fields = {}): Fields {
  return {
    private_metadata: '',
    callback_id: '',
    close: null,
    submit: null,
    clear_on_close: false,
    notify_on_close: false,
    external_id: '',
    ...modal.view,
    id: modal.id,
    team_id: options.teamId,
    app_id: appId,
    bot_id: botId,
    root_view_id: modal.id,
    previous_view_id: null,
    hash: modal.hash ?? `${modal.id}.${modal.view.blocks.length}`,
    state: { values },
  };
}

export function viewProblems(view: unknown): readonly string[] {
  if (!isFields(view)) return ['view must be an object [/view]'];
  const blocks = refuseBlocks(view.blocks, 'modal');
  return [
    ...(view.type === 'modal' ? [] : ['only modals are opened [/view/type]']),
    ...textProblems(view.title, { max: 24, plain: true }, '/view/title'),
    ...['submit', 'close'].flatMap((name) =>
      view[name] == null ? [] : textProblems(view[name], { max: 24, plain: true }, `/view/${name}`),
    ),
    ...hiddenProblems(view),
    ...(blocks?.messages ?? []),
  ];
}

export function homeProblems(view: unknown): readonly string[] {
  if (!isFields(view)) return ['view must be an object [/view]'];
  return [
    ...(view.type === 'home' ? [] : ['only home tabs are published [/view/type]']),
    ...['title', 'submit', 'close'].filter((name) => view[name] != null).map((name) => `no ${name} here`),
    ...hiddenProblems(view),
    ...(refuseBlocks(view.blocks, 'home')?.messages ?? []),
  ];
}

function hiddenProblems(view: Fields): readonly string[] {
  return [
    ...(String(view.private_metadata ?? '').length > 3000 ? ['private_metadata above 3000'] : []),
    ...(String(view.callback_id ?? '').length > 255 ? ['callback_id above 255'] : []),
    ...(String(view.external_id ?? '').length > 255 ? ['external_id above 255'] : []),
  ];
}
