import type { ProgramAnswer } from './program.ts';
import { pressedButton } from './workspace-buttons.ts';
import { envelope, newTrigger } from './workspace-envelope.ts';
import { type Said, sendEvents, subscriptions } from './workspace-events.ts';
import { type Method, refused } from './workspace-methods.ts';
import { findPerson } from './workspace-people.ts';
import { directChannelOf } from './workspace-places.ts';
import { postForm } from './workspace-posts.ts';
import { type Fields, type HomeTab, nextId, nextTs, type WorkspaceOptions } from './workspace-state.ts';
import { homeProblems, readView, viewJson } from './workspace-views.ts';

export type HomeClick = {
  readonly user: string;
  readonly actionId: string;
  /** Which one, where several have the same action. */
  readonly value?: string | undefined;
  /** The view as this person still sees it. */
  readonly shown?: HomeTab | undefined;
};

/** https://docs.slack.dev/reference/methods/views.publish */
export const homeMethods: Readonly<Record<string, Method>> = {
  'views.publish': (args, options) => {
    const { state } = options.file;
    const user = String(args.user_id);
    if (findPerson(user)?.kind !== 'member' && findPerson(user)?.kind !== 'guest') {
      return refused('invalid_arguments', ['no such user [/user_id]']);
    }
    const problems = homeProblems(args.view);
    if (problems.length > 0) return refused('invalid_arguments', problems);
    const before = state.homes.find((home) => home.user === user);
    if (args.hash !== undefined && args.hash !== before?.hash) return refused('hash_conflict');
    const home: HomeTab = {
      id: before?.id ?? nextId(state, 'V'),
      user,
      view: readView(args.view, state),
      hash: nextId(state, 'h'),
    };
    state.homes = [...state.homes.filter((each) => each.user !== user), home];
    return { ok: true, view: viewJson(home, options) };
  },
};

/** A person opens the bot: its Home tab, or the messages with it. */
export function openHome(user: string, tab: 'home' | 'messages', options: WorkspaceOptions): Promise<Said> {
  if (!findPerson(user)) throw new Error('Nobody by this id uses the workspace');
  const { state } = options.file;
  const ts = nextTs(state, options.now());
  const home = state.homes.find((each) => each.user === user);
  const channel = directChannelOf(user);
  const event: Fields = {
    type: 'app_home_opened',
    user,
    channel,
    tab,
    event_ts: ts,
    ...(tab === 'home' && home ? { view: viewJson(home, options) } : {}),
  };
  const events = subscriptions.has('app_home_opened') ? [event] : [];
  return sendEvents({ channel, ts, by: user }, events, options);
}

/** Presses a button of the Home tab; throws when this person cannot see it. */
export async function clickHome(gesture: HomeClick, options: WorkspaceOptions): Promise<ProgramAnswer> {
  const { user } = gesture;
  const home = gesture.shown ?? options.file.state.homes.find((each) => each.user === user);
  const action = home && pressedButton(home.view.blocks, gesture, options);
  if (!home || !action) throw new Error('There is no such button in this person’s Home tab');
  const body = {
    type: 'block_actions',
    ...envelope(user, options),
    container: { type: 'view', view_id: home.id },
    trigger_id: newTrigger(user, options),
    view: viewJson(home, options),
    actions: [action],
  };
  options.file.save();
  return postForm(options, { payload: JSON.stringify(body) });
}
