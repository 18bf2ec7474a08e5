import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { ExternalError, type ExternalService } from './errors.ts';

export type Circuit = <T>(call: () => Promise<T>) => Promise<T>;

export type CircuitOptions = {
  readonly service: ExternalService;
  /** Which failures speak of the provider's health; those worth a retry, unless told otherwise. */
  readonly isOutage?: (error: ExternalError) => boolean;
  readonly restMs?: number | undefined;
  readonly onChange?: ((change: CircuitChange) => void) | undefined;
};

/** Told whenever it closes or opens, and again at every try that a provider which lets nobody in refuses. */
export type CircuitChange = {
  readonly service: ExternalService;
  readonly why: 'outage' | 'access';
  readonly isOpen: boolean;
  readonly code?: string | undefined;
};

/** Until somebody has replaced an expired token. */
const accessRestMs = 60_000;

/**
 * After five failures in a row nothing is sent while the provider rests; then one call tries for all, and
 * nobody waits for it. After one refusal of who we are it is the same for a minute. Whoever is turned away
 * here gets an error worth a retry: work is put off, not given up.
 */
export function createCircuit(options: CircuitOptions): Circuit {
  const { service, isOutage = (error) => error.retryable, restMs = 15_000, onChange } = options;
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof ExternalError && isOutage(error)),
    { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(5) },
  );
  breaker.onBreak(() => onChange?.({ service, why: 'outage', isOpen: true }));
  breaker.onReset(() => onChange?.({ service, why: 'outage', isOpen: false }));
  let barred: { readonly code: string | undefined; readonly until: number } | undefined;

  const turnAway = (code: string | undefined, retryAfterMs: number, more: object = {}) =>
    new ExternalError({ service, retryable: true, outcome: 'refused', code, retryAfterMs, ...more });

  function bar(code: string | undefined): void {
    barred = { code, until: Date.now() + accessRestMs };
    onChange?.({ service, why: 'access', isOpen: true, code });
  }

  function admit(): void {
    if (!barred) return;
    barred = undefined;
    onChange?.({ service, why: 'access', isOpen: false });
  }

  return async (call) => {
    if (barred) {
      const restsForMs = barred.until - Date.now();
      if (restsForMs > 0) throw turnAway(barred.code, restsForMs, { accessRefused: true });
      barred = { ...barred, until: Date.now() + accessRestMs };
    }
    // The library would have everybody wait for the one that tries, which is long when the provider hangs.
    if (breaker.state === CircuitState.HalfOpen) throw turnAway('circuit_open', restMs);
    try {
      const result = await breaker.execute(call);
      admit();
      return result;
    } catch (error) {
      if (error instanceof BrokenCircuitError) throw turnAway('circuit_open', restMs, { cause: error });
      if (!(error instanceof ExternalError)) throw error;
      if (error.accessRefused) bar(error.code);
      else if (!error.retryable) admit();
      throw error;
    }
  };
}
