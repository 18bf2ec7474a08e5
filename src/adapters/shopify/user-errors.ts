import { ExternalError } from '../../errors.ts';
import type { Refusal } from '../../ports/shop-answer.ts';

type UserError = { readonly code?: string | null; readonly message: string };

/** The shop says these although it may have done what was asked. */
const mayHaveActed = new Set(['INTERNAL_ERROR', 'NOTIFICATION_FAILED']);

/** Undefined when the shop had no objection. Throws when it does not say which. */
export function refusalOf(errors: readonly UserError[] | undefined): Refusal | undefined {
  if (errors === undefined) throw lost('unreadable');
  if (errors.length === 0) return undefined;
  const codes = errors.flatMap((error) => error.code ?? []);
  const unsure = codes.find((code) => mayHaveActed.has(code));
  if (unsure !== undefined) throw lost(unsure);
  return { kind: 'rejected', messages: errors.map((error) => error.message), codes };
}

/** Something may have been done: whoever repeats it reads first. */
export function lost(code: string, cause?: unknown): ExternalError {
  return new ExternalError({ service: 'shopify', retryable: true, outcome: 'unknown', code, cause });
}
