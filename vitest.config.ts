import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    // Against a hang only: how long things take is the machine's affair.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 4,
    // Most files wait for timers and answers half of their time; vitest would give two cores one worker.
    maxWorkers: availableParallelism() + 1,
  },
});
