import type { Changes } from './changes.ts';
import { createGestures } from './control-gestures.ts';
import { describeWorld, type World } from './control-view.ts';
import { sandboxPage } from './sandbox-page.ts';
import { type Answer, json } from './server.ts';

export type ControlRequest = {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly rawBody: string | Buffer;
};

/** `/` and `/sandbox/*`: the page, what it shows, and what people do on it. */
export function createControl(world: World, changes: Changes) {
  const gestures = createGestures(world);

  return async function handleControl(request: ControlRequest): Promise<Answer> {
    if (!isLocal(request)) return json(403, { error: 'The sandbox answers this machine only' });
    const [path = '/'] = request.path.split('?');
    if (request.method === 'GET') {
      if (path === '/sandbox/state') return json(200, describeWorld(world), { 'cache-control': 'no-store' });
      if (path.startsWith('/sandbox/files/')) return world.workspace.file(path.slice(15));
      if (path === '/sandbox/events') return events(changes);
      return sandboxPage(path) ?? json(404, { error: 'not found' });
    }
    const gesture = gestures[path];
    if (request.method !== 'POST' || !gesture) return json(404, { error: 'not found' });
    if (!String(request.headers['content-type']).startsWith('application/json'))
      return json(415, { error: 'Send JSON' });
    try {
      return json(
        200,
        await gesture(JSON.parse(String(request.rawBody)) as Readonly<Record<string, unknown>>),
      );
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
