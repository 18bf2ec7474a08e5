import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import type { Config } from '../../src/config.ts';
import { readPolicyOptions } from '../../src/policy-tool/read-options.ts';
import { runPolicyTool } from '../../src/policy-tool/run-policy-tool.ts';
import { openWorld, type World, type WorldOptions } from '../support/open-world.ts';
import { createTestDatabase } from '../support/test-database.ts';

export type Ran = { readonly code: number; readonly output: string; readonly errors: string };

export type ToolWorld = World & {
  /** As `npm run policy --` on the shop, the workspace and the database of this world. */
  run(...args: readonly string[]): Promise<Ran>;
  /** The path of a policy file with this text. */
  file(text: string, name?: string): string;
};

export async function openToolWorld(
  change: (config: Config, file: ToolWorld['file']) => Config = (config) => config,
  options: WorldOptions = {},
): Promise<ToolWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'policy-tool-'));
  const file = (text: string, name = 'policy.yaml') => {
    const path = join(folder, name);
    writeFileSync(path, text);
    return path;
  };
  const database = await createTestDatabase();
  let config: Config | undefined;
  const world = await openWorld(
    (given) => {
      config = change(given, file);
      return config;
    },
    { ...options, database },
  );
  const closeWorld = world.close;
  return Object.assign(world, {
    file,
    async run(...args: readonly string[]) {
      const read = readPolicyOptions(args);
      if (read.kind !== 'ok' || !config) throw new Error(`These are no options: ${args.join(' ')}`);
      const [output, errors] = [openSink(), openSink()];
      const code = await runPolicyTool({ ...config, databaseUrl: database.url }, read.command, {
        output: output.stream,
        errors: errors.stream,
      });
      return { code, output: output.text(), errors: errors.text() };
    },
    async close() {
      await closeWorld();
      rmSync(folder, { recursive: true });
    },
  });
}

function openSink() {
  let written = '';
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      written += chunk.toString();
      done();
    },
  });
  return { stream, text: () => written };
}
