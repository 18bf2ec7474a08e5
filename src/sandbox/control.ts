import type { Changes } from './changes.ts';
import { describeWorld, type World } from './control-view.ts';
import { sandboxPage } from './sandbox-page.ts';
import { type Answer, json } from './server.ts';

export type ControlRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: string | Buffer;
};

type Input = Readonly<Record<string, unknown>>;
type Gesture = (input: Input) => Promise<unknown>;

/** `/` and `/sandbox/*`: the page, what it shows, and what people do on it. */
export function createControl(world: World, changes: Changes) {
  const gestures: Readonly<Record<string, Gesture>> = {
    '/sandbox/text': async (input) =>
      world.phones.receiveText({ from: phoneNumber(input), body: text(input, 'body', 1600) }),
    '/sandbox/click': async (input) =>
      world.workspace.click({
        user: text(input, 'user'),
        channel: text(input, 'channel'),
        ts: text(input, 'ts'),
        actionId: text(input, 'actionId'),
      }),
    '/sandbox/modal': async (input) =>
      world.workspace.submitModal({
        user: text(input, 'user'),
        viewId: text(input, 'viewId'),
        values: textValues(input.values),
      }),
    '/sandbox/modal/close': async (input) => {
      world.workspace.closeModal(text(input, 'user'), text(input, 'viewId'));
      return {};
    },
    '/sandbox/say': async (input) => {
      const threadTs = typeof input.threadTs === 'string' ? { threadTs: input.threadTs } : {};
      const saying = {
        user: text(input, 'user'),
        channel: text(input, 'channel'),
        text: text(input, 'text', 4000),
      };
      return world.workspace.say({ ...saying, ...threadTs });
    },
  };

  return async function handleControl(request: ControlRequest): Promise<Answer> {
    if (!isLocal(request)) return json(403, { error: 'The sandbox answers this machine only' });
    const [path = '/'] = request.path.split('?');
    if (request.method === 'GET') {
      if (path === '/sandbox/state') return json(200, describeWorld(world), { 'cache-control': 'no-store' });
      if (path === '/sandbox/events') return events(changes);
      return sandboxPage(path) ?? json(404, { error: 'not found' });
    }
    const gesture = gestures[path];
    if (request.method !== 'POST' || !gesture) return json(404, { error: 'not found' });
    if (!String(request.headers['content-type']).startsWith('application/json'))
      return json(415, { error: 'Send JSON' });
    try {
      return json(200, await gesture(JSON.parse(String(request.rawBody)) as Input));
    } catch (error) {
      return json(409, { error: error instanceof Error ? error.message : 'impossible' });
    }
  };
}

/** Another site's page must not drive the sandbox: neither by its own origin nor through a rebound name. */
function isLocal({ headers }: ControlRequest): boolean {
  const host = String(headers.host);
  const origin = headers.origin;
  const name = URL.canParse(`http://${host}`) ? new URL(`http://${host}`).hostname : '';
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(name)) return false;
  return origin === undefined || origin === `http://${host}`;
}

function events(changes: Changes): Answer {
  const headers = { 'content-type': 'text/event-stream', 'cache-control': 'no-store' };
  return { status: 200, headers, body: '', stream: (response) => changes.stream(response) };
}

function text(input: Input, name: string, max = 255): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw new Error(`${name} is missing`);
  if (value.length > max) throw new Error(`${name} is longer than ${max} characters`);
  return value;
}

function phoneNumber(input: Input): string {
  const value = text(input, 'from');
  if (!/^(whatsapp:)?\+[1-9]\d{6,14}$/.test(value)) throw new Error('from must look like +15551230001');
  return value;
}

function textValues(value: unknown): Readonly<Record<string, string>> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, String(each)]));
}
