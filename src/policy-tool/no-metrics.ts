import { createMetrics, type Metrics } from '../metrics.ts';

/** For a command that ends before anybody could read them. */
export function noMetrics(): Metrics {
  return createMetrics({ countJobs: async () => [], readPause: async () => undefined });
}
