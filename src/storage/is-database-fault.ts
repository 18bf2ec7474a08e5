// PostgreSQL classes 08 (connection), 53 (resources, disk), 57P (shutting down), 40 (serialisation, deadlock),
// 28 (not let in), 3D000 (no such database), 55000 (not accepting connections), 55P03 (lock not available),
// 57014 (statement timeout), 25P03 (idle in a transaction) and 25006 (it became a standby):
// https://www.postgresql.org/docs/current/errcodes-appendix.html
const sqlStates = /^(08|28|53|40)[0-9A-Z]{3}$|^57P0[1-5]$|^3D000$|^55000$|^55P03$|^57014$|^25P0[34]$|^25006$/;

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
  'NO_FREE_CONNECTION',
]);

/** True when the database was away, full, busy or in the way, so that the same may work later. */
export function isDatabaseFault(error: unknown): boolean {
  let current = error;
  for (let depth = 0; depth < 5 && current instanceof Error; depth += 1) {
    const code = 'code' in current && typeof current.code === 'string' ? current.code : '';
    if (connectionCodes.has(code) || sqlStates.test(code)) return true;
    current = current.cause;
  }
  return false;
}
