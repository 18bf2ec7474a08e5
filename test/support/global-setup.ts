import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import postgres from 'postgres';
import type { TestProject } from 'vitest/node';
import { startEmbeddedPostgres } from '../../src/storage/embedded-postgres.ts';
import { migrateDatabase } from '../../src/storage/migrate.ts';
import { serverSocket, socketSettings } from './server-socket.ts';

declare module 'vitest' {
  interface ProvidedContext {
    readonly postgresUrl: string;
    readonly postgresSocket: string | undefined;
  }
}

export const templateDatabase = 'template_migrated';

/**
 * One server per run, or one that several runs share (`npm run mutate`); every test file gets a database made
 * from the migrated template.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const running = process.env.TEST_POSTGRES_URL;
  if (running) {
    project.provide('postgresUrl', running);
    return async () => {};
  }
  const directory = mkdtempSync(join(tmpdir(), 'returns-agent-test-'));
  // Nothing here must survive the machine, so the disk need not be waited for.
  const data = join(directory, 'postgres');
  const server = await startEmbeddedPostgres(data, [
    'fsync=off',
    'synchronous_commit=off',
    'full_page_writes=off',
    'max_connections=300',
    ...socketSettings(data),
  ]);
  await makeTemplate(server.url);
  project.provide('postgresUrl', server.url);
  project.provide('postgresSocket', serverSocket(data));
  return async () => {
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  };
}

export async function makeTemplate(serverUrl: string): Promise<void> {
  const client = postgres(serverUrl, { max: 1, onnotice: () => {} });
  await client.unsafe(`create database ${templateDatabase}`);
  await client.end();
  await migrateDatabase(databaseUrl(serverUrl, templateDatabase));
}

export function databaseUrl(serverUrl: string, name: string): string {
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  return url.href;
}
