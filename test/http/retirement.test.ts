import { expect, test } from 'vitest';
import { createRetirement } from '../../src/http/retirement.ts';

const ready = { reasons: [], inFlight: 1, queued: 2 };
const never = 1_000_000;

test('says nothing of itself while the process serves', async () => {
  expect(await createRetirement(async () => ready).check()).toEqual(ready);
});

test('refuses before the door closes, and lets it close once whoever asks has heard so twice', async () => {
  const { check, retire } = createRetirement(async () => ready);
  await check();
  let closed = false;
  const retired = retire(never).then(() => {
    closed = true;
  });
  expect(await check()).toEqual({ ...ready, reasons: ['the process is stopping'] });
  expect(closed).toBe(false);
  await check();
  await retired;
  expect(closed).toBe(true);
});

test('waits for nobody where nobody ever asked', async () => {
  await createRetirement(async () => ready).retire(never);
});

test('waits no longer than it may for somebody who asks no more', async () => {
  const { check, retire } = createRetirement(async () => ready);
  await check();
  await retire(10);
});

test('names why the process could not serve anyway, too', async () => {
  const { check, retire } = createRetirement(async () => ({ ...ready, reasons: ['no database'] }));
  await retire(never);
  expect((await check()).reasons).toEqual(['the process is stopping', 'no database']);
});
