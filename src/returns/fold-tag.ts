/** How tags, product types and all words of a policy are compared: without case and outer spaces. */
export function foldTag(tag: string): string {
  return tag.normalize('NFKC').trim().toLowerCase();
}
