import { type Answer, json, type StandInRequest } from './server.ts';
import { type Method, refused } from './workspace-methods.ts';
import { botUserId } from './workspace-people.ts';
import { refuseWriting } from './workspace-places.ts';
import { echo } from './workspace-say.ts';
import { type Fields, nextId, nextTs, type SlackMessage, type WorkspaceOptions } from './workspace-state.ts';

/** Files in three steps: https://docs.slack.dev/messaging/working-with-files */
export const fileMethods: Readonly<Record<string, Method>> = {
  'files.getUploadURLExternal': (args, options) => {
    const { state } = options.file;
    const [name, length] = [String(args.filename ?? ''), Number(args.length)];
    if (name === '') return refused('invalid_arguments', ['missing filename']);
    if (!Number.isInteger(length) || length <= 0) return refused('invalid_arguments', ['length']);
    const id = nextId(state, 'F');
    state.files.push({ id, name, length, base64: '' });
    return { ok: true, file_id: id, upload_url: `${options.baseUrl()}/upload/${id}` };
  },

  'files.completeUploadExternal': (args, options) => {
    const { state } = options.file;
    const [channel, threadTs] = [String(args.channel_id), String(args.thread_ts)];
    const closed = refuseWriting(channel, state);
    if (closed) return closed;
    if (!state.messages.some((each) => each.channel === channel && each.ts === threadTs)) {
      return refused('thread_not_found');
    }
    const shown = readList(args.files).map(({ id, title }) => {
      const file = state.files.find((each) => each.id === id);
      return { id: String(id), name: file?.name ?? '', title: String(title ?? ''), isThere: !!file?.base64 };
    });
    if (shown.length === 0 || shown.some(({ isThere }) => !isThere)) return refused('file_not_found');
    const files = shown.map(({ id, name, title }) => ({ id, name, title }));
    const ts = nextTs(state, options.now());
    const message: SlackMessage = { channel, ts, user: botUserId, threadTs, text: '', blocks: [], files };
    state.messages.push(message);
    echo(message, options);
    return { ok: true, files };
  },
};

/** Exactly as many bytes as were announced. */
export function takeUpload(id: string, request: StandInRequest, { file }: WorkspaceOptions): Answer {
  const announced = file.state.files.find((each) => each.id === id);
  if (!announced || request.method !== 'POST') return { status: 404, headers: {}, body: '' };
  const bytes = request.rawBytes ?? Buffer.from(request.rawBody);
  if (bytes.length !== announced.length) return { status: 400, headers: {}, body: 'Wrong length' };
  announced.base64 = bytes.toString('base64');
  file.save();
  return { status: 200, headers: { 'content-type': 'text/plain' }, body: `OK - ${bytes.length}` };
}

/** A file as people see it; undefined where there is none. */
export function showFile(id: string, { file }: WorkspaceOptions): Answer {
  const found = file.state.files.find((each) => each.id === id && each.base64 !== '');
  if (!found) return json(404, { ok: false });
  const bytes = Buffer.from(found.base64, 'base64');
  const headers = { 'content-type': 'image/jpeg', 'content-length': String(bytes.length) };
  return { status: 200, headers, body: '', stream: (response) => void response.end(bytes) };
}

function readList(value: unknown): readonly Fields[] {
  const list: unknown = typeof value === 'string' ? JSON.parse(value) : value;
  return Array.isArray(list) ? (list as readonly Fields[]) : [];
}
