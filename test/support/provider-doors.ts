import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export type ProviderDoors = {
  /** One for each process, all leading to the same stand-ins. */
  readonly urls: readonly string[];
  /** Through which the request came that a stand-in of this test is answering, called from within. */
  current(): number | undefined;
  close(): Promise<void>;
};

const channel = 'http.server.request.start';
const answering = new AsyncLocalStorage<IncomingMessage>();
const remember = (message: unknown): void => {
  answering.enterWith((message as { readonly request: IncomingMessage }).request);
};
let open = 0;

/** So that a request tells which process made it. */
export async function openDoors(providersUrl: string, count: number): Promise<ProviderDoors> {
  const port = Number(new URL(providersUrl).port);
  const doorOf = new Map<number, number>();
  const sockets = new Set<Socket>();
  const servers = Array.from({ length: count }, (_, door) =>
    createServer((inside) => {
      const outside = connect(port, '127.0.0.1', () => {
        if (outside.localPort) doorOf.set(outside.localPort, door);
        inside.pipe(outside).pipe(inside);
      });
      for (const [one, other] of [
        [inside, outside],
        [outside, inside],
      ] as const) {
        sockets.add(one);
        one.on('error', () => {});
        one.on('close', () => {
          sockets.delete(one);
          other.destroy();
        });
      }
    }),
  );
  const urls = await Promise.all(servers.map(listen));
  if (open++ === 0) subscribe(channel, remember);
  return {
    urls,
    current: () => doorOf.get(answering.getStore()?.socket.remotePort ?? 0),
    async close() {
      if (--open === 0) unsubscribe(channel, remember);
      for (const socket of sockets) socket.destroy();
      await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}
