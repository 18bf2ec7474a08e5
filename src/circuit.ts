import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { ExternalError, type ExternalService } from './errors.ts';

export type Circuit = <T>(call: () => Promise<T>) => Promise<T>;

export type CircuitOptions = {
  readonly service: ExternalService;
  /** Which failures speak of the provider's health; those worth a retry, unless told otherwise. */
  readonly isOutage?: (error: ExternalError) => boolean;
  readonly restMs?: number;
};

/** After five failures in a row nothing is sent while the provider rests; then one call tries for all. */
export function createCircuit({
  service,
  isOutage = (error) => error.retryable,
  restMs = 15_000,
}: CircuitOptions): Circuit {
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof ExternalError && isOutage(error)),
    { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(5) },
  );
  return async (call) => {
    try {
      return await breaker.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new ExternalError({
        service,
        retryable: true,
        outcome: 'refused',
        code: 'circuit_open',
        retryAfterMs: restMs,
        cause: error,
      });
    }
  };
}
