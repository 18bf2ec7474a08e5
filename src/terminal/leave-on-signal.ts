import type { Writable } from 'node:stream';

/** Aborted by Ctrl-C, SIGTERM, or a reader that went away; a second signal ends the process at once. */
export function leaveOnSignal(output: Writable): AbortController {
  const leaving = new AbortController();
  const onSignal = (): void => {
    if (leaving.signal.aborted) process.exit(130);
    leaving.abort();
  };
  process.on('SIGINT', onSignal);
  process.on('SIGTERM', onSignal);
  output.on('error', () => leaving.abort());
  return leaving;
}
