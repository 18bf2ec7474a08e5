import { spawn } from 'node:child_process';
import { once } from 'node:events';
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
