import { connect, type Socket } from 'node:net';

/** What postgres.js knows of where to connect; several places when the URL names several. */
type Target = {
  readonly host: readonly string[];
  readonly port: readonly number[];
  readonly path?: string | false | undefined;
};

/**
 * Sockets for postgres.js, which waits for an answer as long as a connection looks open. A server that went
 * away without a word (power, a cut network, a failover by moved address) is noticed by the operating system
 * only after a quarter of an hour; here, once nothing was said for `silenceMs`. Idle connections must end before.
 */
export function watchedSockets(silenceMs: number): (target: Target) => Socket {
  let turn = 0;
  return ({ host, port, path }) => {
    const at = turn++ % host.length;
    const place = { host: host[at] ?? 'localhost', port: port[at] ?? 5432 };
    const socket = path ? connect(path) : connect(place);
    endAtOnce(socket);
    cutWhenSilent(socket, silenceMs);
    // postgres.js reads from it which name a certificate must be for.
    return Object.assign(socket, place);
  };
}

/**
 * Node says of a failed socket first that it failed and some time later that it closed. What postgres.js sends
 * between the two is never answered; and when a socket closes without failing while the session is still being
 * opened, it connects again without end. So a failure is said together with the end, and every end is one.
 */
function endAtOnce(socket: Socket): void {
  let failure: Error = Object.assign(new Error('The database connection closed'), {
    code: 'CONNECTION_CLOSED',
  });
  const destroy = socket.destroy.bind(socket);
  socket.destroy = (error) => {
    failure = error ?? failure;
    return destroy();
  };
  socket.once('close', () => void (socket.listenerCount('error') > 0 && socket.emit('error', failure)));
}

/** Not by the socket's own timeout: its listeners are gone once TLS is spoken over it. */
function cutWhenSilent(socket: Socket, silenceMs: number): void {
  let passed = 0;
  let passedAt = performance.now();
  const timer = setInterval(() => {
    if (socket.destroyed) return clearInterval(timer);
    const passedNow = socket.bytesRead + socket.bytesWritten;
    if (passedNow !== passed) {
      passed = passedNow;
      passedAt = performance.now();
    } else if (performance.now() - passedAt > silenceMs) {
      socket.destroy(Object.assign(new Error('The database fell silent'), { code: 'ETIMEDOUT' }));
    }
  }, silenceMs / 10);
  timer.unref();
}
