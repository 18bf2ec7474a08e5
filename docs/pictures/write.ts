import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { slackPictures } from './slack-pictures.ts';

for (const [name, picture] of Object.entries(slackPictures())) {
  writeFileSync(join(import.meta.dirname, name), picture);
}
