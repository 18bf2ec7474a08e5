import type { Policy } from './policy.ts';

/** Whether it makes a difference to this policy that there is a photo. */
export function asksForPhoto({ rules = [] }: Policy): boolean {
  return rules.some(
    ({ when, outcomes }) => outcomes.photoRequired || when.some(({ fact }) => fact === 'photo_given'),
  );
}
