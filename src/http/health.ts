import { createAdminGate } from './admin-gate.ts';
import { json, type Route } from './route.ts';

export type Readiness = {
  /** Why this process should get no traffic, in words for an operator; empty when it should. */
  readonly reasons: readonly string[];
  readonly inFlight: number;
  readonly queued: number;
};

export type HealthOptions = {
  readonly check: () => Promise<Readiness>;
  readonly renderMetrics: () => Promise<{ readonly contentType: string; readonly body: string }>;
  readonly adminToken: string | undefined;
  /** The host the server listens on: without a token, metrics are for this machine only. */
  readonly host: string;
  readonly checkTimeoutMs?: number;
};

export function healthRoutes(options: HealthOptions): readonly Route[] {
  const { check, renderMetrics, checkTimeoutMs = 3_000 } = options;
  const refuse = createAdminGate(options);
  return [
    { method: 'GET', path: '/healthz', handle: async () => json(200, { status: 'ok' }) },
    {
      method: 'GET',
      path: '/readyz',
      async handle() {
        const { reasons, inFlight, queued } = await within(checkTimeoutMs, check);
        const isReady = reasons.length === 0;
        return json(isReady ? 200 : 503, {
          status: isReady ? 'ready' : 'not ready',
          ...(isReady ? {} : { reasons }),
          inFlight,
          queued,
        });
      },
    },
    {
      method: 'GET',
      path: '/metrics',
      async handle(request) {
        const refusal = refuse(request);
        if (refusal) return refusal;
        const { contentType, body } = await renderMetrics();
        return { status: 200, headers: { 'content-type': contentType }, body };
      },
    },
  ];
}

async function within(timeoutMs: number, check: () => Promise<Readiness>): Promise<Readiness> {
  const { promise: late, resolve } = Promise.withResolvers<Readiness>();
  const timer = setTimeout(() => resolve(notAnswering), timeoutMs);
  try {
    return await Promise.race([check().catch(() => notAnswering), late]);
  } finally {
    clearTimeout(timer);
  }
}

const notAnswering: Readiness = { reasons: ['the database does not answer'], inFlight: 0, queued: 0 };
