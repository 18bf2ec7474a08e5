import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { mutations } from './mutations.ts';

const read = (path: string): string => readFileSync(join(import.meta.dirname, '..', path), 'utf8');

test('what a mutation takes out stands in its file exactly once', () => {
  const wrong = mutations
    .map(({ file, find }) => ({ file, find, times: read(file).split(find).length - 1 }))
    .filter(({ times }) => times !== 1);
  expect(wrong).toEqual([]);
});

test('the tests a mutation names exist', () => {
  const wrong = mutations
    .flatMap(({ tests }) => tests)
    .filter((name) => {
      const [file = '', title = ''] = name.split(' › ');
      return (
        !existsSync(join(import.meta.dirname, '..', file)) ||
        !read(file).replaceAll("\\'", "'").includes(title)
      );
    });
  expect(wrong).toEqual([]);
});

test('no mutation changes nothing', () => {
  expect(mutations.filter(({ find, replace }) => find === replace)).toEqual([]);
  expect(mutations.length).toBeGreaterThanOrEqual(60);
});
