import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { createPlace } from './program.ts';

const place = createPlace();
afterAll(() => place.leave());

test('starts the program for one question, keeps what happened, and stops it again', async () => {
  const empty = await place.run('log-command.ts', ['export']);
  expect(empty).toEqual({ code: 0, stdout: '', stderr: 'Nothing is recorded in this directory yet.\n' });

  const chat = await place.run('chat.ts', ['--once', 'return the socks from 1001']);
  expect(chat).toEqual({ code: 0, stdout: expect.stringContaining('$12.00'), stderr: '' });
  expect(existsSync(join(place.directory, '.data/running.json'))).toBe(false);
  expect(existsSync(join(place.directory, '.data/postgres/postmaster.pid'))).toBe(false);

  const log = await place.run('log-command.ts', ['export']);
  expect(JSON.parse(log.stdout)).toMatchObject({ turn: 1, asked: ['return the socks from 1001'] });
  expect(existsSync(join(place.directory, '.data/postgres/postmaster.pid'))).toBe(false);
}, 60_000);
