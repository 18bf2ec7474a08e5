import type { Faults } from './faults.ts';
import type { Program } from './program.ts';
import type { StandInAnswer, StandInRequest } from './server.ts';
import type { Sockets } from './sockets.ts';
import type { StateFile } from './state-file.ts';

export type Fields = Readonly<Record<string, unknown>>;

/** Slack gives every block an id when its author did not. */
export type Block = Fields & { readonly type: string; readonly block_id: string };

export type SlackMessage = {
  readonly channel: string;
  readonly ts: string;
  readonly user: string;
  readonly threadTs?: string | undefined;
  /** Seen by this person only. */
  readonly ephemeralFor?: string | undefined;
  text: string;
  blocks: readonly Block[];
  metadata?: Fields | undefined;
  editedTs?: string | undefined;
  readonly files?: readonly SharedFile[] | undefined;
};

export type SharedFile = { readonly id: string; readonly name: string; readonly title: string };

/** `base64` is empty until the bytes came. */
export type UploadedFile = {
  readonly id: string;
  readonly name: string;
  readonly length: number;
  base64: string;
};

export type OpenModal = {
  readonly id: string;
  readonly user: string;
  /** As the program sent it, block ids filled in. */
  view: Fields & { readonly blocks: readonly Block[] };
  /** What the program found wrong with the last submission, by block id. */
  errors: Readonly<Record<string, string>>;
};

/** What one person sees in the bot's Home tab. */
export type HomeTab = {
  readonly id: string;
  readonly user: string;
  view: Fields & { readonly blocks: readonly Block[] };
  hash: string;
};

export type ThreadStatus = { readonly channel: string; readonly threadTs: string; readonly status: string };

export type Trigger = { readonly id: string; readonly user: string; readonly at: number; used: boolean };

export type ResponseHook = {
  readonly id: string;
  readonly user: string;
  readonly channel: string;
  readonly ts: string;
  readonly at: number;
  uses: number;
};

export type WorkspaceState = {
  messages: SlackMessage[];
  ephemerals: SlackMessage[];
  modals: OpenModal[];
  homes: HomeTab[];
  files: UploadedFile[];
  /** Everything the bot said it was doing, oldest first; '' once it stopped. */
  statuses: ThreadStatus[];
  archivedChannels: readonly string[];
  /** Where the bot is not a member any more. */
  leftChannels: readonly string[];
  deactivated: readonly string[];
  /** Where it differs from the beginning. */
  groupMembers: Readonly<Record<string, readonly string[]>>;
  triggers: Trigger[];
  hooks: ResponseHook[];
  lastTsMicros: number;
  lastId: number;
};

export type WorkspaceOptions = {
  readonly file: StateFile<WorkspaceState>;
  readonly now: () => Date;
  readonly teamId: string;
  readonly botToken: string;
  readonly signingSecret: string;
  readonly program: Program;
  /** Where the program reaches this workspace; `/slack/response/…` hangs below it. */
  readonly baseUrl: () => string;
  /** One post a second and channel, as Slack has it; off by default. */
  readonly limitsRate?: boolean;
  /** The bot's own posts come back to it as events, as Slack sends them; off by default. */
  readonly echoesPosts?: boolean;
  readonly faults?: Faults;
  /** Socket Mode instead of HTTP, as the app's settings have it. */
  readonly sockets?: Sockets | undefined;
  /** Opens those connections. */
  readonly appToken?: string | undefined;
  /** Answers what this workspace's token does not open; undefined where nobody does. */
  readonly elsewhere?: (call: ApiCall) => Promise<StandInAnswer> | undefined;
};

/** A call of the Web API, before anybody looked at its token. */
export type ApiCall = {
  readonly name: string;
  readonly token: unknown;
  readonly args: Fields;
  readonly request: StandInRequest;
};

export function emptyWorkspaceState(): WorkspaceState {
  return {
    messages: [],
    ephemerals: [],
    modals: [],
    homes: [],
    files: [],
    statuses: [],
    archivedChannels: [],
    leftChannels: [],
    deactivated: [],
    groupMembers: {},
    triggers: [],
    hooks: [],
    lastTsMicros: 0,
    lastId: 0,
  };
}

/** A message's ts is its id: unique and rising, even when the clock stands still. */
export function nextTs(state: WorkspaceState, now: Date): string {
  state.lastTsMicros = Math.max(now.getTime() * 1000, state.lastTsMicros + 1);
  const micros = String(state.lastTsMicros).padStart(7, '0');
  return `${micros.slice(0, -6)}.${micros.slice(-6)}`;
}

/** Whole microseconds, so that `oldest=1763892000` and `1763892000.5` compare rightly. */
export function tsMicros(ts: string): number {
  const [seconds = '0', fraction = ''] = ts.split('.');
  return Number(seconds) * 1_000_000 + Number(fraction.slice(0, 6).padEnd(6, '0'));
}

export function nextId(state: WorkspaceState, prefix: string): string {
  state.lastId += 1;
  return prefix + String(state.lastId).padStart(8, '0');
}

export function fillBlockIds(blocks: readonly Fields[], state: WorkspaceState): Block[] {
  return blocks.map((block) => ({
    ...block,
    type: String(block.type),
    block_id: typeof block.block_id === 'string' ? block.block_id : nextId(state, 'b'),
  }));
}
