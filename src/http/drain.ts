import type { Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export type Drain = {
  readonly isDraining: () => boolean;
  /** A stream has no end of its own: it is ended when the server stops. */
  readonly endOnStop: (stream: ServerResponse) => void;
  readonly stop: (graceMs: number) => Promise<'drained' | 'forced'>;
};

export function createDrain(server: Server): Drain {
  const sockets = new Set<Socket>();
  const streams = new Set<ServerResponse>();
  let isDraining = false;

  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });

  /** Node does not count a connection as idle that has not sent a single byte. */
  function closeIdle(): void {
    server.closeIdleConnections();
    for (const socket of sockets) if (socket.bytesRead === 0) socket.destroy();
  }

  return {
    isDraining: () => isDraining,
    endOnStop(stream) {
      streams.add(stream);
      stream.once('close', () => streams.delete(stream));
    },
    async stop(graceMs) {
      isDraining = true;
      const closed = new Promise<'drained'>((resolve) => server.close(() => resolve('drained')));
      for (const stream of streams) stream.end();
      closeIdle();
      // A connection can become idle after the first sweep: its answer was under way when we stopped.
      const sweep = setInterval(closeIdle, 50);
      const giveUp = new AbortController();
      const outcome = await Promise.race([
        closed,
        delay(graceMs, 'forced' as const, { signal: giveUp.signal }).catch(() => 'forced' as const),
      ]);
      giveUp.abort();
      clearInterval(sweep);
      server.closeAllConnections();
      await closed;
      return outcome;
    },
  };
}
