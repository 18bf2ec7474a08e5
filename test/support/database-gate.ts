import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export type DatabaseGate = {
  /** Of the database, through the gate. */
  readonly url: string;
  /** Cuts every connection and refuses new ones, as a server that went away does. */
  shut(): Promise<void>;
  open(): Promise<void>;
  close(): Promise<void>;
};

/** A door in front of a database that can be shut. */
export async function openDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let server = listen();

  function listen(): Server {
    return createServer((inside) => {
      const outside = connect(Number(target.port), target.hostname);
      for (const socket of [inside, outside]) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => socket.destroy());
      }
      inside.once('close', () => outside.destroy());
      outside.once('close', () => inside.destroy());
      for (const socket of [inside, outside]) socket.once('close', () => sockets.delete(socket));
      inside.pipe(outside).pipe(inside);
    });
  }
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(port);

  async function shut(): Promise<void> {
    if (!server.listening) return;
    const closed = once(server, 'close');
    server.close();
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  return {
    url: url.href,
    shut,
    async open() {
      if (server.listening) return;
      server = listen();
      server.listen(port, '127.0.0.1');
      await once(server, 'listening');
    },
    close: shut,
  };
}
