import type { ShopState } from './shop-state.ts';

/** To an order or a customer; keeps the tags that are there. Says what is wrong, if anything. */
export function addTags(state: ShopState, id: string, tags: readonly string[]): string | undefined {
  const isKnown = [...state.orders, ...state.customers].some((each) => each.id === id);
  if (!isKnown) return 'Resource does not exist';
  const tagged = <Item extends { readonly id: string; readonly tags?: readonly string[] | undefined }>(
    each: Item,
  ): Item => (each.id === id ? { ...each, tags: [...new Set([...(each.tags ?? []), ...tags])] } : each);
  state.orders = state.orders.map(tagged);
  state.customers = state.customers.map(tagged);
  return undefined;
}
