import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

export type DatabaseGate = {
  /** Of the database, through the gate. */
  readonly url: string;
  /** Cuts every connection and refuses new ones, as a server that went away does. */
  shut(): Promise<void>;
  open(): Promise<void>;
  /** What is sent is taken and goes nowhere, as when the server's machine lost its power. Shut it before it opens. */
  freeze(): void;
  /** Each side hears the other so much later, from now on. */
  slow(milliseconds: number): void;
  /** New connections are led to the server on this port; those there are stay where they are. */
  leadTo(port: number): void;
  /** The nth COMMIT from now on is cut off: it never reaches the server, or its answer never comes back. */
  cutCommit(nth: number, when: 'before' | 'after'): { readonly happened: Promise<void> };
  close(): Promise<void>;
};

type Cut = { left: number; readonly when: 'before' | 'after'; readonly happened: () => void };

/** A door in front of a database that can be shut. */
export async function openDatabaseGate(databaseUrl: string): Promise<DatabaseGate> {
  const target = new URL(databaseUrl);
  const sockets = new Set<Socket>();
  let port = Number(target.port);
  let frozen = false;
  let delayMs = 0;
  let cut: Cut | undefined;
  let server = listen();

  function listen(): Server {
    return createServer((inside) => {
      const outside = connect(port, target.hostname);
      for (const socket of [inside, outside]) {
        sockets.add(socket);
        socket.setNoDelay(true);
        socket.on('error', () => socket.destroy());
      }
      inside.once('close', () => outside.destroy());
      outside.once('close', () => frozen || inside.destroy());
      for (const socket of [inside, outside]) socket.once('close', () => sockets.delete(socket));
      let answerIsLost = false;
      const isCommit = recogniseCommit();
      const drop = (happened: () => void): void => {
        inside.destroy();
        happened();
      };
      void pass(inside, outside, (data) => {
        if (!isCommit(data) || !cut || --cut.left > 0) return true;
        const { when, happened } = cut;
        cut = undefined;
        if (when === 'before') drop(happened);
        else {
          answerIsLost = true;
          outside.once('data', () => drop(happened));
        }
        return when === 'after';
      });
      void pass(outside, inside, () => !answerIsLost);
    });
  }

  async function pass(from: Socket, to: Socket, mayPass: (data: Buffer) => boolean): Promise<void> {
    try {
      for await (const data of from as AsyncIterable<Buffer>) {
        if (delayMs > 0) await pause(delayMs);
        if (!frozen && mayPass(data)) to.write(data);
      }
      if (!frozen) to.end();
    } catch {
      if (!frozen) to.destroy();
    }
  }

  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port: ownPort } = server.address() as AddressInfo;
  const url = new URL(databaseUrl);
  url.hostname = '127.0.0.1';
  url.port = String(ownPort);

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
      frozen = false;
      if (server.listening) return;
      server = listen();
      server.listen(ownPort, '127.0.0.1');
      await once(server, 'listening');
    },
    freeze() {
      frozen = true;
    },
    slow(milliseconds) {
      delayMs = milliseconds;
    },
    leadTo(other) {
      port = other;
    },
    cutCommit(nth, when) {
      const { promise, resolve } = Promise.withResolvers<void>();
      cut = { left: nth, when, happened: resolve };
      return { happened: promise };
    },
    close: shut,
  };
}

/** postgres.js prepares it under a name when a connection sends it first, and sends the name from then on. */
function recogniseCommit(): (data: Buffer) => boolean {
  let name: string | undefined;
  return (data) => {
    const prepared = /([a-z0-9]+)\0commit\0/.exec(data.toString('latin1'));
    name ??= prepared?.[1];
    return prepared !== null || (name !== undefined && data.includes(`\0${name}\0`));
  };
}
