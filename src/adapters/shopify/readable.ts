import { ExternalError } from '../../errors.ts';

/** Turns "the answer is not what was asked for" into the one error callers know. */
export async function readable<Value>(
  outcome: ExternalError['outcome'],
  read: () => Value | Promise<Value>,
): Promise<Value> {
  try {
    return await read();
  } catch (cause) {
    if (cause instanceof ExternalError) throw cause;
    throw new ExternalError({ service: 'shopify', retryable: false, outcome, code: 'unreadable', cause });
  }
}
