import { execFile } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const root = join(import.meta.dirname, '..');
const personal = ['+15551230001', 'jane@example.com', 'my dog ate the left shoe'];

/** What a process prints that ends by this code. */
function printed(code: string): Promise<{ readonly text: string; readonly code: unknown }> {
  const module = `import ${JSON.stringify(join(root, 'src/report-crashes.ts'))};\n${code}`;
  return new Promise((resolve) => {
    execFile(process.execPath, ['--input-type=module', '-e', module], { cwd: root }, (error, out, err) =>
      resolve({ text: `${out}${err}`, code: error?.code }),
    );
  });
}

const failedQuery = `
  import { DrizzleQueryError } from 'drizzle-orm/errors';
  const params = ${JSON.stringify(personal)};
  const cause = Object.assign(new Error('duplicate key'), { code: '23505', detail: params[0], where: params[1] });
  const error = new DrizzleQueryError('insert into senders', params, cause);`;

test.concurrent.each([
  ['thrown at the start', 'throw error;'],
  ['of a promise nobody awaited', 'Promise.reject(error); setTimeout(() => {}, 10_000);'],
  ['thrown later', 'setTimeout(() => { throw error; }, 1);'],
  ['awaited at the top', 'await Promise.reject(error);'],
  ['that is no error', 'throw params.join();'],
])('an error %s ends the process without what it quotes', async (_how, ending) => {
  const { text, code } = await printed(`${failedQuery}\n${ending}`);
  expect(code).toBe(1);
  expect(text).toContain('The process ends');
  for (const word of personal) expect(text).not.toContain(word);
});

test('what the operating system refuses is said in its words', async () => {
  const { text } = await printed(`import { readFileSync } from 'node:fs'; readFileSync('/no/such/file');`);
  expect(text).toContain('no such file or directory');
});

test('every entry says how it ends', () => {
  const entries = globSync('src/*.ts', { cwd: root }).filter((file) =>
    /^(?:await |process\.exit\(|const \w+ = await )/m.test(readFileSync(join(root, file), 'utf8')),
  );
  expect(entries.length).toBeGreaterThan(5);
  const silent = entries.filter(
    (file) => !readFileSync(join(root, file), 'utf8').startsWith("import './report-crashes.ts';"),
  );
  expect(silent).toEqual([]);
});
