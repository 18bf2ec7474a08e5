import { z } from 'zod';
import { plainDecimal } from './approval-tier.ts';

/** `"1000.00"` or 1000: text stays exact, and numbers people write for money are. */
export const amountText = z
  .union([z.string(), z.number()], { error: 'expected an amount such as 1000.00' })
  .transform(String)
  .refine((text) => /^\d{1,9}(\.\d{1,3})?$/.test(text), 'expected an amount such as 1000.00')
  .transform(plainDecimal);

/** Slack's ids: people and groups of people. */
export const approverIds = z
  .array(z.string().regex(/^[USW][A-Z0-9_]+$/, 'expected a user id (U…) or a user-group id (S…)'))
  .min(1);

export const percent = z.number().min(0).max(100).multipleOf(0.01);

/** For a refinement that is not said on top of an unknown key. */
export function orElse(error: string) {
  return { error, when: ({ issues }: z.core.ParsePayload) => issues.length === 0 };
}

/** A group may have any number of members; people named one by one are counted. */
export function canBeReached({
  approvers = [],
  people = 1,
}: {
  readonly approvers?: readonly string[] | undefined;
  readonly people?: number | undefined;
}): boolean {
  const named = new Set(approvers);
  return named.size === 0 || named.size >= people || approvers.some((id) => id.startsWith('S'));
}
