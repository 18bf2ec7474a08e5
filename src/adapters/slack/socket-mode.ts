import { setTimeout as sleep } from 'node:timers/promises';
import { SocketModeClient } from '@slack/socket-mode';
import { WebAPIPlatformError, WebAPIRateLimitedError } from '@slack/web-api';
import type { Log } from '../../log.ts';
import { silentLogger } from './silent-logger.ts';
import type { SlackDispatch } from './slack-dispatch.ts';
import { parseDelivery, takeDelivery } from './socket-delivery.ts';

export type SocketModeOptions = {
  readonly appToken: string;
  readonly apiUrl: string;
  readonly dispatch: SlackDispatch['dispatch'];
  readonly log: Log;
  /** The first pause after a failure; each further one doubles it. */
  readonly pauseMs?: number | undefined;
  /** A connection that ends before it was this old counts as a failure. */
  readonly steadyMs?: number | undefined;
};

export type SocketMode = {
  /** Returns at once: connects as soon as Slack can be reached, and again whenever a connection ends. */
  start(): void;
  /** Takes nothing new, lets what runs be acknowledged, then disconnects. */
  stop(): Promise<void>;
};

const longestPauseMs = 30_000;
const closesWithinMs = 1000;

/** Slack over a connection this process opens: no public address, no signing secret. */
export function createSocketMode(options: SocketModeOptions): SocketMode {
  const { log, pauseMs = 1000, steadyMs = 10_000 } = options;
  const stopping = new AbortController();
  const underWay = new Set<Promise<void>>();
  let current: SocketModeClient | undefined;
  let connecting: Promise<void> = Promise.resolve();

  async function stayConnected(): Promise<void> {
    let failures = 0;
    while (!stopping.signal.aborted) {
      const startedAt = performance.now();
      let askedMs = 0;
      try {
        await connectOnce();
        // One that Slack accepts and ends at once, again and again, must not make this a loop without a pause.
        failures = performance.now() - startedAt < steadyMs ? failures + 1 : 0;
      } catch (error) {
        failures += 1;
        askedMs = error instanceof WebAPIRateLimitedError ? error.retryAfter * 1000 : 0;
        log.warn('Slack cannot be connected', { attempt: failures, code: codeOf(error) });
      }
      const doubled = failures === 0 ? 0 : Math.min(pauseMs * 2 ** (failures - 1), longestPauseMs);
      const pause = Math.max(askedMs, doubled * (0.5 + Math.random() / 2));
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => {});
    }
  }

  /** Resolves when a connection that stood has ended; rejects when there was none. */
  async function connectOnce(): Promise<void> {
    const client = createClient(options);
    const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
    client.on('ws_message', (data) => logDisconnect(data, log));
    client.on('slack_event', (raw: unknown) => {
      // Left unacknowledged: Slack gives it to another connection.
      if (stopping.signal.aborted) return;
      const work = takeDelivery(parseDelivery(raw), options);
      underWay.add(work);
      void work.finally(() => underWay.delete(work));
    });
    current = client;
    await client.start();
    log.info('Slack is connected', {});
    if (stopping.signal.aborted) void client.disconnect();
    await ended;
  }

  return {
    start() {
      connecting = stayConnected();
    },
    async stop() {
      stopping.abort();
      await Promise.all(underWay);
      void current?.disconnect();
      await Promise.race([connecting, sleep(closesWithinMs, undefined, { ref: false })]);
    },
  };
}

/**
 * The library's own way to reconnect leaves a rejection unhandled when Slack cannot be reached, which ends
 * the process; so each client lives for one connection, and asks for its address once.
 */
function createClient({ appToken, apiUrl }: SocketModeOptions): SocketModeClient {
  return new SocketModeClient({
    appToken,
    autoReconnectEnabled: false,
    logger: silentLogger,
    clientOptions: {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      timeout: 8000,
      rejectRateLimitedCalls: true,
      allowAbsoluteUrls: false,
    },
  });
}

/** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
function logDisconnect(data: unknown, log: Log): void {
  const reason = typeof data === 'string' && /"type":\s*"disconnect"/.test(data) ? reasonOf(data) : undefined;
  if (reason === 'link_disabled') log.error('Socket Mode was switched off for the app', { why: reason });
  else if (reason !== undefined) log.info('Slack ends the connection', { why: reason });
}

function reasonOf(message: string): string | undefined {
  return /"reason":\s*"(link_disabled|refresh_requested|warning)"/.exec(message)?.[1];
}

/** Slack's own code, such as invalid_auth; never a text. */
function codeOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}
