import { logLevels } from '../log.ts';
import { databaseAddress, hostName, oneOf, secret, webAddress, wholeNumber } from './formats.ts';
import type { VariableTable } from './variable.ts';

export const serverVariables = {
  PORT: {
    meaning: 'The port the web process listens on.',
    default: '3000',
    expected: 'a whole number from 0 (any free port) to 65535',
    whereToGet: 'your choice; hosting platforms often set it',
    format: wholeNumber(0, 65_535),
  },
  HOST: {
    meaning: 'The address the web process listens on.',
    whenUnset: '`0.0.0.0` live, `127.0.0.1` in the sandbox',
    expected: 'an IP address or a host name of this machine',
    whereToGet: 'your choice',
    format: hostName,
  },
  PUBLIC_URL: {
    meaning: 'The address the providers call, and what Twilio signs. Required live when Twilio is set.',
    expected:
      'an address that starts with https:// (or http://), without query, e.g. https://returns.example.com',
    whereToGet: 'your domain, or your tunnel while developing',
    format: webAddress,
  },
  DATABASE_URL: {
    meaning: 'The PostgreSQL that all web and worker processes share.',
    whenUnset: 'an embedded server in `.data/postgres`',
    expected: 'postgres://user:password@host:5432/name',
    whereToGet: 'your PostgreSQL provider',
    isSecret: true,
    format: databaseAddress,
  },
  ADMIN_TOKEN: {
    meaning: 'Bearer token for `/metrics` and the dashboard; without it they open on loopback only.',
    expected: 'a long random word without spaces',
    whereToGet: 'make one: openssl rand -hex 32',
    isSecret: true,
    format: secret(),
  },
  CHAT_API_TOKEN: {
    meaning: 'Set → `POST /api/chat` is served to whoever sends this bearer token.',
    expected: 'a long random word without spaces',
    whereToGet: 'make one: openssl rand -hex 32',
    isSecret: true,
    format: secret(),
  },
  RETENTION_DAYS: {
    meaning: 'Message text and personal data older than this are erased; the money ledger stays.',
    default: '90',
    expected: 'a whole number of days from 1 to 3650',
    whereToGet: 'your privacy policy',
    format: wholeNumber(1, 3_650),
  },
  LOG_LEVEL: {
    meaning: 'How much is logged.',
    default: 'info',
    expected: `one of ${logLevels.join(', ')}`,
    whereToGet: 'your choice',
    format: oneOf(logLevels),
  },
  SHUTDOWN_GRACE_MS: {
    meaning: 'How long running requests and jobs may take to finish when the process is asked to stop.',
    default: '10000',
    expected: 'a whole number of milliseconds from 0 to 600000',
    whereToGet: 'less than your platform waits before it kills',
    format: wholeNumber(0, 600_000),
  },
} as const satisfies VariableTable;
