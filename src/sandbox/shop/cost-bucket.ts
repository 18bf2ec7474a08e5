export type CostBucketOptions = { readonly maximum: number; readonly restorePerSecond: number };

type ThrottleStatus = {
  readonly maximumAvailable: number;
  readonly currentlyAvailable: number;
  readonly restoreRate: number;
};

/** A leaky bucket of query points. */
export type CostBucket = {
  /** False when it does not hold that much; then nothing is taken. */
  take(points: number): boolean;
  giveBack(points: number): void;
  status(): ThrottleStatus;
};

export function createCostBucket(options: CostBucketOptions | 'unlimited', now: () => Date): CostBucket {
  const { maximum, restorePerSecond } =
    options === 'unlimited' ? { maximum: 20_000, restorePerSecond: 1_000 } : options;
  let available = maximum;
  let filledAt = now().getTime();

  function fill(): void {
    const at = now().getTime();
    const restored = (Math.max(0, at - filledAt) / 1_000) * restorePerSecond;
    available = Math.min(maximum, available + restored);
    filledAt = at;
  }

  return {
    take(points) {
      fill();
      if (options === 'unlimited') return true;
      if (available < points) return false;
      available -= points;
      return true;
    },
    giveBack(points) {
      available = Math.min(maximum, available + points);
    },
    status() {
      fill();
      return {
        maximumAvailable: maximum,
        currentlyAvailable: Math.floor(available),
        restoreRate: restorePerSecond,
      };
    },
  };
}
