import { type Logger, LogLevel } from '@slack/web-api';

/** The libraries' own log lines carry addresses and texts of messages; what matters arrives as an error. */
export const silentLogger: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
