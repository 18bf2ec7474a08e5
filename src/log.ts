import pino, { type DestinationStream } from 'pino';
import { ExternalError } from './errors.ts';

export const logLevels = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const wordFields = [
  'approvalId',
  'channel',
  'code',
  'conversationId',
  'file',
  'host',
  'jobId',
  'kind',
  'messageId',
  'messageSid',
  'method',
  'mode',
  'model',
  'operation',
  'outcome',
  'process',
  'queue',
  'quoteId',
  'refundId',
  'route',
  'rule',
  'service',
  'signal',
  'state',
  'tool',
  'topic',
  'variable',
  'version',
  'why',
] as const;
const numberFields = [
  'attempt',
  'bytes',
  'column',
  'count',
  'line',
  'ms',
  'port',
  'retryAfterMs',
  'status',
  'turnNumber',
] as const;

type WordField = (typeof wordFields)[number];
type NumberField = (typeof numberFields)[number];

/** The only fields that are ever written; everything else is dropped, whatever the types say. */
export type LogFields = { readonly [K in WordField]?: string | undefined } & {
  readonly [K in NumberField]?: number | undefined;
} & {
  /** Written without query, fragment and credentials. */
  readonly url?: string | undefined;
  /** Written without its message: messages of drivers and SDKs quote what they were given. */
  readonly error?: unknown;
};

/** Rejects `string` and templates with holes: what varies belongs into fields. */
type ConstantString<S extends string> = Record<never, never> extends Record<S, unknown> ? never : S;
type Write = <const S extends string>(message: ConstantString<S>, fields?: LogFields) => void;

export type Log = {
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  child(fields: LogFields): Log;
};

export type LogOptions = { readonly level: LogLevel; readonly destination?: DestinationStream };

export function createLog({ level, destination = pino.destination({ fd: 1, sync: true }) }: LogOptions): Log {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    destination,
  );
  return wrap(logger, {});
}

type WrittenFields = Readonly<Record<string, unknown>>;

function wrap(logger: pino.Logger, bound: WrittenFields): Log {
  const writer =
    (level: 'debug' | 'info' | 'warn' | 'error'): Write =>
    (message, fields = {}) => {
      if (!logger.isLevelEnabled(level)) return;
      const text = looksPersonal(message) ? withheld : message.slice(0, 200);
      logger[level]({ ...bound, ...writable(fields) }, text);
    };
  return {
    debug: writer('debug'),
    info: writer('info'),
    warn: writer('warn'),
    error: writer('error'),
    child: (fields) => wrap(logger, { ...bound, ...writable(fields) }),
  };
}

const withheld = '[withheld]';
/** Ids whose digits mean nothing: UUIDs, and Twilio's. */
const opaqueId = /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-|[A-Z]{2}[0-9a-f]{20})[0-9a-f]{12}$/i;

function writable(fields: LogFields): WrittenFields {
  const written: Record<string, unknown> = {};
  for (const name of wordFields) {
    if (fields[name] !== undefined) written[name] = asWord(fields[name]);
  }
  for (const name of numberFields) {
    if (typeof fields[name] === 'number') written[name] = fields[name];
  }
  if (fields.url !== undefined) written.url = asUrl(fields.url);
  if (fields.error !== undefined) written.error = describeError(fields.error);
  return written;
}

/** One word without spaces, `@` or a run of digits long enough to be a phone number; or an opaque id. */
function asWord(value: unknown): string {
  const text = String(value).slice(0, 80);
  if (opaqueId.test(text)) return text;
  return /^[\w.:/*-]+$/.test(text) && !looksPersonal(text) ? text : withheld;
}

function looksPersonal(text: string): boolean {
  return text.includes('@') || /\d{7}/.test(text);
}

function asUrl(value: string): string {
  if (!URL.canParse(value)) return withheld;
  const { protocol, host, pathname } = new URL(value);
  const path = pathname.split('/').map((segment) => (segment === '' ? '' : asWord(segment)));
  return `${protocol}//${host}${path.join('/')}`;
}

function describeError(error: unknown, depth = 0): WrittenFields {
  if (!(error instanceof Error)) return { name: asWord(error === null ? 'null' : typeof error) };
  const described: Record<string, unknown> = { name: asWord(error.name) };
  if ('code' in error && error.code !== undefined) described.code = asWord(error.code);
  if (error instanceof ExternalError) {
    described.service = error.service;
    described.outcome = error.outcome;
  } else {
    described.class = asWord(error.constructor.name);
    described.stack = readFrames(error);
  }
  if (error.cause !== undefined && depth < 3) described.cause = describeError(error.cause, depth + 1);
  return described;
}

/** Only lines that have the shape of a frame, after the message: a message may itself have many lines. */
function readFrames({ stack = '', message }: Error): readonly string[] {
  const start = stack.indexOf(message);
  const frames = start < 0 ? stack : stack.slice(start + message.length);
  return frames
    .split('\n')
    .map(
      (line) => /^ {4}at (?:[\w.<>$[\] ]+ )?\(?((?:file:\/\/|node:|\/)[^\s()@]+:\d+:\d+)\)?$/.exec(line)?.[1],
    )
    .filter((frame) => frame !== undefined)
    .slice(0, 10);
}
