/** One guard taken out. Its tests must fail then; one that survives is a guard nobody would miss. */
export type Mutation = {
  readonly file: string;
  /** Stands in the file exactly once. */
  readonly find: string;
  readonly replace: string;
  /** What the guard is for. */
  readonly why: string;
  /** `test/file.test.ts › title`, as the documents name them. */
  readonly tests: readonly string[];
};
