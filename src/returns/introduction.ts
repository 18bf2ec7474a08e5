/** What is left free in the first text to somebody, so that it still fits when it says who writes. */
export const introductionRoom = 120;

/** The parts of the first text to somebody: who writes comes first, and last how they opt out. */
export function introduce(
  parts: readonly string[],
  storeName: string,
  { withStopHint }: { readonly withStopHint: boolean },
): readonly string[] {
  const name = storeName.slice(0, introductionRoom - 40);
  const isNamed = parts.some((part) => part.includes(storeName));
  const isHinted = !withStopHint || parts.some((part) => /\bSTOP\b/.test(part));
  return parts.map((part, index) => {
    const before = index === 0 && !isNamed ? `${name}: ` : '';
    const after = index === parts.length - 1 && !isHinted ? ' Reply STOP to opt out.' : '';
    return `${before}${part}${after}`;
  });
}
