import { type Method, refused } from './workspace-methods.ts';
import { refuseWriting } from './workspace-places.ts';
import type { ThreadStatus, WorkspaceState } from './workspace-state.ts';

const maxKept = 500;

/** https://docs.slack.dev/reference/methods/assistant.threads.setStatus */
export const statusMethods: Readonly<Record<string, Method>> = {
  'assistant.threads.setStatus': (args, options) => {
    const { state } = options.file;
    const [channel, threadTs, status] = [String(args.channel_id), String(args.thread_ts), args.status];
    const wrong = refuseWriting(channel, state);
    if (wrong) return wrong;
    if (typeof status !== 'string') return refused('invalid_arguments', ['missing status']);
    if (!state.messages.some((each) => each.channel === channel && each.ts === threadTs)) {
      return refused('invalid_thread_ts');
    }
    note(state, { channel, threadTs, status });
    return { ok: true };
  },
};

/** What the bot says it is doing in this thread, now. */
export function statusOf(state: WorkspaceState, channel: string, threadTs: string): string | undefined {
  const last = state.statuses.findLast((each) => each.channel === channel && each.threadTs === threadTs);
  return last?.status || undefined;
}

export function workingThreads(state: WorkspaceState): readonly ThreadStatus[] {
  const last = new Map(state.statuses.map((each) => [`${each.channel} ${each.threadTs}`, each]));
  return [...last.values()].filter(({ status }) => status !== '');
}

/** The bot's answer ends what it said it was doing. */
export function clearStatus(state: WorkspaceState, channel: string, threadTs: string | undefined): void {
  if (threadTs === undefined || statusOf(state, channel, threadTs) === undefined) return;
  note(state, { channel, threadTs, status: '' });
}

function note(state: WorkspaceState, status: ThreadStatus): void {
  state.statuses = [...state.statuses.slice(1 - maxKept), status];
}
