import { GraphQLError } from 'graphql';

export type PageArguments = {
  readonly first?: number | null;
  readonly last?: number | null;
  readonly after?: string | null;
  readonly before?: string | null;
  readonly reverse?: boolean | null;
};

/** A Relay connection; cursors are good for as long as the list only grows at its end. */
export function connection<Item, View>(
  items: readonly Item[],
  page: PageArguments,
  view: (item: Item) => View,
) {
  if (page.first == null && page.last == null) {
    throw new GraphQLError('you must provide one of first or last');
  }
  const ordered = page.reverse ? items.toReversed() : items;
  const from = page.after == null ? 0 : position(page.after) + 1;
  const until = page.before == null ? ordered.length : position(page.before);
  const between = ordered.slice(from, until);
  const chosen = page.first == null ? between.slice(-(page.last ?? 0)) : between.slice(0, page.first);
  const taken = chosen.map(view);
  const start = page.first == null ? until - taken.length : from;
  const edges = taken.map((node, index) => ({ node, cursor: cursor(start + index) }));
  return {
    edges,
    nodes: taken,
    pageInfo: {
      hasNextPage: start + taken.length < ordered.length,
      hasPreviousPage: start > 0,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

function cursor(index: number): string {
  return Buffer.from(`position:${index}`).toString('base64url');
}

function position(text: string): number {
  const index = /^position:(\d+)$/.exec(Buffer.from(text, 'base64url').toString())?.[1];
  if (index === undefined) throw new GraphQLError(`'${text}' is not a valid cursor`);
  return Number(index);
}
