import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { createStorefront } from '../app/providers.ts';
import type { Config } from '../config.ts';
import { findRunningProcess } from '../find-running-process.ts';
import { dataDirectory, runningFile, withStandIns } from '../launch.ts';
import type { Storefront } from '../ports/storefront.ts';
import { credentialsAt, newKeys, type SandboxCredentials } from '../sandbox/credentials.ts';
import { startSandbox } from '../sandbox/sandbox.ts';
import { noMetrics } from './no-metrics.ts';

/** The live shop, else the sandbox that runs here, else one with the same books for as long as `use` takes. */
export async function withShop<T>(config: Config, use: (shop: Storefront) => Promise<T>): Promise<T> {
  if (config.shopify) return use(createStorefront(config.shopify, noMetrics()));
  const running = await findRunningProcess(runningFile);
  const known = running?.isSandbox ? credentialsOfRunning() : undefined;
  if (known) return use(openStandIn(config, known));
  const sandbox = await startSandbox({
    appUrl: 'http://127.0.0.1:1',
    ...(existsSync(sandboxDirectory) && !running && { dataDir: sandboxDirectory }),
  });
  try {
    return await use(openStandIn(config, sandbox.credentials));
  } finally {
    await sandbox.close();
  }
}

const sandboxDirectory = join(dataDirectory, 'sandbox');
const house = z.object({ port: z.number().int().positive(), keys: z.record(z.string(), z.string()) });

function credentialsOfRunning(): SandboxCredentials | undefined {
  try {
    const { port, keys } = house.parse(
      JSON.parse(readFileSync(join(sandboxDirectory, 'sandbox.json'), 'utf8')),
    );
    return credentialsAt(`http://127.0.0.1:${port}`, { ...newKeys(), ...keys });
  } catch {
    return undefined;
  }
}

function openStandIn(config: Config, credentials: SandboxCredentials): Storefront {
  const { shopify } = withStandIns(config, { credentials });
  if (!shopify) throw new Error('The sandbox has no shop.');
  return createStorefront(shopify, noMetrics());
}
