/** What may become of a request: it is made after the caller gave up, or its answer gets lost, or it fails. */
export type Fate =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed'; readonly error: () => unknown }
  | { readonly kind: 'answered'; readonly with: () => unknown }
  | { readonly kind: 'lost'; readonly error: () => unknown }
  | { readonly kind: 'late'; readonly error: () => unknown };

export const done: Fate = { kind: 'done' };
