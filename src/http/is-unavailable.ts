import { ExternalError } from '../errors.ts';

// PostgreSQL classes 08 (connection), 53 (resources), 57P (shutting down), 40 (serialisation, deadlock),
// 28 (not let in), 3D000 (no such database), 55000 (not accepting connections) and 55P03 (lock not available):
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const sqlStates = /^(08|28|53|40)[0-9A-Z]{3}$|^57P0[1-5]$|^3D000$|^55000$|^55P03$|^57014$/;

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
]);

/** True when the same request is worth sending again because something we need was not there. */
export function isUnavailable(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    if (current instanceof ExternalError) return current.retryable;
    const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
    if (connectionCodes.has(code) || sqlStates.test(code)) return true;
    current = current.cause;
  }
  return false;
}
