import type { ShopCustomer, ShopOrder, ShopState } from './shop-state.ts';

/**
 * Shopify's search syntax, as loose as the real one: terms are joined by AND, a name matches by prefix
 * with or without `#`, and a filter that does not exist is ignored instead of refused.
 * https://shopify.dev/docs/api/usage/search-syntax
 */
export function searchOrders(state: ShopState, query: string | null | undefined): readonly ShopOrder[] {
  const terms = parseTerms(query ?? '');
  return state.orders.filter((order) => terms.every((term) => matches(state, order, term)));
}

type Term = { readonly field: string | undefined; readonly value: string };

function parseTerms(query: string): readonly Term[] {
  const pattern = /(?:([a-z_]+):)?(?:"((?:[^"\\]|\\.)*)"|((?:[^\s"\\]|\\.)+))/gi;
  return [...query.matchAll(pattern)]
    .map((match) => ({ field: match[1]?.toLowerCase(), value: plain(match[2] ?? match[3] ?? '') }))
    .filter((term) => term.field !== undefined || term.value.toUpperCase() !== 'AND');
}

function plain(value: string): string {
  return value.replace(/\\(.)/g, '$1').trim().toLowerCase();
}

function matches(state: ShopState, order: ShopOrder, { field, value }: Term): boolean {
  const customer = state.customers.find((candidate) => candidate.id === order.customerId);
  switch (field) {
    case undefined:
      return nameMatches(order, value) || order.email === value || customerMatches(customer, value);
    case 'name':
      return nameMatches(order, value);
    case 'id':
      return order.id.endsWith(`/${value}`);
    case 'email':
      return order.email?.toLowerCase() === value;
    case 'customer_id':
      return order.customerId?.endsWith(`/${value}`) ?? false;
    case 'tag':
      return order.tags.some((tag) => tag.toLowerCase() === value);
    case 'status':
      return value !== 'cancelled' || order.cancelledAt !== undefined;
    default:
      return true;
  }
}

function nameMatches(order: ShopOrder, value: string): boolean {
  const wanted = value.replace(/\*$/, '').replace(/^#/, '');
  return wanted !== '' && order.name.toLowerCase().replace(/^#/, '').startsWith(wanted);
}

function customerMatches(customer: ShopCustomer | undefined, value: string): boolean {
  return (
    customer !== undefined && [customer.firstName, customer.lastName].join(' ').toLowerCase().includes(value)
  );
}
