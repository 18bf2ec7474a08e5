import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { slackPictures } from '../docs/pictures/slack-pictures.ts';

const folder = join(import.meta.dirname, '../docs/pictures');
const guide = readFileSync(join(folder, '../slack.md'), 'utf8');

test.each(Object.entries(slackPictures()))('the picture %s shows what the program posts', (name, picture) => {
  expect(readFileSync(join(folder, name), 'utf8'), 'npm run pictures draws them again').toBe(picture);
});

test('the guide shows every picture', () => {
  const missing = Object.keys(slackPictures()).filter((name) => !guide.includes(`](pictures/${name})`));
  expect(missing).toEqual([]);
});
