type ReturnReason = {
  readonly id: string;
  readonly handle: string;
  readonly name: string;
  readonly deleted: boolean;
};

const names: readonly (readonly [string, string])[] = [
  ['size-too-small', 'Too small'],
  ['size-too-large', 'Too large'],
  ['unwanted', 'No longer wanted'],
  ['style', 'Does not like the style'],
  ['color', 'Does not like the color'],
  ['not-as-described', 'Not as described'],
  ['wrong-item', 'Wrong item'],
  ['defective', 'Defective'],
  ['damaged', 'Damaged in transit'],
  ['arrived-late', 'Arrived late'],
  ['quality', 'Quality below expectation'],
  ['other', 'Other'],
];

/** The last one was replaced by better ones: it stays valid, and is not offered any more. */
export const returnReasons: readonly ReturnReason[] = [
  ...names.map(([handle, name], index) => reason(index + 1, handle, name, false)),
  reason(99, 'unknown', 'Unknown', true),
];

function reason(number: number, handle: string, name: string, deleted: boolean): ReturnReason {
  return { id: `gid://shopify/ReturnReasonDefinition/${number}`, handle, name, deleted };
}

/** Knows of Shopify's search only `deleted:`, which is all anybody asks here. */
export function findReturnReasons(wish: {
  readonly query?: string | null;
  readonly handles?: readonly string[] | null;
  readonly ids?: readonly string[] | null;
}): readonly ReturnReason[] {
  const deleted = /deleted:(true|false)/.exec(wish.query ?? '')?.[1];
  return returnReasons.filter(
    (each) =>
      (deleted === undefined || String(each.deleted) === deleted) &&
      (wish.handles?.includes(each.handle) ?? true) &&
      (wish.ids?.includes(each.id) ?? true),
  );
}
