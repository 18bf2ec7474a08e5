/** Shopify's ReturnUserError. */
export type ReturnProblem = {
  readonly code: string;
  readonly field: readonly string[] | null;
  readonly message: string;
};

export function returnProblem(code: string, field: readonly string[] | null, message: string): ReturnProblem {
  return { code, field, message };
}
