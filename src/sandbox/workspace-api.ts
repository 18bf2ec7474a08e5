import { answerFault, json, type StandInAnswer, type StandInRequest } from './server.ts';
import { chatMethods } from './workspace-chat.ts';
import { isFields } from './workspace-elements.ts';
import { fileMethods, takeUpload } from './workspace-files.ts';
import { homeMethods } from './workspace-home.ts';
import { type Method, refused } from './workspace-methods.ts';
import { readingMethods } from './workspace-reading.ts';
import { answerResponseUrl } from './workspace-response-url.ts';
import type { Fields, WorkspaceOptions } from './workspace-state.ts';
import { statusMethods } from './workspace-status.ts';
import { viewMethods } from './workspace-views.ts';

const methods: Readonly<Record<string, Method>> = {
  ...chatMethods,
  ...fileMethods,
  ...homeMethods,
  ...readingMethods,
  ...statusMethods,
  ...viewMethods,
};
const throttled = json(429, { ok: false, error: 'ratelimited' }, { 'retry-after': '1' });
const oneSecondMs = 1000;

/** `/api/{method}` and `/response/{id}` below the workspace's address. */
export function createSlackApi(options: WorkspaceOptions) {
  const lastPostAt = new Map<string, number>();

  function tooFast(method: string, args: Fields): boolean {
    if (!options.limitsRate || method !== 'chat.postMessage') return false;
    const channel = String(args.channel);
    const at = options.now().getTime();
    if (at - (lastPostAt.get(channel) ?? -oneSecondMs) < oneSecondMs) return true;
    lastPostAt.set(channel, at);
    return false;
  }

  async function call(name: string, args: Fields): Promise<StandInAnswer> {
    const before = await options.faults?.before(name, 'slack');
    if (before) return answerFault(before, throttled);
    if (tooFast(name, args)) return throttled;
    const method = methods[name];
    const answer = method ? method(args, options) : refused('unknown_method');
    if (answer.ok && !(name in readingMethods)) options.file.save();
    const after = await options.faults?.after(name, 'slack');
    return after ? answerFault(after, throttled) : json(200, answer);
  }

  async function uploadStruck(id: string, request: StandInRequest): Promise<StandInAnswer> {
    const before = await options.faults?.before('upload', 'slack');
    return before ? answerFault(before, throttled) : takeUpload(id, request, options);
  }

  return async (request: StandInRequest): Promise<StandInAnswer> => {
    const url = new URL(request.path, 'http://slack');
    const upload = /\/upload\/(\w+)$/.exec(url.pathname)?.[1];
    if (upload !== undefined) return uploadStruck(upload, request);

    const hook = /\/response\/(\w+)$/.exec(url.pathname)?.[1];
    if (hook !== undefined) return answerResponseUrl(hook, readArguments(request, url), options);
    const name = /\/api\/([\w.]+)$/.exec(url.pathname)?.[1];
    if (name === undefined) return { status: 404, headers: {}, body: '' };
    const args = readArguments(request, url);
    const token = request.headers.authorization?.replace(/^Bearer /, '') ?? args.token;
    if (name === connectionsMethod) return openConnection(token, options);
    const elsewhere =
      token === options.botToken ? undefined : options.elsewhere?.({ name, token, args, request });
    if (elsewhere) return elsewhere;
    if (token === undefined) return json(200, refused('not_authed'));
    if (token !== options.botToken) return json(200, refused('invalid_auth'));
    return call(name, args);
  };
}

const connectionsMethod = 'apps.connections.open';

/** The one method that wants the app's own token: https://docs.slack.dev/reference/methods/apps.connections.open */
async function openConnection(token: unknown, options: WorkspaceOptions): Promise<StandInAnswer> {
  const fault = await options.faults?.before(connectionsMethod, 'slack');
  if (fault) return answerFault(fault, throttled);
  if (token === options.botToken) return json(200, refused('not_allowed_token_type'));
  if (options.appToken === undefined || token !== options.appToken) return json(200, refused('invalid_auth'));
  if (!options.sockets) return json(200, refused('socket_mode_not_enabled'));
  const url = `${options.baseUrl().replace(/^http/, 'ws')}/socket?ticket=${options.sockets.issueTicket()}`;
  return json(200, { ok: true, url });
}

/** In a form, what is not text is JSON. */
const jsonFields = new Set(['attachments', 'blocks', 'loading_messages', 'metadata', 'view']);

function readArguments(request: StandInRequest, url: URL): Fields {
  if (request.headers['content-type']?.startsWith('application/json')) {
    const body = parse(request.rawBody);
    return isFields(body) ? body : {};
  }
  const entries = [...url.searchParams, ...new URLSearchParams(request.rawBody)];
  return Object.fromEntries(
    entries.map(([name, value]) => [name, jsonFields.has(name) ? parse(value) : value]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
