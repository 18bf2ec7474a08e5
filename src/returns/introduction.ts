import { foldText } from './fold-text.ts';

/** What is left free in the first text to somebody, so that it still fits when it says who writes. */
export const introductionRoom = 120;

/** The parts of the first text to somebody: who writes comes first, and last how they opt out. */
export function introduce(
  parts: readonly string[],
  storeName: string,
  { withStopHint }: { readonly withStopHint: boolean },
): readonly string[] {
  const name = plainName(storeName);
  const isNamed = parts.some((part) => part.includes(storeName));
  const isHinted = !withStopHint || parts.some((part) => /\bSTOP\b/.test(part));
  return parts.map((part, index) => {
    const before = index === 0 && !isNamed ? `${name}: ` : '';
    const after = index === parts.length - 1 && !isHinted ? ' Reply STOP to opt out.' : '';
    return `${before}${part}${after}`;
  });
}

/** A text that was one SMS must not become three: a typographic sign in it would make Unicode of all of it. */
function plainName(storeName: string): string {
  return foldText(storeName)
    .replace(/[‘’]/g, "'")
    .replace(/[“”]/g, '"')
    .slice(0, longestName)
    .toWellFormed()
    .trim();
}

/** With the hint it fills what two SMS in Unicode hold beside one. */
const longestName = 39;
