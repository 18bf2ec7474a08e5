import { expect, it } from 'vitest';
import type { Exchange } from '../../../src/adapters/shopify/exchange.ts';
import { readAnswer } from '../../../src/adapters/shopify/read-answer.ts';

function outcomeOf(reply: Exchange): unknown {
  try {
    return readAnswer(reply, 'mutation');
  } catch (error) {
    return error;
  }
}

it('knows that a mutation did nothing when no connection was made', () => {
  const reply = { kind: 'no-answer', sent: false, code: 'ECONNREFUSED', cause: undefined } as const;
  expect(outcomeOf(reply)).toMatchObject({ outcome: 'refused', retryable: true, code: 'ECONNREFUSED' });
});

it('does not know what a mutation did when it was sent and nothing came back', () => {
  const reply = { kind: 'no-answer', sent: true, code: 'timeout', cause: undefined } as const;
  expect(outcomeOf(reply)).toMatchObject({ outcome: 'unknown', retryable: true, code: 'timeout' });
});

it('does not know what a mutation did when the shop itself timed out', () => {
  const reply = { kind: 'answer', status: 408, retryAfterMs: undefined, json: undefined } as const;
  expect(outcomeOf(reply)).toMatchObject({ outcome: 'unknown', retryable: true, code: 'http_408' });
});
