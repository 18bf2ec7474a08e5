import { BrokenCircuitError, ConsecutiveBreaker, circuitBreaker, handleWhen } from 'cockatiel';
import { ExternalError } from '../../errors.ts';

export type Circuit = <T>(call: () => Promise<T>) => Promise<T>;

/** After five failures in a row nothing is sent for 15 seconds; then one call tries for all. */
export function createCircuit(halfOpenAfterMs = 15_000): Circuit {
  const breaker = circuitBreaker(
    handleWhen((error) => error instanceof ExternalError && error.retryable),
    { halfOpenAfter: halfOpenAfterMs, breaker: new ConsecutiveBreaker(5) },
  );
  return async (call) => {
    try {
      return await breaker.execute(call);
    } catch (error) {
      if (!(error instanceof BrokenCircuitError)) throw error;
      throw new ExternalError({
        service: 'twilio',
        retryable: true,
        outcome: 'refused',
        code: 'circuit_open',
        retryAfterMs: halfOpenAfterMs,
        cause: error,
      });
    }
  };
}
