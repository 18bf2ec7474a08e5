import type { ShopState } from './shop-state.ts';

/** Numbers never repeat across kinds, so that a mixed-up id cannot name something else by chance. */
export function nextId(state: ShopState, kind: string): string {
  state.lastId += 1;
  return `gid://shopify/${kind}/${state.lastId}`;
}
