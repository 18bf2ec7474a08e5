import { createApp } from '../app.ts';
import type { Config } from '../config.ts';
import type { ConversationContext } from '../conversation/context.ts';
import { findRunningProcess, type RunningProcess } from '../find-running-process.ts';
import { launch, runningFile, withStandIns } from '../launch.ts';
import { credentialsAt, newKeys } from '../sandbox/credentials.ts';
import { demoStoreName, describeDemoStore } from '../sandbox/demo-store.ts';
import type { DemoStories } from './speaker.ts';

export type Connection = {
  readonly context: ConversationContext;
  /** Of the process whose worker answers. */
  readonly url: string;
  /** Undefined when the store is real. */
  readonly stories: DemoStories | undefined;
  /** False when the program was started for this chat only. */
  readonly joined: boolean;
  stop(): Promise<void>;
};

/** Joins the program that serves this directory, or starts one, quietly, for as long as the chat lasts. */
export async function connect(config: Config): Promise<Connection> {
  const quiet: Config = { ...config, logLevel: 'silent' };
  const stories = config.mode === 'sandbox' ? describeDemoStore() : undefined;
  const running = await findRunningProcess(runningFile);
  if (running) return { ...(await join(quiet, running)), url: running.url, stories, joined: true };

  const { app, url, stop } = await launch({ ...quiet, http: { ...quiet.http, port: 0, host: '127.0.0.1' } });
  return { context: app.context, url, stories, joined: false, stop };
}

async function join(config: Config, running: RunningProcess) {
  if (running.isSandbox !== (config.mode === 'sandbox')) {
    const [theirs, ours] = running.isSandbox
      ? ['the sandbox', 'a live store']
      : ['a live store', 'the sandbox'];
    throw new Error(
      `The program at ${running.url} serves ${theirs}, but the variables of this terminal mean ${ours}. Set the same variables here and there.`,
    );
  }
  const app = createApp({
    config: {
      ...namingTheStore(config, running.url),
      slack: undefined,
      twilio: undefined,
      openai: undefined,
    },
    databaseUrl: running.databaseUrl,
    web: false,
    worker: false,
    ...(running.isSandbox && { storeName: demoStoreName }),
  });
  await app.start();
  return { context: app.context, stop: app.stop };
}

/** This process only takes in messages and asks no provider, so that in the sandbox invented keys do. */
function namingTheStore(config: Config, url: string): Config {
  if (config.mode === 'live') return config;
  return withStandIns(config, { credentials: credentialsAt(url, newKeys()) });
}
