import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../src/config.ts';
import { openWorld, type World } from './open-world.ts';

/** The program under this policy; nothing waits for approval below the threshold, in the shop's currency. */
export async function openPolicyWorld(policy: string, approvalThreshold = '1000.00'): Promise<World> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-'));
  const policyFile = join(folder, 'policy.yaml');
  writeFileSync(policyFile, policy);
  const world = await openWorld(
    (config: Config): Config => ({
      ...config,
      returns: { ...config.returns, policyFile, approvalThreshold },
    }),
  );
  return {
    ...world,
    async close() {
      await world.close();
      rmSync(folder, { recursive: true });
    },
  };
}
