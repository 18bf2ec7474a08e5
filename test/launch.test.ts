import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const launch = new URL('../src/launch.ts', import.meta.url).href;
const program = `
  import { stopOnSignal } from '${launch}';
  stopOnSignal(async () => console.log('stopped'), 0);
  setInterval(() => {}, 1_000_000);
  console.log('ready ' + process.pid);
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

test('names a policy file that cannot be read among the other mistakes, in one message', () => {
  const start = fileURLToPath(new URL('../src/start.ts', import.meta.url));
  const { status, stderr, stdout } = spawnSync(process.execPath, [start], {
    env: { PATH: process.env.PATH, PORT: 'abc', POLICY_FILE: '/nowhere/policy.yaml' },
    encoding: 'utf8',
  });
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toMatch(/PORT has a value[\s\S]*POLICY_FILE: \/nowhere\/policy\.yaml cannot be used/);
});
