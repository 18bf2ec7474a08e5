import { createHash } from 'node:crypto';
import { type FieldNode, GraphQLError, type GraphQLSchema, getDirectiveValues } from 'graphql';
import type { ShopState, UsedKey } from './shop-state.ts';

/** Mutations that are refused without `@idempotent` since version 2026-04. */
export const idempotentMutations: readonly string[] = ['refundCreate'];

const keyMemoryMs = 24 * 60 * 60 * 1_000;

/** Variable values as graphql coerced them. */
type VariableValues = Parameters<typeof getDirectiveValues>[2];

export function readIdempotencyKey(
  schema: GraphQLSchema,
  field: FieldNode,
  variables: VariableValues,
): string | undefined {
  const directive = schema.getDirective('idempotent');
  const key = directive ? getDirectiveValues(directive, field, variables)?.key : undefined;
  return typeof key === 'string' ? key : undefined;
}

export function requireIdempotencyKey(key: string | undefined): string {
  if (key === undefined) {
    throw refusal('The @idempotent directive is required for this mutation', 'BAD_REQUEST');
  }
  if (key.trim() === '') throw refusal('The idempotency key must not be blank', 'BAD_REQUEST');
  return key;
}

/** The earlier use of this key for the same input; throws when the key was used for something else. */
export function recallKey(state: ShopState, key: string, input: unknown, now: Date): UsedKey | undefined {
  const forgottenBefore = now.getTime() - keyMemoryMs;
  state.idempotencyKeys = state.idempotencyKeys.filter(
    (used) => new Date(used.usedAt).getTime() > forgottenBefore,
  );
  const used = state.idempotencyKeys.find((candidate) => candidate.key === key);
  if (!used) return undefined;
  if (used.inputDigest !== digest(input)) {
    throw refusal(
      'The same idempotency key cannot be used with different operation parameters.',
      'IDEMPOTENCY_KEY_PARAMETER_MISMATCH',
    );
  }
  if (used.refundId === undefined) {
    throw refusal(
      'A previous request with this idempotency key failed. Retry with a new idempotency key.',
      'IDEMPOTENCY_PREVIOUS_ATTEMPT_FAILED',
    );
  }
  return used;
}

export function rememberKey(
  state: ShopState,
  use: {
    readonly key: string;
    readonly input: unknown;
    readonly refundId: string | undefined;
    readonly at: Date;
  },
): void {
  const { key, refundId } = use;
  const record = { key, inputDigest: digest(use.input), refundId, usedAt: use.at.toISOString() };
  state.idempotencyKeys = [...state.idempotencyKeys, record];
}

export function concurrentRequest(): GraphQLError {
  return refusal(
    'This request is currently in progress, please try again.',
    'IDEMPOTENCY_CONCURRENT_REQUEST',
  );
}

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function digest(input: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(sorted(input)))
    .digest('hex');
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([name, item]) => [name, sorted(item)]));
}
