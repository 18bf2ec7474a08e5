import { startSandbox } from '../src/sandbox/sandbox.ts';
import { createBenchStore } from './store.ts';

/** A text the program sent: when the stand-in had read the request, by this machine's clock. */
export type SentText = { readonly to: string; readonly atMs: number; readonly body: string };
export type ProvidersMessage =
  | { readonly kind: 'ready'; readonly credentials: Awaited<ReturnType<typeof startSandbox>>['credentials'] }
  | { readonly kind: 'texts'; readonly texts: readonly SentText[] };

// A process of its own, started by providers-process.ts: Shopify, Twilio and Slack as stand-ins in memory.
const [programUrl = '', customers = '0'] = process.argv.slice(2);
const sandbox = await startSandbox({
  appUrl: programUrl,
  createStore: (now) => createBenchStore(now, Number(customers)),
  shopCost: 'unlimited',
});
let reported = 0;

process.on('disconnect', () => process.exit());
process.on('message', () => {
  void report();
});
tell({ kind: 'ready', credentials: sandbox.credentials });

/** What was sent since the last report, once every delivery receipt was answered too. */
async function report(): Promise<void> {
  await sandbox.phones.settled();
  const sent = sandbox.phones.messages().filter(({ direction }) => direction === 'outbound-api');
  const texts = sent
    .slice(reported)
    .map(({ to, body, createdAt }) => ({ to, body, atMs: Date.parse(createdAt) }));
  reported = sent.length;
  tell({ kind: 'texts', texts });
}

function tell(message: ProvidersMessage): void {
  process.send?.(message);
}
