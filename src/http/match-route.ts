import type { Route } from './route.ts';

type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly params: Readonly<Record<string, string>> }
  | { readonly kind: 'wrong-method'; readonly allowed: readonly string[] }
  | { readonly kind: 'unknown' };

export type RouteTable = (method: string, path: string) => RouteMatch;

/** Exact paths win over patterns; patterns are tried in the order given. HEAD is answered by GET. */
export function createRouteTable(routes: readonly Route[]): RouteTable {
  const exact = new Map<string, Route[]>();
  const patterns: Route[] = [];
  for (const route of routes) {
    if (isPattern(route.path)) patterns.push(route);
    else exact.set(route.path, [...(exact.get(route.path) ?? []), route]);
  }

  return (method, path) => {
    const wanted = method === 'HEAD' ? 'GET' : method;
    const allowed = new Set<string>();
    for (const route of exact.get(path) ?? []) {
      if (route.method === wanted) return { kind: 'found', route, params: {} };
      allowed.add(route.method);
    }
    for (const route of patterns) {
      const params = matchPattern(route.path, path);
      if (!params) continue;
      if (route.method === wanted) return { kind: 'found', route, params };
      allowed.add(route.method);
    }
    return allowed.size > 0 ? { kind: 'wrong-method', allowed: [...allowed] } : { kind: 'unknown' };
  };
}

function isPattern(path: string): boolean {
  return path.endsWith('/*') || path.includes('/:');
}

function matchPattern(pattern: string, path: string): Record<string, string> | undefined {
  if (pattern.endsWith('/*')) {
    const prefix = pattern.slice(0, -1);
    return path.startsWith(prefix) ? { '*': path.slice(prefix.length) } : undefined;
  }
  const wanted = pattern.split('/');
  const given = path.split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, segment] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!segment.startsWith(':')) {
      if (segment !== value) return undefined;
      continue;
    }
    const decoded = decodeSegment(value);
    if (decoded === undefined) return undefined;
    params[segment.slice(1)] = decoded;
  }
  return params;
}

function decodeSegment(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment) || undefined;
  } catch {
    return undefined;
  }
}
