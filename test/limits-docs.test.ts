import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { usageLimits } from '../src/returns/usage-limits.ts';

const page = readFileSync(new URL('../docs/limits.md', import.meta.url), 'utf8');

test('the page on limits has every limit as it is', () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` \| (\d+) \| (\d+) (minutes|hours?) \|/gm)].map(
    ([, name = '', most, time, unit]) => [
      name,
      { most: Number(most), seconds: Number(time) * (unit === 'minutes' ? 60 : 3_600) },
    ],
  );
  expect(Object.fromEntries(rows)).toEqual(usageLimits);
});
