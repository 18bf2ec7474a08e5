import type { ServerResponse } from 'node:http';
import type { StateFile } from './state-file.ts';

/** Tells the page that something in the outside world changed, without saying what. */
export type Changes = {
  watch<T>(file: StateFile<T>): StateFile<T>;
  /** Server-sent events. */
  stream(response: ServerResponse): void;
};

const heartbeatMs = 15_000;

export function createChanges(): Changes {
  const readers = new Set<ServerResponse>();
  let pending = false;

  function announce(): void {
    if (pending) return;
    pending = true;
    setImmediate(() => {
      pending = false;
      for (const reader of readers) reader.write('data: changed\n\n');
    });
  }

  return {
    watch: (file) => ({
      state: file.state,
      save() {
        file.save();
        announce();
      },
    }),
    stream(response) {
      readers.add(response);
      // Proxies close a connection on which nothing is said.
      const heartbeat = setInterval(() => response.write(':\n\n'), heartbeatMs).unref();
      response.write('retry: 1000\n\n');
      response.once('close', () => {
        clearInterval(heartbeat);
        readers.delete(response);
      });
    },
  };
}
