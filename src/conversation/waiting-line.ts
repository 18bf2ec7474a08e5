type Waiting<Item, Result> = {
  readonly item: Item;
  resolve(result: Result): void;
  reject(error: unknown): void;
};

/**
 * Work on the same key is done one after the other, and what waited meanwhile together. Whatever locks the
 * same row would only wait for it, each with a connection that others need.
 */
export function createWaitingLine<Item, Result>(
  run: (items: readonly Item[]) => Promise<readonly Result[]>,
  /** True: the next try would fail as well, whatever it is about. */
  isOutage: (error: unknown) => boolean,
): (key: string, item: Item) => Promise<Result> {
  const lines = new Map<string, Waiting<Item, Result>[]>();

  async function work(key: string, line: Waiting<Item, Result>[]): Promise<void> {
    while (line.length > 0) await runTogether(line, line.splice(0, mostTogether));
    lines.delete(key);
  }

  async function runTogether(
    line: Waiting<Item, Result>[],
    batch: readonly Waiting<Item, Result>[],
  ): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      for (const [index, { resolve }] of batch.entries()) resolve(results[index] as Result);
    } catch (error) {
      if (isOutage(error)) for (const { reject } of [...batch, ...line.splice(0)]) reject(error);
      else if (batch.length === 1) batch[0]?.reject(error);
      // One that cannot be done must not take the others with it.
      else for (const one of batch) await runTogether(line, [one]);
    }
  }

  return (key, item) =>
    new Promise((resolve, reject) => {
      const waiting = { item, resolve, reject };
      const line = lines.get(key);
      if (line) return void line.push(waiting);
      const fresh = [waiting];
      lines.set(key, fresh);
      void work(key, fresh);
    });
}

/** Few enough that their transaction stays short. */
const mostTogether = 50;
