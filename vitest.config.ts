import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/global-setup.ts'],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    maxConcurrency: 4,
    // Most files wait for timers and answers most of their time; vitest would give two cores one worker.
    maxWorkers: Math.max(2, availableParallelism() - 1),
  },
});
