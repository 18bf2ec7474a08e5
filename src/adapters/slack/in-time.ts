import { setTimeout as pass } from 'node:timers/promises';

/** Slack waits three seconds for an acknowledgement, then shows the person that the app failed. */
export const defaultAnswerMs = 2500;

/** What came of the work; undefined when it is not done yet: then it goes on, and is answered another way. */
export async function inTime<Value>(
  work: Promise<Value>,
  withinMs: number = defaultAnswerMs,
): Promise<{ readonly value: Value } | undefined> {
  const waiting = new AbortController();
  const late = pass(withinMs, undefined, { signal: waiting.signal }).catch(() => undefined);
  try {
    return await Promise.race([work.then((value) => ({ value })), late]);
  } finally {
    waiting.abort();
  }
}
