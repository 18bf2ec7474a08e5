import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type WebSocket, WebSocketServer } from 'ws';
import { createFaults } from './faults.ts';
import type { ProgramAnswer } from './program.ts';
import type { SocketEnvelope, Sockets } from './sockets.ts';
import { isFields } from './workspace-elements.ts';
import { appId } from './workspace-people.ts';
import type { Fields } from './workspace-state.ts';

const retries = 3;
const connectsWithinMs = 15_000;
const interactionAnswerMs = 15_000;

export function createSockets({
  ackWithinMs = 3000,
}: {
  readonly ackWithinMs?: number | undefined;
} = {}): Sockets {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const faults = createFaults();
  const waiting = new Set<() => void>();
  let open: readonly WebSocket[] = [];
  let opened = 0;

  function welcome(connection: WebSocket): void {
    opened += 1;
    connection.on('close', () => {
      open = open.filter((each) => each !== connection);
    });
    connection.on('error', () => connection.terminate());
    open = [...open, connection];
    const hello = { type: 'hello', num_connections: open.length, connection_info: { app_id: appId } };
    connection.send(JSON.stringify(hello));
    for (const resume of waiting) resume();
  }

  /** Connections take turns. */
  async function nextConnection(withinMs: number): Promise<WebSocket | undefined> {
    if (open.length === 0 && withinMs > 0) await signalled(waiting, withinMs);
    const [first, ...others] = open;
    if (first) open = [...others, first];
    return first;
  }

  async function deliver({ type, payload }: SocketEnvelope): Promise<ProgramAnswer> {
    const isEvent = type === 'events_api';
    for (let attempt = 0; attempt <= (isEvent ? retries : 0); attempt += 1) {
      const connection = await nextConnection(isEvent ? connectsWithinMs : 0);
      if (!connection) break;
      const envelope = {
        envelope_id: randomUUID(),
        type,
        payload,
        accepts_response_payload: !isEvent,
        ...(isEvent ? { retry_attempt: attempt, retry_reason: attempt === 0 ? '' : 'timeout' } : {}),
      };
      const answer = await acknowledged(connection, envelope, isEvent ? ackWithinMs : interactionAnswerMs);
      const fault = answer && (await faults.before('ack', type));
      if (fault?.kind === 'drop') connection.terminate();
      if (answer && !fault) return answer;
    }
    return { status: 0, body: '' };
  }

  return {
    faults,
    deliver,
    connections: () => open.length,
    opened: () => opened,
    issueTicket() {
      const ticket = randomUUID();
      tickets.add(ticket);
      return ticket;
    },
    upgrade(request, socket, head) {
      const ticket = new URL(request.url ?? '/', 'http://slack').searchParams.get('ticket') ?? '';
      if (!tickets.delete(ticket)) return void socket.destroy();
      server.handleUpgrade(request, socket, head, welcome);
    },
    async received() {
      await Promise.all(
        open.map((each) => {
          const answered = once(each, 'pong');
          each.ping();
          return answered;
        }),
      );
    },
    disconnect(reason) {
      for (const each of open) each.send(JSON.stringify({ type: 'disconnect', reason }));
    },
    drop() {
      for (const each of open) each.terminate();
    },
  };
}

/** Undefined when the time passes, or the connection ends, without an acknowledgement. */
function acknowledged(
  connection: WebSocket,
  envelope: { readonly envelope_id: string },
  withinMs: number,
): Promise<ProgramAnswer | undefined> {
  return new Promise((resolve) => {
    const onMessage = (data: unknown) => {
      const ack = parse(String(data));
      if (ack.envelope_id === envelope.envelope_id) finish({ status: 200, body: bodyOf(ack.payload) });
    };
    const onClose = () => finish(undefined);
    const timer = setTimeout(onClose, withinMs);
    const finish = (answer: ProgramAnswer | undefined) => {
      clearTimeout(timer);
      connection.off('message', onMessage);
      connection.off('close', onClose);
      resolve(answer);
    };
    connection.on('message', onMessage);
    connection.on('close', onClose);
    connection.send(JSON.stringify(envelope));
  });
}

function signalled(waiting: Set<() => void>, withinMs: number): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      waiting.delete(finish);
      resolve();
    };
    const timer = setTimeout(finish, withinMs);
    waiting.add(finish);
  });
}

function bodyOf(payload: unknown): string {
  return isFields(payload) && Object.keys(payload).length > 0 ? JSON.stringify(payload) : '';
}

function parse(text: string): Fields {
  const value: unknown = JSON.parse(text);
  return isFields(value) ? value : {};
}
