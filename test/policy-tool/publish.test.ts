import { afterAll, beforeAll, expect, test } from 'vitest';
import { openToolWorld, type ToolWorld } from './tool-world.ts';

let world: ToolWorld;
beforeAll(async () => {
  world = await openToolWorld(undefined, { worker: false });
});
afterAll(() => world.close());

test('publishes a checked file, says what it changes, and keeps who did it', async () => {
  const { code, output } = await world.run(
    'publish',
    world.file(
      'window_days: 45\nrules: [{ id: cheap, when: { price: { below: 5 } }, then: { keep_item: true } }]',
    ),
    '--author',
    'ada',
  );
  expect(code).toBe(0);
  expect(output).toMatch(/^Policy [0-9a-f]{12} is in force, published by ada\./);
  expect(output).toContain('  window_days: 30 -> 45');
  expect(output).toContain('  rule cheap added: when price below 5; keep_item true');
  expect(output).toContain('Who was quoted before keeps what was quoted');
  const history = await world.run('history');
  expect(history.output).toMatch(
    /^\S+ \S+ UTC {2}[0-9a-f]{12} {2}published by ada {2}\(in force\)\n {4}window_days: 30 -> 45/,
  );
  expect(history.output).toContain('the default policy');
});

test('says so when the file is in force already', async () => {
  const path = world.file('window_days: 50');
  await world.run('publish', path, '--author', 'ada');
  const again = await world.run('publish', path, '--author', 'bob');
  expect(again).toMatchObject({ code: 0, output: expect.stringContaining('is in force already') });
  expect((await world.run('history')).output).not.toContain('bob');
});

test('puts an older policy in force again', async () => {
  await world.run('publish', world.file('window_days: 51'));
  await world.run('publish', world.file('window_days: 52'));
  expect((await world.run('publish', world.file('window_days: 51'))).output).toContain(
    'window_days: 52 -> 51',
  );
});

test('publishes nothing that check refuses', async () => {
  const before = (await world.run('history')).output;
  expect(await world.run('publish', world.file('window_days: -1'))).toMatchObject({ code: 1, output: '' });
  expect((await world.run('history')).output).toBe(before);
});
