export const returnStates = [
  'opening',
  'open',
  'cancelling',
  'closing',
  'completed',
  'cancelled',
  'closed',
  'refused',
  'by-hand',
] as const;
/**
 * A return that was agreed to and is kept by the shop. 'closed': nothing of it arrived in time. 'refused': the
 * shop would not open it. 'by-hand': people settled it in the shop's admin.
 */
export type ReturnState = (typeof returnStates)[number];
