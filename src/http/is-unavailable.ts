import { ExternalError } from '../errors.ts';
import { isDatabaseFault } from '../storage/is-database-fault.ts';

/** True when the same request is worth sending again because something we need was not there. */
export function isUnavailable(error: unknown): boolean {
  return error instanceof ExternalError ? error.retryable : isDatabaseFault(error);
}
