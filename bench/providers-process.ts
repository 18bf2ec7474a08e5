import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { ProvidersMessage, SentText } from './providers.ts';

export type Providers = {
  readonly credentials: (ProvidersMessage & { kind: 'ready' })['credentials'];
  /** What the program sent since the last call. */
  takeTexts(): Promise<readonly SentText[]>;
  stop(): void;
};

export async function startProviders(programUrl: string, customers: number): Promise<Providers> {
  const child = fork(join(import.meta.dirname, 'providers.ts'), [programUrl, String(customers)]);
  const { credentials } = await next(child, 'ready');
  return {
    credentials,
    async takeTexts() {
      child.send('report');
      return (await next(child, 'texts')).texts;
    },
    stop: () => child.disconnect(),
  };
}

async function next<Kind extends ProvidersMessage['kind']>(child: ChildProcess, kind: Kind) {
  const [message] = (await once(child, 'message')) as [ProvidersMessage];
  if (message.kind !== kind) throw new Error(`The stand-ins said ${message.kind}, not ${kind}.`);
  return message as ProvidersMessage & { readonly kind: Kind };
}
