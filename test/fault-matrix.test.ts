import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** Which points of the way each fault can meet; that every test named there exists is held by docs.test.ts. */
const required: Readonly<Record<string, string>> = {
  SIGKILL: 'ABCDEFGHIJKLMN',
  'A deploy, or a stop in the middle': 'CDEFGHIJKLMN',
  'A worker that comes back after its job was given to another': 'DEFGHIJKLMN',
  'PostgreSQL restarts, crashes or moves': 'ABCDEFGHIJKLMN',
  'PostgreSQL falls silent, or a connection breaks at a COMMIT': 'ABCDEFGHIJKLMN',
  'PostgreSQL is slow': 'ABCDEFGHIJKLMN',
  'No connection free, a deadlock, a serialization failure': 'ABCDEFGHIJKLMN',
  'A full disk': 'ABKL',
  'Shopify did it and the answer is lost': 'J',
  'Shopify is busy, down, or says no': 'EIJ',
  'Twilio is busy, down, loses an answer, or says no': 'LM',
  'Slack is busy, down, loses an answer, or a card is gone': 'FGLM',
  'A provider takes a request and hangs': 'DEFL',
  'A provider refuses our credentials': 'DEFIL',
  'A webhook comes several times': 'ABCDEFGHIJKLMN',
  'Messages and receipts out of order': 'ACM',
  'Several messages while the model works': 'CD',
  'Several clicks at once': 'H',
  'A click of somebody who may not': 'H',
  'Expiry, a change of mind or a changed order at the click': 'HI',
  'The model is slow, busy, down or cut off': 'D',
  'The model answers nonsense': 'DE',
  'The model calls tools without end': 'DE',
  'Two releases at work, or migrating, at once': 'ABCDEFGHIJKLMN',
  'Clocks apart, or jumping': 'ABCDEFGHIJKLMN',
  'A process that is blocked for seconds': 'AB',
  'A job that fails every time': 'CDEL',
  'A database restored from a backup': 'ABCDEFGHIJKLMN',
};

const page = readFileSync(join(import.meta.dirname, '../docs/reliability.md'), 'utf8');
const [, matrix = ''] = /## The fault matrix\n(.*?)\n## /s.exec(page) ?? [];
const rows = [...matrix.matchAll(/^\| ([^|]+) \| ([A-N, –]+) \| (.+) \|$/gm)].map(
  ([, fault = '', points = '', tests = '']) => ({ fault, points: lettersOf(points), tests }),
);

test('the fault matrix has a row for every fault at every point it can meet', () => {
  const shown = Map.groupBy(rows, ({ fault }) => fault);
  const points = [...shown].map(([fault, of]) => [
    fault,
    [...new Set(of.flatMap((row) => row.points))].sort(),
  ]);
  const wanted = Object.entries(required).map(([fault, letters]) => [fault, [...letters]]);
  expect(points).toEqual(wanted);
});

test('every row of the fault matrix names its tests', () => {
  expect(rows.filter(({ tests }) => !tests.includes(' › ')).map(({ fault }) => fault)).toEqual([]);
});

test('the page lists every journey of the kill test', () => {
  const folder = 'test/journeys/killed';
  const journeys = readdirSync(join(import.meta.dirname, '..', folder)).filter((file) =>
    /^const \w+: readonly Point</m.test(readFileSync(join(import.meta.dirname, '..', folder, file), 'utf8')),
  );
  const listed = [...page.matchAll(/^\| `test\/journeys\/killed\/([\w-]+\.ts)` \|/gm)].map(
    ([, file]) => file,
  );
  expect(listed.sort()).toEqual(journeys.sort());
});

/** Of `A, C–E`. */
function lettersOf(points: string): readonly string[] {
  return points.split(', ').flatMap((part) => {
    const [from = '', to = from] = part.split('–');
    const length = to.charCodeAt(0) - from.charCodeAt(0) + 1;
    return Array.from({ length }, (_, index) => String.fromCharCode(from.charCodeAt(0) + index));
  });
}
