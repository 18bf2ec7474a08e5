import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launch = new URL('../src/launch.ts', import.meta.url).href;
const program = `
  import { stopOnSignal } from '${launch}';
  stopOnSignal(async () => console.log('stopped'), 0);
  setInterval(() => {}, 1_000_000);
  console.log('ready ' + process.pid);
`;
const fakeNpm = `
  import { spawn } from 'node:child_process';
  spawn('sh', ['-c', '"$NODE" --input-type=module -e "$PROGRAM"; true'], { stdio: 'inherit' });
`;
/** Says so when it is ready and when it was asked to stop, and then does not. */
const stuckProgram = `
  import { stopOnSignal } from '${launch}';
  stopOnSignal(() => new Promise(() => console.log('asked')), 1_000_000);
  setInterval(() => {}, 1_000_000);
  console.log('ready');
`;

test('stops when npm ended the shell that ran it and not the program', async () => {
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$PROGRAM"; true'], {
    env: { ...process.env, NODE: process.execPath, PROGRAM: program, npm_lifecycle_event: 'start' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  shell.stdout.setEncoding('utf8');
  let said = '';
  shell.stdout.on('data', (text: string) => {
    said += text;
    if (text.includes('ready')) shell.kill('SIGTERM');
  });
  await once(shell.stdout, 'end');
  expect(said).toMatch(/^ready \d+\nstopped\n$/);
});

test.runIf(existsSync('/proc/self/stat'))(
  'stops when npm was killed outright, and a shell is left between the two',
  async () => {
    const npm = spawn(process.execPath, ['--input-type=module', '-e', fakeNpm], {
      env: { ...process.env, NODE: process.execPath, PROGRAM: program, npm_lifecycle_event: 'start' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    npm.stdout.setEncoding('utf8');
    let said = '';
    npm.stdout.on('data', (text: string) => {
      said += text;
      if (text.includes('ready')) npm.kill('SIGKILL');
    });
    await once(npm.stdout, 'end');
    expect(said).toMatch(/^ready \d+\nstopped\n$/);
  },
);

test('a second signal ends at once what does not stop', async () => {
  const stuck = spawn(process.execPath, ['--input-type=module', '-e', stuckProgram], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  stuck.stdout.setEncoding('utf8');
  stuck.stdout.on('data', () => stuck.kill('SIGTERM'));
  expect(await once(stuck, 'exit')).toEqual([1, null]);
});

test('names a policy file that cannot be read among the other mistakes, in one message', () => {
  const start = fileURLToPath(new URL('../src/start.ts', import.meta.url));
  const { status, stderr, stdout } = spawnSync(process.execPath, [start], {
    env: { PATH: process.env.PATH, PORT: 'abc', POLICY_FILE: '/nowhere/policy.yaml' },
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/PORT has a value[\s\S]*POLICY_FILE: \/nowhere\/policy\.yaml cannot be used/);
});
